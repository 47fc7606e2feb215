"""What the outbox and the report of publications no longer tell: the names of some pages, and what is long past."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from cms.publishing.many_rows import delete_rows
from cms.publishing.models import Batch, Change

KEPT = dt.timedelta(days=90)  # an office looks back over a quarter when it accounts for its work
_AT_ONCE = 1_000  # rows: whoever publishes meanwhile waits for a hundredth of a second, not for all of them


def forget_titles(pages: Collection[int], said_instead: str) -> None:
    """Let changes of `pages` (ids), and the publications they were part of, name none of them any more."""
    changes = Change.objects.filter(page_id__in=pages)
    told = changes.exclude(batch=None).order_by().values("batch_id")
    Batch.objects.filter(pk__in=told).update(reason=said_instead)
    changes.exclude(title="").update(title=said_instead)


def forget_old(now: dt.datetime | None = None) -> None:
    """Remove some of the changes readers have seen long ago, and of the publications they were part of."""
    limit = (now or timezone.now()) - KEPT
    changes = Change.objects.filter(at__lt=limit, done_at__lt=limit).order_by("at", "pk")
    delete_rows(Change, "id", list(changes.values_list("pk", flat=True)[:_AT_ONCE]))
    oldest = Batch.objects.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]
    past = Batch.objects.filter(pk__in=list(oldest), started_at__lt=limit, changes=None)
    delete_rows(Batch, "id", list(past.values_list("pk", flat=True)))
