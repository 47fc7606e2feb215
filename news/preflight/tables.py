"""Tables whose totals are not the sums of what they stand under or beside."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level
from news.blocks import cells
from news.preflight.article import Article, Table

_TOTAL = re.compile(r"(?:grand\s+)?(?:jumlah|total)\b", re.I)
_SUBTOTAL = re.compile(r"sub\s?-?(?:jumlah|total)\b", re.I)
# Columns that nobody adds up.
_NO_SUM = re.compile(
    r"%|\b(?:persen\w*|rata|rerata|no|nomor|tahun|rasio|usia|umur|peringkat|kode|indeks|bobot)\b", re.I
)
_EMPTY = {"", "-", "\u2013", "\u2014"}
_MOST_WRONG = 2  # rows of three that may disagree before the column is no total at all
Row = Sequence[str]


def check_sums(article: Article) -> Iterator[Finding]:
    """Find totals, below and at the right, that do not add up."""
    for table in article.tables:
        if len(table.rows) > 2:
            yield from _total_row(table)
            yield from _total_column(table)


def _total_row(table: Table) -> Iterator[Finding]:
    head, *rows, last = table.rows
    if not (table.has_total or (last and _TOTAL.match(last[0].strip()))):
        return
    counted = [row for row in rows if not (row and (_SUBTOTAL.match(row[0]) or _TOTAL.match(row[0])))]
    for column in range(1, min(map(len, table.rows))):
        if _NO_SUM.search(head[column]):
            continue
        written = _number(last[column])
        parts = [_number(row[column]) for row in counted]
        if written is None or not parts or None in parts:
            continue
        total = sum(parts, Decimal())
        if _differs(written, total, len(parts)):
            words = _(
                "Kolom “%(name)s”: tertulis %(written)s, hasil penjumlahan %(total)s (selisih %(off)s)."
            )
            yield _about(table, words, head[column], last[column], total, (len(table.rows) - 1, column))


def _total_column(table: Table) -> Iterator[Finding]:
    """Check a last column called "jumlah" against the run of columns at its left that it mostly sums up."""
    head, *rows = table.rows
    last = len(head) - 1
    whole = [row for row in rows if len(row) == len(head)]
    if last < 3 or not _TOTAL.match(head[last].strip()) or len(whole) < 2:
        return
    for width in range(2, last):
        names = head[last - width : last]
        sums = [_row_sum(row, width) for row in whole]
        wrong = [
            row
            for row, total in zip(whole, sums, strict=True)
            if total is not None and _off(row, total, width)
        ]
        known = sum(total is not None for total in sums)
        if any(map(_NO_SUM.search, names)) or known < 2 or _MOST_WRONG * len(wrong) >= known:
            continue
        for row in wrong:
            words = _(
                "Baris “%(name)s”: tertulis %(written)s, hasil penjumlahan %(total)s (selisih %(off)s)."
            )
            yield _about(table, words, row[0], row[last], _row_sum(row, width), (table.rows.index(row), last))
        return


def _row_sum(row: Row, width: int) -> Decimal | None:
    parts = [_number(cell) for cell in row[-1 - width : -1]]
    return None if None in parts or _number(row[-1]) is None else sum(parts, Decimal())  # ty: ignore[no-matching-overload]


def _off(row: Row, total: Decimal, width: int) -> bool:
    written = _number(row[-1])
    return written is not None and _differs(written, total, width)


def _differs(written: Decimal, total: Decimal, parts: int) -> bool:
    """Ask whether two numbers differ by more than the rounding of `parts` numbers explains."""
    exponent = min(int(written.as_tuple().exponent), int(total.as_tuple().exponent))
    slack = Decimal(parts).scaleb(exponent) / 2 if exponent < 0 else Decimal()
    return abs(written - total) > slack


def _number(cell: str) -> Decimal | None:
    """Return a cell's number; an empty one counts as nought, words as nothing."""
    text = cell.strip()
    if text in _EMPTY:
        return Decimal()
    digits = cells.plain_number(text)
    return Decimal(digits) if digits is not None else None


def _about(
    table: Table, words: str, name: str, written: str, total: Decimal | None, at: tuple[int, int]
) -> Finding:
    right = cells.shown(int(total) if total == int(total or 0) else float(total or 0))
    off = (cells.plain_number(written) and Decimal(str(cells.plain_number(written)))) or Decimal()
    gap = abs(off - (total or Decimal()))
    said = {
        "name": name.strip(),
        "written": written.strip(),
        "total": right,
        "off": cells.shown(int(gap) if gap == int(gap) else float(gap)),
    }
    nth = _nth(table, written, at)
    label = _("Ganti %(written)s dengan %(total)s") % said
    return Finding(
        "sum_mismatch",
        Level.ERROR,
        words % said,
        table.place,
        fixes=(Fix(label, "replace", table.place.path, right, written, nth),) if written.strip() else (),
        found=written,
        nth=nth,
        basis=f"{at}{right}",
    )


def _nth(table: Table, written: str, at: tuple[int, int]) -> int:
    """Return how many times a cell's words stand in the cells before it."""
    row, column = at
    before = [cell for cells_of in table.rows[:row] for cell in cells_of] + list(table.rows[row][:column])
    return sum(cell.count(written) for cell in before)
