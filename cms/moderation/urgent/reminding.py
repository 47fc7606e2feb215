"""Reviews owed after an urgent publication: reminders, the word to those above, the line in the health report."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.health.checking import Problem
from cms.moderation.letters import told_besides
from cms.moderation.urgent.after_reviews import WITHIN, AfterReview

_HALF = WITHIN / 2
_AT_ONCE = 100  # in one round; the next follows soon


def remind(now: dt.datetime | None = None) -> int:
    """Remind once when half of the time is over, and once, with those above, when all of it is."""
    now = now or timezone.now()
    waiting = AfterReview.objects.waiting()
    late = waiting.filter(due_at__lt=now, escalated_at=None).values_list("pk", flat=True)
    soon = waiting.filter(due_at__lt=now + _HALF, due_at__gte=now, reminded_at=None)
    done = sum(_once(pk, now, is_late=True) for pk in list(late[:_AT_ONCE]))
    return done + sum(
        _once(pk, now, is_late=False) for pk in list(soon.values_list("pk", flat=True)[:_AT_ONCE])
    )


@transaction.atomic
def _once(pk: int, now: dt.datetime, *, is_late: bool) -> int:
    """Two workers may do this at once: the row is changed by one of them, who writes."""
    field = "escalated_at" if is_late else "reminded_at"
    changed = AfterReview.objects.filter(pk=pk, closed_at=None, **{field: None}).update(**{field: now})
    if changed:
        review = AfterReview.objects.select_related("approval").get(pk=pk)
        told_besides.unreviewed(review, Page.objects.get(pk=review.page_id).specific, is_late=is_late)
    return changed


def problems() -> Iterator[Problem]:
    """Find what nobody has looked at in time."""
    late = AfterReview.objects.waiting().filter(due_at__lt=timezone.now()).select_related("page")
    for review in late[:_AT_ONCE]:
        words = _("“%(title)s” terbit serta-merta dan belum ditinjau orang kedua.")
        address = reverse("moderation_after_review", args=[review.pk])
        yield Problem(words % {"title": review.page.title}, review.due_at, url=address)
