"""Rows of cells: as text from a spreadsheet, as numbers, as CSV."""

import csv
import io
import re
from collections.abc import Sequence
from typing import TypeAlias

from news.dates import grouped_number

Cell: TypeAlias = str | int | float | None
Cells: TypeAlias = list[list[Cell]]

# As Indonesian offices write them: 165.355 and 54,31. A leading zero is a code, not a number.
_NUMBER = re.compile(r"[-\u2212]?(?:0|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d*)(?:,\d+)?")
_SPACE = re.compile(r"\s+")


def parse(text: str) -> Cells:
    """Read what a spreadsheet puts on the clipboard (tabs and lines; a cell with breaks stands in quotes).

    Empty rows and empty columns at the end go; rows keep the length they have.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        found = list(csv.reader(io.StringIO(lines), delimiter="\t"))
    except csv.Error:  # a cell longer than the module takes
        found = [line.split("\t") for line in lines.split("\n")]
    rows = [[_SPACE.sub(" ", cell).strip() for cell in row] for row in found]
    while rows and not any(rows[-1]):
        rows.pop()
    while rows and all(row and not row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
    return [list(row) for row in rows]


def written(cells: Cells) -> str:
    """Return cells as the text `parse` reads."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(
        [[shown(cell) for cell in row] for row in cells]
    )
    return out.getvalue().removesuffix("\n")


def shown(cell: Cell) -> str:
    """Return a cell as readers see it: text as typed, numbers as Indonesian offices write them."""
    if cell is None:
        return ""
    return grouped_number(cell) if isinstance(cell, int | float) else str(cell)


def plain_number(cell: Cell) -> str | None:
    """Return a cell's number with digits and a point, exactly (`1.249,50` -> `1249.50`); else None."""
    if isinstance(cell, int | float):
        return str(cell)
    if not cell or not _NUMBER.fullmatch(cell):
        return None
    return cell.replace(".", "").replace(",", ".").replace("\u2212", "-")


def typed(cell: Cell) -> Cell:
    """Return a cell as data: a number where it reads as one, else its text."""
    digits = plain_number(cell)
    if digits is None:
        return cell
    return float(digits) if "." in digits or "e" in digits else int(digits)


def is_numeric(column: Sequence[Cell]) -> bool:
    """Return whether a column reads as numbers, so that it is set flush right."""
    filled = [
        str(cell).removesuffix("%").strip() for cell in map(shown, column) if cell not in ("", "-", "\u2013")
    ]
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)


def as_csv(cells: Cells) -> str:
    """Return cells as CSV any spreadsheet opens: byte order mark, commas, plain numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[plain_number(cell) or shown(cell) for cell in row] for row in cells])
    return "\ufeff" + out.getvalue()


def is_formula(cell: Cell) -> bool:
    """Return whether a spreadsheet that opens our CSV would compute this cell instead of showing it."""
    return isinstance(cell, str) and bool(re.match(r"[=@\t]|[-+](?![\d\s(.,]|$)", cell))
