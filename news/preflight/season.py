"""A Hijri month the text says it is, which the date of the event does not lie in."""

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level
from news.dates import day_month_year, long_date
from news.preflight import hijri
from news.preflight.article import Article, Role, Text
from news.preflight.sentences import sentence_around
from news.written_dates import dates_with_weekday, made, plain_dates

_NAMED = re.compile(
    rf"\bbulan\s+(?:(?:suci|mulia|penuh\s+(?:berkah|rahmat))\s+)?(?:{hijri.NAMES})\b(?!\s+\d{{4}})", re.I
)
# Words that take the month elsewhere: it is expected, or over, or comes every year.
_AWAY = re.compile(
    r"\b(?:men)?jelang\b|\bsebelum|\b(?:me|di)?nyambut\b|\bsambut\b|\bmendatang\b|\bdepan\b|\bnanti\b|\blalu\b"
    r"|\busai\b|\bsetelah\b|\bsesudah\b|\bpasca|\bsejak\b|\bhingga\b|\bakan\b|\brencana|\bjadwal|\btiap\b"
    r"|\bsetiap\b|\bpersiapan\b|\bkecuali\b",
    re.I,
)
_FORM_DATE = "%d/%m/%Y"
_ASKED = (Role.LEAD, Role.PROSE, Role.SPEECH, Role.LIST, Role.CAPTION)


@dataclass(frozen=True)
class _Mention:
    text: Text
    words: str
    start: int
    month: int
    days: tuple[dt.date, ...]  # the dates of its own sentence; none: it speaks of the event


def check_season(article: Article) -> Iterator[Finding]:
    """Find each Hijri month named as the present one that lies elsewhere, a day either way."""
    for mention in _mentions(article):
        days = mention.days or ((article.event_date,) if article.event_date else ())
        if not days or any(mention.month in hijri.months_near(day) for day in days):
            continue
        yield Finding(
            "season_mismatch",
            Level.WARNING,
            _message(mention, days[0]),
            mention.text.place,
            fixes=() if mention.days else _fixes(article, mention.month),
            found=mention.words,
            nth=mention.text.nth(mention.words, mention.start),
            basis=days[0].isoformat(),
        )


def named_months(article: Article) -> tuple[int, ...]:
    """Return the Hijri months the article names as present ones."""
    return tuple(dict.fromkeys(mention.month for mention in _mentions(article)))


def set_date(day: dt.date, seasons: Collection[int]) -> Fix:
    """Return the fix that gives the article another date of the event."""
    return Fix(label_of(day, seasons), "set", "event_date", day.strftime(_FORM_DATE))


def label_of(day: dt.date, seasons: Collection[int]) -> str:
    """Return what a button says that proposes `day`, and that it fits one of `seasons`."""
    fitting = sorted(set(seasons) & hijri.months_near(day))
    if not fitting:
        return long_date(day)
    words = _("%(date)s (cocok dengan bulan %(month)s)")
    return words % {"date": long_date(day), "month": hijri.MONTHS[fitting[0] - 1]}


def _mentions(article: Article) -> Iterator[_Mention]:
    for text in article.of(*_ASKED):
        for match in _NAMED.finditer(text.words):
            sentence = sentence_around(text.words, match.start())
            if _AWAY.search(sentence):
                continue
            days = tuple(day for _words, _start, day in plain_dates(sentence) if day)
            yield _Mention(text, match[0], match.start(), hijri.month_of(match), days)


def _message(mention: _Mention, day: dt.date) -> str:
    year, month, _number = hijri.hijri(day)
    words = _(
        "Teks menyebut “%(named)s”, tetapi %(date)s ada di bulan %(month)s %(year)d H. Periksa tanggalnya."
    )
    return words % {
        "named": mention.words,
        "date": day_month_year(day),
        "month": hijri.MONTHS[month - 1],
        "year": year,
    }


def _fixes(article: Article, month: int) -> tuple[Fix, ...]:
    """Propose the days of the same number in that year that lie in the month, with the weekday the text names."""
    event = article.event_date
    if event is None:
        return ()
    weekday = _weekday_of(article, event)
    days = (made(event.year, number, event.day) for number in range(1, 13))
    return tuple(
        set_date(day, {month})
        for day in days
        if day and month in hijri.months_near(day) and weekday in (None, day.weekday())
    )


def _weekday_of(article: Article, event: dt.date) -> int | None:
    for text in article.of(Role.DATELINE, Role.LEAD, Role.PROSE):
        for written in dates_with_weekday(text.words):
            claim = written.days[0]
            if (claim.day, claim.month) == (event.day, event.month):
                return claim.weekday
    return None
