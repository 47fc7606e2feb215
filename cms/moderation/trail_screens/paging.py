"""A page of a long list, from an entry onwards: nothing is counted, however long the list."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from cms.formats.row_numbers import read_row_number
from cms.moderation.trail_entries import TrailEntry

SIZE = 50
OLDER_THAN, NEWER_THAN = "sebelum", "sesudah"


@dataclass(frozen=True)
class Shown:
    """Entries, newest first, and the numbers from which the neighbouring pages go on; None where there are none."""

    entries: list[TrailEntry]
    older_than: int | None
    newer_than: int | None


def page_of(entries: QuerySet[TrailEntry], asked: QueryDict, size: int = SIZE) -> Shown:
    """Return the page that `asked` names (`sebelum` or `sesudah` an entry), of entries that stand newest first."""
    if (after := read_row_number(asked.get(NEWER_THAN))) is not None:
        found = list(entries.filter(number__gt=after).order_by("number")[: size + 1])
        kept = found[:size][::-1]
        return Shown(kept, kept[-1].number if kept else None, kept[0].number if len(found) > size else None)
    before = read_row_number(asked.get(OLDER_THAN))
    found = list((entries if before is None else entries.filter(number__lt=before))[: size + 1])
    kept = found[:size]
    newer = kept[0].number if kept and before is not None else None
    return Shown(kept, kept[-1].number if len(found) > size else None, newer)
