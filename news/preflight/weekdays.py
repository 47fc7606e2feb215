"""A weekday that is not that of its date, and the dates that may have been meant."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level
from news.dates import WEEKDAYS, day_month_year, long_date
from news.preflight import hijri, season
from news.preflight.article import READ, Article, Role, Text
from news.written_dates import DayClaim, WrittenDate, dates_with_weekday, made, plain_dates

_MOST = 4  # dates proposed
_NEAR = 3  # days: the farthest a day of the month is taken for a slip


def check_weekdays(article: Article) -> Iterator[Finding]:
    """Find every date whose weekday is wrong, in any spelling."""
    for text in article.of(*READ):
        for written in dates_with_weekday(text.words):
            yield from _about(article, text, written)


def check_possible(article: Article) -> Iterator[Finding]:
    """Find every full date no calendar has."""
    for text in article.of(*READ):
        for words, start, day in plain_dates(text.words):
            if day is None:
                message = _("Tanggal “%(date)s” tidak ada dalam kalender. Perbaiki tanggalnya.") % {
                    "date": words
                }
                nth = text.nth(words, start)
                yield Finding("impossible_date", Level.ERROR, message, text.place, found=words, nth=nth)


def propose(claim: DayClaim, year: int, seasons: Collection[int], reference: dt.date) -> list[dt.date]:
    """Return the days with the weekday of `claim` that may have been meant, the likeliest first.

    One slip is assumed: the month, the day by up to three, or the year by one. Days in a Hijri month the text names
    (`seasons`) come first, then those nearest to `reference`.
    """
    months = {made(year, month, claim.day) for month in range(1, 13)}
    years = {claim.on(year - 1), claim.on(year + 1)}
    written = claim.on(year)
    near = {written + dt.timedelta(days) for days in range(-_NEAR, _NEAR + 1)} if written else set()
    fitting = [day for day in months | years | near if day and day.weekday() == claim.weekday]

    def unlikely(day: dt.date) -> tuple[bool, int, dt.date]:
        is_out_of_season = bool(seasons) and hijri.months_near(day).isdisjoint(seasons)
        return is_out_of_season, abs((day - reference).days), day

    return sorted(fitting, key=unlikely)[:_MOST]


def year_of(claim: DayClaim, written: WrittenDate, reference: dt.date) -> int:
    """Return the year of a day: the one written, or that in which it lies nearest to `reference`.

    Where a date without a year is no news of the day ("Rabu, 14 Februari"), a neighbouring year in which the weekday
    is right is believed.
    """
    if claim.year:
        return claim.year
    years = [reference.year + away for away in (0, -1, 1)]
    days = [day for year in years if (day := claim.on(year))]
    if not days:
        return reference.year
    if not written.is_short:
        right = [day for day in days if day.weekday() == claim.weekday]
        days = right or days
    return min(days, key=lambda day: abs((day - reference).days)).year


def _about(article: Article, text: Text, written: WrittenDate) -> Iterator[Finding]:
    for claim in written.days:
        year = year_of(claim, written, article.reference)
        day = claim.on(year)
        if day and day.weekday() == claim.weekday:
            continue
        if day is None and claim.year:
            continue  # no calendar has it: another check says so
        yield Finding(
            "weekday_mismatch",
            Level.ERROR,
            _message(claim, day, year),
            text.place,
            fixes=_fixes(article, text, written, claim, year),
            found=written.text,
            nth=text.nth(written.text, written.start),
            basis="" if claim.year else str(year),
        )


def _message(claim: DayClaim, day: dt.date | None, year: int) -> str:
    if day is None:
        words = _("%(day)d/%(month)d tidak ada dalam kalender %(year)d. Perbaiki tanggalnya.")
        return words % {"day": claim.day, "month": claim.month, "year": year}
    words = _("%(date)s jatuh pada hari %(right)s, bukan %(named)s. Periksa hari dan tanggalnya.")
    return words % {
        "date": day_month_year(day),
        "right": WEEKDAYS[day.weekday()],
        "named": WEEKDAYS[claim.weekday],
    }


def _fixes(article: Article, text: Text, written: WrittenDate, claim: DayClaim, year: int) -> tuple[Fix, ...]:
    if len(written.days) > 1:
        return ()  # which end of a span is wrong, only the writer knows
    seasons = season.named_months(article)
    days = propose(claim, year, seasons, article.reference)
    if text.role is Role.DATELINE:
        return tuple(season.set_date(day, seasons) for day in days)
    nth = text.nth(written.text, written.start)
    changed = [
        Fix(
            season.label_of(day, seasons),
            "replace",
            text.place.path,
            written.with_date(day),
            written.text,
            nth,
        )
        for day in days
    ]
    if day := claim.on(year):
        renamed = written.with_weekday(day.weekday())
        label = _("Ganti harinya: %(date)s") % {"date": long_date(day)}
        changed.append(Fix(label, "replace", text.place.path, renamed, written.text, nth))
    return tuple(fix for fix in changed if fix.value != fix.old)
