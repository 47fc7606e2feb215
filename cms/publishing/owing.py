"""What somebody outside does not know yet: noted with the batch, in its transaction, until it has arrived."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from cms.publishing.many_rows import in_chunks
from cms.publishing.models import Owed
from cms.publishing.outputs import LAST_IN_LINE

To = Owed.To
EVERYTHING = ""  # as a path: whatever differs, which has to be found out
GONE = LAST_IN_LINE + 1  # the turn of what is to be taken away: after all that is put
_LONGEST_KEY = 1024  # S3 takes no longer one, and such a path must not stop the batch
_SHORTEST, _LONGEST = dt.timedelta(seconds=5), dt.timedelta(minutes=5)


def recipients() -> list[Owed.To]:
    """Return whom this installation tells what it has published."""
    told = {To.BUCKET: settings.PUBLIC_BUCKET, To.CACHE: settings.WAGTAILFRONTENDCACHE}
    return [to for to, configured in told.items() if configured]


def note(site_id: int, stages: Mapping[str, int], to: Iterable[Owed.To] | None = None) -> None:
    """Note that files (path to turn) have been written or removed here; to be called in a transaction."""
    for one in recipients() if to is None else to:
        rows = (
            Owed(site_id=site_id, to=one, path=path, stage=stage)
            for path, stage in stages.items()
            if len(path) <= _LONGEST_KEY
        )
        for part in in_chunks(rows, 150):
            Owed.objects.bulk_create(
                part,
                update_conflicts=True,
                unique_fields=["site_id", "to", "path"],
                update_fields=["stage", "after"],
            )


def sites(now: dt.datetime) -> set[int]:
    """Return the offices of which something may be carried on now."""
    rows = _due(Owed.objects.filter(to__in=recipients()), now)
    return set(rows.values_list("site_id", flat=True).distinct())


def waiting(site_id: int, to: Owed.To) -> QuerySet[Owed]:
    """Return what `to` does not know yet of an office, in the order it has to be told."""
    return Owed.objects.filter(site_id=site_id, to=to).order_by("stage", "pk")


def is_due(site_id: int, to: Owed.To, now: dt.datetime) -> bool:
    """Return whether `to` lacks something and need not be left alone after a failure."""
    return _due(waiting(site_id, to), now).exists()


def _due(rows: QuerySet[Owed], now: dt.datetime) -> QuerySet[Owed]:
    return rows.filter(Q(after=None) | Q(after__lte=now))


def settle(rows: Iterable[Owed]) -> None:
    """Take off what has arrived; the caller has held the office since it read `rows`."""
    for part in in_chunks([row.pk for row in rows]):
        Owed.objects.filter(pk__in=part).delete()


def postpone(site_id: int, to: Owed.To, now: dt.datetime) -> None:
    """Leave `to` alone for a while, the longer the longer it has been failing; a new batch tries at once."""
    rows = waiting(site_id, to)
    oldest = rows.aggregate(oldest=Min("noted_at"))["oldest"] or timezone.now()
    pause = min(max(timezone.now() - oldest, _SHORTEST), _LONGEST)
    rows.update(after=now + pause)
