"""Lists of articles as readers walk them: newest, a month, a section, a topic."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.publishing import epoch
from cms.publishing.lookup import Lookup
from cms.publishing.office import Link, Office
from news.cards import Card, cards, topic_url
from news.models import NewsArticlePage, NewsIndexPage, Section, Topic
from news.querysets import ArticlePages

FRONT = 30  # cards on the front of a list; older ones are found by month


@dataclass(frozen=True)
class Month:
    """A month that has articles, with how many."""

    year: int
    month: int
    count: int


@dataclass(frozen=True)
class Subject:
    """A topic the office has written about, with how many articles carry it."""

    name: str
    url: str
    description: str
    count: int


def readable(office: Office) -> ArticlePages:
    """Return everything anybody may read of an office, newest first, with what cards show."""
    return NewsArticlePage.objects.readable_in(office).newest_first().for_cards()


def front_cards(office: Office, look: Lookup, count: int = FRONT) -> list[Card]:
    """Return the pinned articles, then the newest: `count` cards in all."""
    return cards(readable(office).order_by("-is_pinned", "-published_at", "-pk")[:count], office, look)


def newest(
    office: Office, look: Lookup, section: Section | None = None, topic: Topic | None = None
) -> tuple[list[Card], bool]:
    """Return the front of the index, of a section or of a topic, and whether there are older ones."""
    articles = readable(office)
    if section:
        articles = articles.filter(section=section)
    if topic:
        articles = articles.filter(topics=topic)
    found = list(articles[: FRONT + 1])
    return cards(found[:FRONT], office, look), len(found) > FRONT


def of_month(office: Office, look: Lookup, year: int, month: int) -> list[Card]:
    """Return a whole month, newest first."""
    return cards(readable(office).in_month(year, month, office.zone), office, look)


def announcements(office: Office, look: Lookup, count: int) -> list[Card]:
    """Return the newest `count` announcements and notices."""
    kinds = [NewsArticlePage.Kind.ANNOUNCEMENT, NewsArticlePage.Kind.NOTICE]
    return cards(readable(office).filter(kind__in=kinds)[:count], office, look)


def news_index(office: Office) -> Link | None:
    """Return the way to the news of an office; None before it has an index."""

    def read() -> Link | None:
        page = NewsIndexPage.objects.live().filter(path__startswith=office.path).order_by("path").first()
        return Link(page.title, f"/{page.url_path[len(office.url_path) :]}") if page else None

    return epoch.remembered(office.epoch, ("news-index", office.site_id), read)


def trail_to_news(office: Office) -> list[Link]:
    """Return the breadcrumbs every page of the news begins with."""
    index = news_index(office)
    return [_front_page(get_language()), *([index] if index else [])]


@lru_cache(maxsize=10)
def _front_page(language: str | None) -> Link:
    return Link(_("Beranda"), "/")


def months(office: Office) -> list[Month]:
    """Return the months that have articles, newest first, counted in the office's zone."""

    def read() -> list[Month]:
        rows = (
            NewsArticlePage.objects.readable_in(office)
            .annotate(
                year=ExtractYear("published_at", tzinfo=office.zone),
                month=ExtractMonth("published_at", tzinfo=office.zone),
            )
            .values("year", "month")
            .annotate(count=Count("pk"))
            .order_by("-year", "-month")
        )
        return [Month(row["year"], row["month"], row["count"]) for row in rows]

    return epoch.remembered(office.epoch, ("months", office.site_id), read)


def sections(office: Office) -> list[Section]:
    """Return the sections of an office that have something to read."""

    def read() -> list[Section]:
        filled = NewsArticlePage.objects.readable_in(office).order_by().values("section")
        return list(Section.objects.filter(site_id=office.site_id, pk__in=filled))

    return epoch.remembered(office.epoch, ("sections", office.site_id), read)


def topics(office: Office) -> list[Subject]:
    """Return the topics of an office's articles, by name."""

    def read() -> list[Subject]:
        rows = (
            Topic.objects.filter(articles__in=NewsArticlePage.objects.readable_in(office))
            .annotate(count=Count("articles"))
            .order_by("name", "pk")
        )
        return [Subject(row.name, topic_url(row.slug), row.description, row.count) for row in rows]

    return epoch.remembered(office.epoch, ("topics", office.site_id), read)
