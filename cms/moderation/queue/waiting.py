"""What waits for whom: the states a person may see, the most urgent first."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, TaskState, get_default_page_content_type

from cms.accounts.models import User
from cms.moderation.queue.deadlines import due
from cms.moderation.queue.people import moderated_paths, own_texts_of, stages_of


def waiting() -> QuerySet[TaskState]:
    """Return every page's state that waits for a decision, with `due`: what is due first stands first."""
    return (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=get_default_page_content_type(),
        )
        .annotate(due=due())
        .order_by("due", "pk")
    )


def waiting_for(user: User) -> QuerySet[TaskState]:
    """Return what `user` may decide about, and what waits in the offices over which they moderate."""
    return waiting().exclude(own_texts_of(user)).filter(concerns(user))


def ended_for(user: User) -> QuerySet[TaskState]:
    """Return every page's state that waits no more, of those that concerned `user`."""
    states = TaskState.objects.exclude(status=TaskState.STATUS_IN_PROGRESS)
    return states.filter(
        concerns(user), workflow_state__base_content_type=get_default_page_content_type()
    ).order_by("pk")


def concerns(user: User) -> Q:
    """Return the condition for states at which `user` decides, and of pages over which they moderate."""
    if user.is_superuser:
        return Q()
    seen = stages_of(user)
    if paths := moderated_paths(user):
        seen |= Q(below(paths))
    return seen


def below(paths: Iterable[str]) -> Exists:
    """Return the condition for states of pages at `paths` or below."""
    places = Q(pk__in=[])
    for path in paths:
        places |= Q(path__startswith=path)
    # A workflow names its page in letters; its number finds the page by its key.
    number = Cast(OuterRef("workflow_state__object_id"), BigIntegerField())
    return Exists(Page.objects.filter(places, pk=number))


def counts(states: QuerySet[TaskState], user: User, now: dt.datetime) -> dict[str, int]:
    """Return how many wait: all of them, those in the hands of `user`, in nobody's, and overdue ones."""
    return states.order_by().aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(claim__user=user)),
        free=Count("pk", filter=Q(claim=None)),
        late=Count("pk", filter=Q(due__lt=now)),
    )
