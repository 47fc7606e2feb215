"""How many pages each list has in each month: kept up by differences, so that no archive is ever counted anew."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from cms.publishing import recording
from cms.publishing.many_rows import delete_rows, in_chunks
from cms.publishing.models import Tally
from cms.publishing.outputs import Trace

Counts = Counter[tuple[str, str]]  # of (list, month as "2026-11")

ByList = dict[str, Counter[str]]  # months, by list

_batch: ContextVar[tuple[int, bool, ByList] | None] = ContextVar("tallies", default=None)


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
    by_list: ByList = {}
    for (name, month), count in counts.items():
        by_list.setdefault(name, Counter())[month] += count
    token = _batch.set((site_id, complete, by_list))
    try:
        yield
    finally:
        _batch.reset(token)


def is_known(site_id: int) -> bool:
    """Return whether a batch of this office is being made; otherwise (a live request) nothing here is true."""
    batch = _batch.get()
    return batch is not None and batch[0] == site_id


def months(site_id: int, name: str) -> dict[str, int]:
    """Return the count of the list `name` in each month that has any, newest first; who shows it records that."""
    return _months(site_id, name)


def _months(site_id: int, name: str) -> dict[str, int]:
    _site, complete, by_list = _batch.get() or (0, False, {})
    found: Counter[str] = Counter()
    if not complete:
        with recording.reading():
            rows = Tally.objects.filter(site_id=site_id, list=name).values_list("month", "count")
            found.update(dict(rows))
    found.update(by_list.get(name, {}))
    return {month: found[month] for month in sorted(found, reverse=True) if found[month] > 0}


def stored(site_id: int, names: Collection[str] | None = None) -> Counts:
    """Return what is written down of the lists `names` (None: of all) of an office."""
    rows = Tally.objects.filter(site_id=site_id, count__gt=0)
    rows = rows if names is None else rows.filter(list__in=names)
    return Counter({row[:2]: row[2] for row in rows.values_list("list", "month", "count")})


def record(site_id: int, counts: Counts, *, complete: bool) -> None:
    """Write the tallies down: in place of all there are, or as differences."""
    if complete:
        delete_rows(Tally, "site_id", [site_id])
    known = stored(site_id, {name for name, _month in counts})
    changed = [
        Tally(site_id=site_id, list=name, month=month, count=max(known[name, month] + count, 0))
        for (name, month), count in sorted(counts.items())
        if count
    ]
    for part in in_chunks(changed, 200):
        Tally.objects.bulk_create(
            part, update_conflicts=True, unique_fields=["site_id", "list", "month"], update_fields=["count"]
        )
