"""Lists of articles as readers walk them: newest, a month, a section, a topic. Each records which stretch it shows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.publishing import epoch, recording, tallies
from cms.publishing.lookup import Lookup
from cms.publishing.office import Link, Office
from news.article_lists import (
    ArticleList,
    article_list,
    has_any,
    month_bounds,
    note_front,
    notice_list,
    pinned_list,
    read_front,
    readable,
    topic_list,
)
from news.cards import Card, cards, topic_url
from news.listed import listed
from news.models import NewsArticlePage, NewsIndexPage, Section, Topic
from news.month_shelf import read_month

FRONT = 30  # cards on the front of a list; older ones are found by month
BRIEF = 60  # cards of a month above which they come without their leads: the page must stay light on a phone
BY_DAY = 400  # and above which they are titles under their days


@dataclass(frozen=True)
class Subject:
    """A topic the office has written about, with how many articles carry it."""

    name: str
    url: str
    description: str
    count: int


def front_cards(office: Office, look: Lookup, count: int = FRONT) -> list[Card]:
    """Return the pinned articles, then the newest: `count` cards in all."""
    with recording.reading():
        found = listed(readable(office).order_by("-is_pinned", "-published_at", "-pk")[:count])
    recording.note_range(pinned_list(office.site_id), recording.LOWEST, recording.HIGHEST)
    plain = [page for page in found if not page.is_pinned]
    note_front(article_list(office.site_id), plain, count - (len(found) - len(plain)))
    return cards(found, office, look)


def newest(
    office: Office, look: Lookup, section: Section | None = None, topic: Topic | None = None
) -> tuple[list[Card], bool]:
    """Return the front of the index, of a section or of a topic, and whether there are older ones."""
    of = ArticleList(office, section, topic)
    found = read_front(of.name, of.articles(), FRONT + 1)
    return cards(found[:FRONT], office, look), len(found) > FRONT


def of_month(of: ArticleList, look: Lookup, year: int, month: int) -> list[Card]:
    """Return a whole month of a list, newest first."""
    start, end = month_bounds(year, month, of.office)
    recording.note_range(of.name, start, end)
    found = [each for each in read_month(of.office, look, year, month) if each.stands_in(of)]
    for each in found:
        recording.replay(each.shown)
    return [each.card for each in found]


def by_day(shown: Sequence[Card], zone: ZoneInfo) -> list[tuple[dt.date, list[Card]]]:
    """Return cards under the days on which they were published, in their order."""
    return [
        (day, list(of_day))
        for day, of_day in groupby(shown, lambda card: card.published_at.astimezone(zone).date())
    ]


def announcements(office: Office, look: Lookup, count: int) -> list[Card]:
    """Return the newest `count` announcements and notices."""
    found = read_front(
        notice_list(office.site_id), readable(office).filter(kind__in=NewsArticlePage.NOTICE_KINDS), count
    )
    return cards(found, office, look)


def read_index(office: Office) -> Link | None:
    """Read the way to the news of an office; None before it has an index."""
    recording.note(f"below:{office.path}")
    with recording.reading():
        page = NewsIndexPage.objects.live().filter(path__startswith=office.path).order_by("path").first()
    if page:
        recording.note(f"page:{page.pk}")
    return Link(page.title, f"/{page.url_path[len(office.url_path) :]}") if page else None


def news_index(office: Office) -> Link | None:
    """Return the way to the news of an office, part of the shell of every page; None before it has an index."""
    with recording.aside():
        return epoch.remembered(office.epoch, ("news-index", office.site_id), lambda: read_index(office))


def trail_to_news(office: Office) -> list[Link]:
    """Return the breadcrumbs every page of the news begins with."""
    index = news_index(office)
    return [_front_page(get_language()), *([index] if index else [])]


@lru_cache(maxsize=10)
def _front_page(language: str | None) -> Link:
    return Link(_("Beranda"), "/")


def sections(office: Office) -> list[Section]:
    """Return the sections of an office that have something to read."""

    def read() -> list[Section]:
        recording.note(f"sections@{office.site_id}")
        with recording.reading():
            every = list(Section.objects.filter(site_id=office.site_id))
        for section in every:
            recording.note(f"section:{section.pk}")
        return [section for section in every if has_any(ArticleList(office, section))]

    return epoch.remembered(office.epoch, ("sections", office.site_id), read)


def topics(office: Office) -> list[Subject]:
    """Return the topics of an office's articles, by name."""
    if not tallies.is_known(office.site_id):
        return epoch.remembered(office.epoch, ("topics", office.site_id), lambda: _counted_topics(office))
    recording.note("topics")
    with recording.reading():
        every = list(Topic.objects.order_by("name", "pk"))
    counts = {row.pk: _count_of_topic(row, office) for row in every}
    return [_subject(row, counts[row.pk]) for row in every if counts[row.pk]]


def _count_of_topic(topic: Topic, office: Office) -> int:
    name = topic_list(topic.pk, office.site_id)
    recording.note_presence(name, recording.LOWEST, recording.HIGHEST)
    return sum(month.count for month in tallies.months(name))


def _counted_topics(office: Office) -> list[Subject]:
    rows = (
        Topic.objects.filter(articles__in=NewsArticlePage.objects.readable_in(office))
        .annotate(count=Count("articles"))
        .order_by("name", "pk")
    )
    return [_subject(row, row.count) for row in rows]


def _subject(topic: Topic, count: int) -> Subject:
    return Subject(topic.name, topic_url(topic.slug), topic.description, count)


def section_at(office: Office, slug: str) -> Section | None:
    """Return the section of an office with this slug; None if there is none."""

    def read() -> Section | None:
        with recording.reading():
            found = Section.objects.filter(site_id=office.site_id, slug=slug).first()
        if found:
            recording.note(f"section:{found.pk}")
        return found

    return epoch.remembered(office.epoch, ("section", office.site_id, slug), read)


def topic_at(office: Office, slug: str) -> Topic | None:
    """Return the topic with this slug; None if there is none."""

    def read() -> Topic | None:
        with recording.reading():
            found = Topic.objects.filter(slug=slug).first()
        if found:
            recording.note(f"topic:{found.pk}")
        return found

    return epoch.remembered(office.epoch, ("topic", slug), read)
