"""Where the marks of a chart stand: columns, bars and lines that keep their text size at any width.

Horizontal places are percentages, vertical ones pixels: the SVG needs no viewBox and its text never shrinks.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from news.dates import grouped_number

LEFT = 12.0  # percent kept for the words of the scale
TOP, PLOT, FOOT = 24, 220, 30  # pixels above, of, and below the plot
BAR, GAP, LABEL = 20, 4, 22  # pixels: a bar, the gap after it, the line of its label
LETTER, PHONE, DESKTOP = 6.8, 290, 620  # pixels: a letter at 12 px, the plot on a phone and on a desktop


@dataclass(frozen=True)
class Mark:
    """A rectangle or a point of `series` (from 1); x and width in percent, y and height in pixels.

    An `is_minor` text gives way on a narrow screen.
    """

    series: int
    x: float
    y: float
    width: float = 0
    height: float = 0
    text: str = ""
    is_minor: bool = False


@dataclass(frozen=True)
class Segment:
    """A piece of a line."""

    series: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Label:
    """Words in the drawing; `is_minor` ones give way on a narrow screen."""

    text: str
    x: float
    y: float
    is_minor: bool = False


@dataclass
class Drawing:
    """Everything a template needs to write the SVG."""

    kind: str
    height: int
    rectangles: list[Mark] = field(default_factory=list)
    points: list[Mark] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    ticks: list[Label] = field(default_factory=list)
    base: float = 0


def draw(kind: str, labels: Sequence[str], series: Sequence[Sequence[float]]) -> Drawing:
    """Lay out `series` (each as long as `labels`); columns with long labels become bars."""
    if kind == "bar" or (kind == "column" and _needs_bars(labels, series)):
        return _bars(labels, series)
    return _lines(labels, series) if kind == "line" else _columns(labels, series)


def compact(value: float) -> str:
    """`1,2 jt`, `250 rb`, `8`: a number short enough for a scale."""
    for limit, name in ((1e12, " T"), (1e9, " M"), (1e6, " jt"), (1e3, " rb")):
        if abs(value) >= limit:
            return f"{_short(value / limit)}{name}"
    return _short(value)


def _short(value: float) -> str:
    rounded = round(value, 1 if abs(value) >= 10 else 2)
    return grouped_number(int(rounded) if rounded == int(rounded) else rounded)


def _needs_bars(labels: Sequence[str], series: Sequence[Sequence[float]]) -> bool:
    longest = max(map(len, labels))
    is_crowded = longest > 4 and longest * LETTER > PHONE / len(labels)
    return is_crowded and min(min(values) for values in series) >= 0


_LEAST_SPAN = 1e-12  # below it values are drawn as nothing: their logarithm may not exist


def _scale(series: Sequence[Sequence[float]]) -> tuple[list[float], float, float]:
    """Return round ticks that hold all values and zero, with the lowest and the highest."""
    low = min(0.0, *(min(values) for values in series))
    high = max(0.0, *(max(values) for values in series))
    span = high - low
    if span < _LEAST_SPAN:
        span = 1.0
    magnitude = 10 ** math.floor(math.log10(span / 4))
    step = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10, 20) if factor * magnitude >= span / 4)
    first, last = math.floor(low / step), math.ceil(high / step) or 1
    ticks = [number * step for number in range(first, last + 1)]
    return ticks, ticks[0], ticks[-1]


def _frame(kind: str, labels: Sequence[str], series: Sequence[Sequence[float]]) -> tuple[Drawing, "_Heights"]:
    ticks, low, high = _scale(series)
    heights = _Heights(low, high)
    drawing = Drawing(kind, TOP + PLOT + FOOT, base=heights.of(0))
    drawing.ticks = [Label(compact(tick), 0, heights.of(tick)) for tick in ticks]
    slot = (100 - LEFT) / len(labels)
    narrow, wide = _every(labels, PHONE), _every(labels, DESKTOP)
    drawing.labels = [
        Label(text, _round(LEFT + slot * (place + 0.5)), TOP + PLOT + 20, place % narrow != 0)
        for place, text in enumerate(labels)
        if place % wide == 0
    ]
    return drawing, heights


@dataclass(frozen=True)
class _Heights:
    low: float
    high: float

    def of(self, value: float) -> float:
        return _round(TOP + PLOT * (self.high - value) / (self.high - self.low))


def _every(labels: Sequence[str], width: float) -> int:
    """Return how many labels apart two must stand to be readable."""
    needed = (max(map(len, labels)) * LETTER + 8) * len(labels)
    every = max(1, math.ceil(needed / width))
    return every if width == DESKTOP else every + -every % _every(labels, DESKTOP)


def _columns(labels: Sequence[str], series: Sequence[Sequence[float]]) -> Drawing:
    drawing, heights = _frame("column", labels, series)
    slot = (100 - LEFT) / len(labels)
    width = slot * 0.72 / len(series)
    texts = [[compact(value) for value in values] for values in series]
    room = max(len(text) for row in texts for text in row) * LETTER * len(labels) * len(series)
    for number, values in enumerate(series):
        for place, value in enumerate(values):
            top, bottom = sorted((heights.of(value), drawing.base))
            x = LEFT + slot * (place + 0.14) + width * number
            text = texts[number][place] if room <= DESKTOP * 0.8 else ""
            size = _round(width * 0.94), _round(bottom - top)
            drawing.rectangles.append(Mark(number + 1, _round(x), top, *size, text, room > PHONE * 0.8))
    return drawing


def _lines(labels: Sequence[str], series: Sequence[Sequence[float]]) -> Drawing:
    drawing, heights = _frame("line", labels, series)
    slot = (100 - LEFT) / len(labels)
    for number, values in enumerate(series, start=1):
        places = [
            (_round(LEFT + slot * (place + 0.5)), heights.of(value)) for place, value in enumerate(values)
        ]
        drawing.points += [Mark(number, x, y) for x, y in places]
        drawing.segments += [Segment(number, *start, *end) for start, end in itertools.pairwise(places)]
    return drawing


def _bars(labels: Sequence[str], series: Sequence[Sequence[float]]) -> Drawing:
    high = max(max(values) for values in series) or 1.0
    drawing = Drawing("bar", 0)
    y = 0.0
    for place, text in enumerate(labels):
        drawing.labels.append(Label(text, 0, y + 15))
        y += LABEL
        for number, values in enumerate(series, start=1):
            width = _round(78 * max(0.0, values[place]) / high)
            drawing.rectangles.append(Mark(number, 0, y, width, BAR, compact(values[place])))
            y += BAR + GAP
        y += 8
    drawing.height = round(y)
    return drawing


def _round(value: float) -> float:
    return round(value, 2)
