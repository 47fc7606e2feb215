"""The history of one article: its entries grouped by day, each with the text before it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import QuerySet
from wagtail.models import Revision

from cms.moderation.trail_entries import TrailEntry
from cms.moderation.trail_screens.lines import Line, lines


@dataclass(frozen=True)
class Step:
    """A line, and the number of the entry with whose text its own can be compared; 0: with none."""

    line: Line
    compared_with: int = 0


@dataclass(frozen=True)
class Day:
    """What was done on one day, in the order in which it was done."""

    name: str
    steps: list[Step] = field(default_factory=list)


def days_of(entries: Iterable[TrailEntry], history: QuerySet[TrailEntry]) -> list[Day]:
    """Return `entries` of one article, newest first, day by day, the first day first.

    `history` are all entries of the article: the text before the first one shown may be older.
    """
    ordered = sorted(entries, key=lambda entry: entry.number)
    earlier = _texts_before(ordered, history)
    kept = _kept({row.revision_id for row in (*ordered, *earlier.values())})
    steps = []
    for line in lines(ordered):
        before = earlier.get(line.entry.number)
        both = before and {before.revision_id, line.entry.revision_id} <= kept
        steps.append(Step(line, before.number if before and both else 0))
    return [Day(name, list(part)) for name, part in groupby(steps, key=lambda step: step.line.day)]


def _texts_before(ordered: list[TrailEntry], history: QuerySet[TrailEntry]) -> dict[int, TrailEntry]:
    """Return for the number of each entry that brings another text the entry that named the one before."""
    last = None
    if ordered:
        older = history.filter(number__lt=ordered[0].number).exclude(revision_id=None)
        last = older.order_by("-number").first()
    found = {}
    for entry in ordered:
        if entry.revision_id is None:
            continue
        if last and last.revision_id != entry.revision_id:
            found[entry.number] = last
        last = entry
    return found


def _kept(revisions: set[int | None]) -> set[int]:
    """Return those of `revisions` that are still there."""
    ids = [pk for pk in revisions if pk is not None]
    return set(Revision.objects.filter(pk__in=ids).order_by().values_list("pk", flat=True))
