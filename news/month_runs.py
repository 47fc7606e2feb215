"""Months that follow one another, so that what stands in them is read together."""

from collections.abc import Iterable, Iterator

When = tuple[int, int]  # year and month
AHEAD = 12  # months whose lists are made one after another from what was read together
TOGETHER = 800  # articles read together at most, but for a month that has more: each takes some 6 kB
_FAR = 3  # months between two that are still read together


def month_of(ident: str) -> When:
    """Return the month an ident ends with (`s5/2026-11`). Raises ValueError when it ends otherwise."""
    year, month = ident.rpartition("/")[2].split("-")
    return int(year), int(month)


def runs(months: Iterable[When]) -> Iterator[tuple[When, When]]:
    """Yield first and last of each run of neighbours among `months`, in the order of the calendar."""
    run: list[When] = []
    for month in sorted(set(months)):
        if run and (_between(run[-1], month) > _FAR or _between(run[0], month) >= AHEAD):
            yield run[0], run[-1]
            run = []
        run.append(month)
    if run:
        yield run[0], run[-1]


def _between(earlier: When, later: When) -> int:
    return (later[0] - earlier[0]) * 12 + later[1] - earlier[1]
