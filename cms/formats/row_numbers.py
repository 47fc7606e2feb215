"""The number of a row, as somebody typed it."""

_MOST = 2**63 - 1  # what a column of the database holds
_DIGITS = 19  # of the largest; Python refuses to read some thousands of them


def read_row_number(typed: object) -> int | None:
    """Return the number `typed` names a row by; None for whatever no row can have."""
    text = str(typed)
    if len(text) > _DIGITS or not (text.isascii() and text.isdecimal()):
        return None
    number = int(text)
    return number if number <= _MOST else None
