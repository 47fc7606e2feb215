"""How many pages each list has in each month: kept up by differences, so that no archive is ever counted anew."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cms.publishing import recording
from cms.publishing.many_rows import delete_rows, in_chunks
from cms.publishing.models import Tally
from cms.publishing.outputs import Trace

Counts = Counter[tuple[str, str]]  # of (list, month as "2026-11")


class Month(NamedTuple):
    """A month in which a list has pages, with how many."""

    year: int
    month: int
    count: int


@dataclass(frozen=True)
class _Known:
    """The tallies of one office while a batch is made: all, or what differs from what is stored."""

    site_id: int
    complete: bool
    by_list: dict[str, Counter[str]]
    answered: dict[str, list[Month]] = field(default_factory=dict)


_batch: ContextVar[_Known | None] = ContextVar("tallies", default=None)


def counted(traces: Iterable[Trace], zone: ZoneInfo) -> Counts:
    """Count where pages stand, by list and month of the office's calendar."""
    found: Counts = Counter()
    for trace in traces:
        for name, place in trace.points:
            found[name, _month_of(recording.seconds(place), zone)] += 1
    return found


@lru_cache(maxsize=1_000)  # a page stands in some five lists
def _month_of(second: int, zone: ZoneInfo) -> str:
    return f"{dt.datetime.fromtimestamp(second, zone):%Y-%m}"


@contextmanager
def known_to(site_id: int, counts: Counts, *, complete: bool) -> Generator[None]:
    """Let the block see the tallies of an office as they will be: all of them, or the differences to what is stored."""
    by_list: dict[str, Counter[str]] = {}
    for (name, month), count in counts.items():
        by_list.setdefault(name, Counter())[month] += count
    token = _batch.set(_Known(site_id, complete, by_list))
    try:
        yield
    finally:
        _batch.reset(token)


def is_known(site_id: int) -> bool:
    """Return whether a batch of this office is being made; otherwise (a live request) nothing here is true."""
    batch = _batch.get()
    return batch is not None and batch.site_id == site_id


def months(name: str) -> list[Month]:
    """Return the months in which the list `name` has any, newest first; who shows it records that.

    Only while a batch of its office is made. Raises LookupError otherwise.
    """
    known = _batch.get()
    if known is None:
        raise LookupError(name)
    if name not in known.answered:
        known.answered[name] = _months(known, name)
    return known.answered[name]


def _months(known: _Known, name: str) -> list[Month]:
    found: Counter[str] = Counter()
    if not known.complete:
        with recording.reading():
            rows = Tally.objects.filter(site_id=known.site_id, list=name).values_list("month", "count")
            found.update(dict(rows))
    found.update(known.by_list.get(name, {}))
    held = sorted(((month, count) for month, count in found.items() if count > 0), reverse=True)
    return [Month(int(month[:4]), int(month[5:]), count) for month, count in held]


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
