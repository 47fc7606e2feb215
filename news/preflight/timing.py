"""Dates in the wrong order, and words whose day nobody knows tomorrow."""

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level, Place
from news.dates import WEEKDAYS, day_month_year, long_date
from news.preflight.article import Article, Role, Text
from news.preflight.weekdays import check_weekdays

LATE = 7  # days between an event and its news
_REPORTS = {"news", "press_release", "gallery", "live"}
_ASKED = (Role.TITLE, Role.LEAD, Role.PROSE, Role.HEADING, Role.LIST, Role.CAPTION)
_RELATIVE = re.compile(
    r"\b(?:hari\s+ini|kemarin|besok|lusa|tadi\s+(?:pagi|siang|sore|malam)|(?:pagi|siang|sore|malam)\s+ini)\b"
    rf"(?!\s*,?\s*(?:\(|(?:{'|'.join(WEEKDAYS)})\b))",
    re.I,
)
_FORM_MIDNIGHT = "%d/%m/%Y 00:00"
_QUOTED = re.compile('[\u201c"][^\u201c\u201d"\n]*[\u201d"]')


def check_order(article: Article) -> Iterator[Finding]:
    """Find an event after its news, or long before it."""
    event = article.event_date
    if event is None or article.kind not in _REPORTS:
        return
    days, fixes = (article.published - event).days, ()
    said = {"event": day_month_year(event), "published": day_month_year(article.published), "days": days}
    if days < 0:
        words = _("Tanggal peristiwa (%(event)s) sesudah tanggal terbit (%(published)s). Periksa keduanya.")
        fixes = _same_day(event) if article.is_day_alone else ()
    elif days > LATE and article.is_new:
        words = _("Peristiwanya %(days)d hari sebelum terbit (%(event)s). Pastikan tanggalnya benar.")
    else:
        return
    place = Place("event_date", _("Tanggal peristiwa"))
    basis = f"{event}/{article.published}"
    yield Finding("date_order", Level.WARNING, words % said, place, fixes, basis=basis)


def _same_day(event: dt.date) -> tuple[Fix, ...]:
    """Propose that an old text came out on the day of its event: the day it printed was taken for both."""
    label = _("Ubah juga tanggal terbit: %(date)s") % {"date": long_date(event)}
    return (Fix(label, "set", "published_at", event.strftime(_FORM_MIDNIGHT)),)


def check_relative(article: Article) -> Iterator[Finding]:
    """Find "hari ini" and the like outside what people said, where no date follows."""
    today = _dated_today(article)
    for text in article.of(*_ASKED):
        spoken = _QUOTED.sub(lambda match: " " * len(match[0]), text.words)
        for match in _RELATIVE.finditer(spoken):
            yield _about(text, match, today)


def _about(text: Text, match: re.Match[str], today: str) -> Finding:
    nth = text.nth(match[0], match.start())
    fixes: tuple[Fix, ...] = ()
    if today and match[0].lower().split() == ["hari", "ini"]:
        dated = f"{match[0]}, {today}"
        fixes = (Fix(dated, "replace", text.place.path, dated, match[0], nth),)
    message = _("“%(words)s”: pembaca tidak tahu hari apa. Tambahkan tanggalnya.") % {"words": match[0]}
    return Finding("relative_date", Level.INFO, message, text.place, fixes, match[0], nth)


def _dated_today(article: Article) -> str:
    """Return `Rabu (25/5/2022)` for the day of the event, unless the article contradicts itself about it."""
    day = article.event_date
    if day is None or any(check_weekdays(article)):
        return ""
    return f"{WEEKDAYS[day.weekday()]} ({day.day}/{day.month}/{day.year})"
