"""The trail as CSV for a spreadsheet, written while it is read."""

import csv
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.moderation.trail_entries import Act, TrailEntry

_CHUNK = 2000
_BOM = "\ufeff"  # without it Excel reads UTF-8 as something else
_COLUMNS = [field.name for field in TrailEntry._meta.concrete_fields]
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class _Line:
    """What `csv` writes into: hands every line back."""

    def write(self, text: str) -> str:
        return text


def answer(entries: QuerySet[TrailEntry]) -> StreamingHttpResponse:
    """Answer all columns of `entries`, newest first."""
    titles = [str(TrailEntry._meta.get_field(name).verbose_name) for name in _COLUMNS]
    # In the language of this request: the lines are written after it.
    acts = {act.value: str(act.label) for act in Act}
    lines = _lines(entries, [*titles, _("tindakan dalam kata-kata")], acts)
    name = f"jejak-{timezone.localtime():%Y-%m-%d-%H%M}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _lines(entries: QuerySet[TrailEntry], titles: list[str], acts: dict[str, str]) -> Iterator[str]:
    write = csv.writer(_Line()).writerow
    yield _BOM + write(titles)
    for entry in _read(entries):
        values = [getattr(entry, name) for name in _COLUMNS]
        yield write([_cell(value) for value in (*values, acts.get(entry.act, entry.act))])


def _read(entries: QuerySet[TrailEntry]) -> Iterator[TrailEntry]:
    """From number to number: memory and the time of a query stay small, and no cursor stays open."""
    chunk = list(entries[:_CHUNK])
    while chunk:
        yield from chunk
        chunk = list(entries.filter(number__lt=chunk[-1].number)[:_CHUNK])


def _cell(value: object) -> str:
    """A spreadsheet must not take what somebody typed for a formula."""
    if value is None:
        return ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)  # ty: ignore[call-non-callable]
    return f"'{text}" if text.lstrip(" ").startswith(_BEGIN_FORMULAS) else text
