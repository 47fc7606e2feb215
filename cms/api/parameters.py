"""What may be asked of the read API: each filter and each order, and a clear refusal of everything else."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.api.v2.utils import BadRequestError

from news.models import NewsArticlePage

LENGTH_MAX = 500  # characters of one value
NUMBER_MAX = 2**31 - 1

# A filter narrows a queryset by a value and the office's zone.
Filter = Callable[[QuerySet, str, ZoneInfo], QuerySet]


def check(given: QueryDict, allowed: frozenset[str]) -> None:
    """Refuse what no part of the API can mean.

    Raises BadRequestError for an unknown or repeated name, a NUL, or a value beyond `LENGTH_MAX`.
    """
    unknown = sorted(set(given) - allowed)
    if unknown:
        raise BadRequestError(
            _("Parameter tidak dikenal: %(unknown)s. Yang berlaku di sini: %(known)s.")
            % {"unknown": ", ".join(unknown)[:LENGTH_MAX], "known": ", ".join(sorted(allowed))}
        )
    for name, values in given.lists():
        if len(values) > 1:
            raise BadRequestError(_("Parameter %(name)s diberikan lebih dari sekali.") % {"name": name})
        if len(values[0]) > LENGTH_MAX or "\0" in values[0]:
            raise BadRequestError(
                _("Nilai %(name)s tidak dapat dibaca atau terlalu panjang.") % {"name": name}
            )


def refuse(name: str, expected: str) -> BadRequestError:
    """Return the error that says what `name` expects."""
    return BadRequestError(_("Nilai %(name)s harus %(expected)s.") % {"name": name, "expected": expected})


def text(name: str) -> Filter:
    """Filter by the exact text of a column."""
    return lambda queryset, value, zone: queryset.filter(**{name: value})


def choice(name: str, known: list[str]) -> Filter:
    """Filter by one of the values a column may have."""

    def narrow(queryset: QuerySet, value: str, zone: ZoneInfo) -> QuerySet:
        if value not in known:
            raise refuse(name, _("salah satu dari %(known)s") % {"known": ", ".join(known)})
        return queryset.filter(**{name: value})

    return narrow


def flag(name: str) -> Filter:
    """Filter by true or false."""
    truth = {"true": True, "1": True, "false": False, "0": False}

    def narrow(queryset: QuerySet, value: str, zone: ZoneInfo) -> QuerySet:
        if value not in truth:
            raise refuse(name, "true / false")
        return queryset.filter(**{name: truth[value]})

    return narrow


def number(name: str) -> Filter:
    """Filter by a whole number."""

    def narrow(queryset: QuerySet, value: str, zone: ZoneInfo) -> QuerySet:
        return queryset.filter(**{name: whole(name, value)})

    return narrow


def whole(name: str, value: str, most: int = NUMBER_MAX) -> int:
    """Return `value` as a number from 0 to `most`; raises BadRequestError for anything else."""
    if not re.fullmatch(r"[0-9]{1,10}", value) or int(value) > most:
        raise refuse(name, _("bilangan bulat dari 0 sampai %(most)d") % {"most": most})
    return int(value)


def period(name: str) -> Filter:
    """Filter a moment by a year, month or day of the office's calendar: 2022, 2022-05, 2022-05-25."""

    def narrow(queryset: QuerySet, value: str, zone: ZoneInfo) -> QuerySet:
        start, end = _bounds(name, value)
        begins = dt.datetime.combine(start, dt.time(), zone)
        return queryset.filter(
            **{f"{name}__gte": begins, f"{name}__lt": dt.datetime.combine(end, dt.time(), zone)}
        )

    return narrow


def date(name: str) -> Filter:
    """Filter a date by a year, month or day."""

    def narrow(queryset: QuerySet, value: str, zone: ZoneInfo) -> QuerySet:
        start, end = _bounds(name, value)
        return queryset.filter(**{f"{name}__gte": start, f"{name}__lt": end})

    return narrow


def _bounds(name: str, value: str) -> tuple[dt.date, dt.date]:
    match = re.fullmatch(r"(19\d\d|20\d\d)(?:-(\d\d)(?:-(\d\d))?)?", value, re.ASCII)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        start = dt.date(year, month or 1, day or 1)
    except ValueError:
        raise refuse(name, "YYYY, YYYY-MM / YYYY-MM-DD") from None
    if day:
        return start, start + dt.timedelta(days=1)
    if month:
        return start, dt.date(year + month // 12, month % 12 + 1, 1)
    return start, dt.date(year + 1, 1, 1)


def _section(queryset: QuerySet, value: str, zone: ZoneInfo) -> QuerySet:
    by_id = Q(section_id=whole("section", value)) if value.isascii() and value.isdigit() else Q()
    return queryset.filter(by_id or Q(section__slug=value))


def _topics(queryset: QuerySet, value: str, zone: ZoneInfo) -> QuerySet:
    return queryset.filter(topics__slug=value)


def tags(queryset: QuerySet, value: str, zone: ZoneInfo) -> QuerySet:
    """Filter by tags, apart by commas: what carries all of them."""
    for name in value.split(",")[:8]:
        queryset = queryset.filter(tags__name__iexact=name.strip())
    return queryset


_PAGE_FILTERS: Mapping[str, Filter] = {"slug": text("slug"), "title": text("title")}
_ARTICLE_FILTERS: Mapping[str, Filter] = {
    **_PAGE_FILTERS,
    "section": _section,
    "topics": _topics,
    "tags": tags,
    "kind": choice("kind", NewsArticlePage.Kind.values),
    "language": choice("language", NewsArticlePage.Language.values),
    "information_category": choice("information_category", NewsArticlePage.InformationCategory.values),
    "published_at": period("published_at"),
    "event_date": date("event_date"),
    "is_pinned": flag("is_pinned"),
    "is_fictional": flag("is_fictional"),
    "priority": number("priority"),
    "official_number": text("official_number"),
    "legacy_url": text("legacy_url"),
}
_PAGE_ORDERS = {name: name for name in ("id", "title", "slug", "first_published_at")}
_ARTICLE_ORDERS = _PAGE_ORDERS | {
    name: name
    for name in ("published_at", "updated_at", "event_date", "priority", "kind", "legacy_view_count")
}
_ARTICLE_ORDERS["section"] = "section__name"
FILE_FILTERS: Mapping[str, Filter] = {"title": text("title"), "tags": tags}
FILE_ORDERS = {name: name for name in ("id", "title", "created_at")}


def page_filters(model: type) -> Mapping[str, Filter]:
    """Return the filters of a page type."""
    return _ARTICLE_FILTERS if model is NewsArticlePage else _PAGE_FILTERS


def page_orders(model: type) -> Mapping[str, str]:
    """Return what pages of a type may be ordered by."""
    return _ARTICLE_ORDERS if model is NewsArticlePage else _PAGE_ORDERS
