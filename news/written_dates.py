"""Dates as Indonesian offices write them into a text, with the weekday they claim."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cms.formats.typed import MONTH_NUMBERS, WEEKDAY_NUMBERS
from news.dates import MONTHS, WEEKDAYS

_DAY_NAMES = r"senin|selasa|rabu|kamis|jum['\u2019\u02bc]?at|sabtu|minggu|ahad"
_MONTH_NAMES = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_TO = r"\s*(?:[-\u2013\u2014/&]|\b(?:dan|sampai(?:\s+dengan)?|hingga)\b|\bs\.?\s?d\.?)\s*"
# Between weekday and date: a day of the market week, a time of the day, "tanggal", a bracket.
_BETWEEN = (
    r"(?:\s+(?:legi|pahing|pon|wage|kliwon))?(?:\s+(?:pagi|siang|sore|petang|malam))?"
    r"(?:\s+pukul\s+\d{1,2}[.:]\d{2}(?:\s+wi(?:b|ta|t))?)?"
    r"\s*,?\s*\(?\s*(?:(?:pada\s+)?(?:tanggal|tgl\.?)\s+)?"
)
_WORDS = (
    rf"(?P<d1>\d{{1,2}})(?:(?:\s+(?P<m1>{_MONTH_NAMES})\b\.?(?:\s+(?P<y1>\d{{4}})\b)?)?{_TO}(?P<d2>\d{{1,2}}))?"
    rf"(?:\s*-\s*|\s+(?:bulan\s+)?)(?P<m2>{_MONTH_NAMES})\b\.?"
    r"(?:(?:\s*-\s*|\s*,?\s+(?:tahun\s+)?)(?P<y2>\d{4})\b)?"
)
_DIGITS = (
    r"(?P<n1>\d{1,2})(?:\s*[-\u2013]\s*(?P<n2>\d{1,2}))?/(?P<nm>\d{1,2})(?:/(?P<ny>\d{4}|\d{2}))?(?![\d/])"
    r"|(?P<p1>\d{1,2})(?P<dot>[.-])(?P<pm>\d{1,2})(?P=dot)(?P<py>\d{4})(?!\d)"
)
_CLAIM = re.compile(
    rf"(?<!\w)(?P<w1>{_DAY_NAMES})(?:{_TO}(?P<w2>{_DAY_NAMES}))?{_BETWEEN}(?:{_WORDS}|{_DIGITS})", re.I
)
_TRAILING = re.compile(
    rf"(?<![\w/.])(?P<d1>\d{{1,2}})\s+(?P<m2>{_MONTH_NAMES})\s+(?P<y2>\d{{4}})\s*\(\s*(?P<w1>{_DAY_NAMES})\s*\)",
    re.I,
)
_PLAIN = re.compile(
    rf"(?<![\w/.])(?P<d1>\d{{1,2}})\s+(?:bulan\s+)?(?P<m2>{_MONTH_NAMES})\b\.?,?\s+(?:tahun\s+)?(?P<y2>\d{{4}})\b"
    r"|(?<![\w/.-])(?P<n1>\d{1,2})/(?P<nm>\d{1,2})/(?P<ny>\d{4})(?![\d/])",
    re.I,
)


@dataclass(frozen=True)
class DayClaim:
    """One day of a date in a text, and the weekday it is said to be."""

    weekday: int
    day: int
    month: int
    year: int | None

    def on(self, year: int) -> dt.date | None:
        """Return the day in `year`, if that year has it."""
        return made(year, self.month, self.day)


@dataclass(frozen=True)
class WrittenDate:
    """A date with a weekday, where it stands in a text; two `days` are the ends of a span."""

    text: str
    start: int
    days: tuple[DayClaim, ...]
    is_short: bool  # (25/10): a day of the news, without its year
    _spans: dict[str, tuple[int, int]] = field(compare=False, repr=False)

    def with_date(self, day: dt.date) -> str:
        """Return the same words with another day."""
        return self._rewritten(
            {
                "d1": _like(self._said("d1"), day.day),
                "m2": MONTHS[day.month - 1],
                "y2": str(day.year),
                **{name: _like(self._said(name), day.day) for name in ("n1", "p1")},
                **{name: _like(self._said(name), day.month) for name in ("nm", "pm")},
                "ny": str(day.year)[-len(self._said("ny") or "1234") :],
                "py": str(day.year),
            }
        )

    def with_weekday(self, weekday: int) -> str:
        """Return the same words with another weekday."""
        return self._rewritten({"w1": WEEKDAYS[weekday]})

    def _said(self, name: str) -> str:
        start, end = self._spans.get(name, (0, 0))
        return self.text[start:end]

    def _rewritten(self, new: dict[str, str]) -> str:
        text = self.text
        for name, (start, end) in sorted(self._spans.items(), key=lambda item: -item[1][0]):
            if name in new:
                text = text[:start] + new[name] + text[end:]
        return text


def made(year: int, month: int, day: int) -> dt.date | None:
    """Return a date, or None for one no calendar has."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def names_another_day(text: str, day: dt.date) -> bool:
    """Ask whether a text names a full date, and not this one."""
    named = {found for _words, _start, found in plain_dates(text)}
    return bool(named) and day not in named


def dates_with_weekday(text: str) -> Iterator[WrittenDate]:
    """Yield each date of a text that claims a weekday, in any spelling offices use."""
    for pattern in (_CLAIM, _TRAILING):
        for match in pattern.finditer(text):
            if not match["w1"].startswith("minggu"):  # in small letters it is a week
                yield _written(match)


def plain_dates(text: str) -> Iterator[tuple[str, int, dt.date | None]]:
    """Yield each full date of a text: its words, where they begin, and the day (None if no calendar has it)."""
    for match in _PLAIN.finditer(text):
        said = match.groupdict()
        month = MONTH_NUMBERS[said["m2"].lower()] if said["m2"] else int(said["nm"])
        year, day = int(said["y2"] or said["ny"]), int(said["d1"] or said["n1"])
        yield match[0], match.start(), made(year, month, day)


def _written(match: re.Match[str]) -> WrittenDate:
    said = {name: words for name, words in match.groupdict().items() if words}
    spans = {name: (match.start(name) - match.start(), match.end(name) - match.start()) for name in said}
    first = _day(said, "w1", ("d1", "n1", "p1"), is_first=True)
    days = [first]
    if ("d2" in said or "n2" in said) and "w2" in said:
        days.append(_day(said, "w2", ("d2", "n2"), is_first=False))
    is_short = "n1" in said and "ny" not in said
    closing = ")" if "(" in match[0] and match.string[match.end() : match.end() + 1] == ")" else ""
    return WrittenDate(match[0] + closing, match.start(), tuple(days), is_short, spans)


def _day(said: dict[str, str], weekday: str, days: tuple[str, ...], *, is_first: bool) -> DayClaim:
    day = next(said[name] for name in days if name in said)
    words = (said.get("m1") if is_first else None) or said.get("m2")
    month = MONTH_NUMBERS[words.lower()] if words else int(said.get("nm") or said["pm"])
    year = (said.get("y1") if is_first else None) or said.get("y2") or said.get("ny") or said.get("py")
    return DayClaim(_weekday(said[weekday]), int(day), month, _year(year))


def _weekday(name: str) -> int:
    plain = re.sub("['\u2019\u02bc]", "", name.lower())
    return WEEKDAY_NUMBERS[plain]


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _like(said: str, number: int) -> str:
    """Return a number with as many digits as the one it replaces had."""
    return f"{number:02}" if said.startswith("0") else str(number)
