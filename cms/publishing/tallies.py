"""How many pages each list has in each month: kept up by differences, so that no archive is ever counted anew."""

import datetime as dt
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from cms.publishing import recording
from cms.publishing.manifest import in_chunks
from cms.publishing.models import Tally
from cms.publishing.outputs import Trace

Counts = Counter[tuple[str, str]]  # of (list, month as "2026-11")

_batch: ContextVar[tuple[int, bool, Counts] | None] = ContextVar("tallies", default=None)


def counted(traces: Iterable[Trace], zone: ZoneInfo) -> Counts:
    """Count where pages stand, by list and month of the office's calendar."""
    found: Counts = Counter()
    for trace in traces:
        for name, place in trace.points:
            moment = dt.datetime.fromtimestamp(recording.seconds(place), zone)
            found[name, f"{moment:%Y-%m}"] += 1
    return found


@contextmanager
def known_to(site_id: int, counts: Counts, *, complete: bool) -> Generator[None]:
    """Let the block see the tallies of an office as they will be: all of them, or the differences to what is stored."""
    token = _batch.set((site_id, complete, counts))
    try:
        yield
    finally:
        _batch.reset(token)


def is_known(site_id: int) -> bool:
    """Return whether a batch of this office is being made; otherwise (a live request) nothing here is true."""
    batch = _batch.get()
    return batch is not None and batch[0] == site_id


def months(site_id: int, name: str) -> dict[str, int]:
    """Return the count of the list `name` in each month that has any, newest first."""
    recording.note_range(name, recording.LOWEST, recording.HIGHEST)
    return _months(site_id, name)


def _months(site_id: int, name: str) -> dict[str, int]:
    _site, complete, counts = _batch.get() or (0, False, Counter())
    found: Counter[str] = Counter()
    if not complete:
        with recording.reading():
            rows = Tally.objects.filter(site_id=site_id, list=name).values_list("month", "count")
            found.update(dict(rows))
    for (each, month), count in counts.items():
        if each == name:
            found[month] += count
    return {month: found[month] for month in sorted(found, reverse=True) if found[month] > 0}


def record(site_id: int, counts: Counts, *, complete: bool) -> None:
    """Write the tallies down: in place of all there are, or as differences."""
    if complete:
        Tally.objects.filter(site_id=site_id).delete()
        stored: dict[tuple[str, str], int] = {}
    else:
        rows = Tally.objects.filter(site_id=site_id, list__in={name for name, _month in counts})
        stored = {(name, month): count for name, month, count in rows.values_list("list", "month", "count")}
    changed = [
        Tally(site_id=site_id, list=name, month=month, count=max(stored.get((name, month), 0) + count, 0))
        for (name, month), count in sorted(counts.items())
        if count
    ]
    for part in in_chunks(changed, 200):
        Tally.objects.bulk_create(
            part, update_conflicts=True, unique_fields=["site_id", "list", "month"], update_fields=["count"]
        )
