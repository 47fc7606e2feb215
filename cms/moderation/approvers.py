"""Who lets things go live in an office: the people of its last stage, and those who moderate above it."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, WorkflowPage

from cms.accounts.models import User
from cms.moderation.delegation import Delegation
from cms.moderation.eligible import is_above, paths_below, people_above, people_of
from cms.moderation.four_eyes_task import FourEyesTask


def last_stage(page: Page) -> FourEyesTask | None:
    """Return the stage that lets `page` go live; None where its workflow has none."""
    workflow = page.get_workflow()
    tasks = [task.specific for task in workflow.tasks] if workflow else []
    return tasks[-1] if tasks and isinstance(tasks[-1], FourEyesTask) and tasks[-1].is_final else None


def is_approver(user: User, page: Page) -> bool:
    """Ask whether `user` is one of those who let `page` go live, whoever wrote it."""
    if not user.is_active or page.is_root():
        return False
    if user.is_superuser or is_above(user, page):
        return True
    task = last_stage(page)
    return task is not None and people_of(task).filter(pk=user.pk).exists()


def approvers_of(page: Page) -> list[User]:
    """Return the active people who let `page` go live, those above included; in a fixed order."""
    task = last_stage(page)
    own = people_of(task) if task else User.objects.none()
    found = {user.pk: user for user in (*own, *people_above(page))}
    return [found[pk] for pk in sorted(found)]


def approved_by(user: User) -> Q:
    """Return the condition for the pages that `user` lets go live."""
    if user.is_superuser:
        return Q()
    places = Q(pk__in=[])
    for path in {*paths_below(user), *_own_paths(user)}:
        places |= Q(path__startswith=path)
    return places


def _own_paths(user: User) -> QuerySet[WorkflowPage]:
    running = Delegation.objects.running(timezone.localdate()).filter(taker=user)
    stages = FourEyesTask.objects.filter(
        Q(groups__user=user) | Q(groups__user__in=running.order_by().values("giver")), is_final=True
    )
    bound = WorkflowPage.objects.filter(workflow__workflow_tasks__task__in=stages.values("pk"))
    return bound.order_by().values_list("page__path", flat=True)
