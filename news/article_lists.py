"""A list of articles: what it is called in recordings and tallies, its order, and which stretch of it is shown."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cms.publishing import epoch, recording
from cms.publishing.office import Office
from news.listed import ListedArticle, listed
from news.models import NewsArticlePage, Section, Topic
from news.querysets import ArticlePages


@dataclass(frozen=True)
class ArticleList:
    """One list of articles of an office: all of them, a section's, a topic's, or what search engines may list."""

    office: Office
    section: Section | None = None
    topic: Topic | None = None
    is_indexed: bool = False

    @property
    def name(self) -> str:
        """Return what recordings and tallies call the list."""
        if self.section:
            return section_list(self.section.pk, self.office.site_id)
        if self.topic:
            return topic_list(self.topic.pk, self.office.site_id)
        if self.is_indexed:
            return indexed_list(self.office.site_id)
        return article_list(self.office.site_id)

    @property
    def subject(self) -> str:
        """Return the name of its section or topic; "" for the list of everything."""
        of = self.section or self.topic
        return of.name if of else ""

    def articles(self) -> ArticlePages:
        """Return its articles, newest first."""
        found = readable(self.office)
        if self.section:
            found = found.filter(section=self.section)
        if self.topic:
            found = found.filter(topics=self.topic)
        if self.is_indexed:
            found = found.filter(is_fictional=False)
        return found


def article_list(site_id: int) -> str:
    """Return the name of the list of all articles of an office."""
    return f"articles@{site_id}"


def section_list(pk: int | None, site_id: int) -> str:
    """Return the name of the list of the articles of a section (None: those without one)."""
    return f"section:{pk or 0}@{site_id}"


def topic_list(pk: int, site_id: int) -> str:
    """Return the name of the list of the articles of a topic."""
    return f"topic:{pk}@{site_id}"


def notice_list(site_id: int) -> str:
    """Return the name of the list of announcements and notices."""
    return f"notices@{site_id}"


def pinned_list(site_id: int) -> str:
    """Return the name of the list of pinned articles."""
    return f"pinned@{site_id}"


def readable(office: Office) -> ArticlePages:
    """Return everything anybody may read of an office, newest first."""
    return NewsArticlePage.objects.readable_in(office).newest_first()


def indexed_list(site_id: int) -> str:
    """Return the name of the list of what search engines may list."""
    return f"indexed@{site_id}"


def place_of(page: NewsArticlePage | ListedArticle) -> int:
    """Return the place of an article in every list it is in."""
    return recording.position(page.published_at, page.pk)


def read_front(name: str, articles: ArticlePages, count: int) -> list[ListedArticle]:
    """Return the first `count` of a list and record the stretch they take, up to whatever may come."""
    with recording.reading():
        found = listed(articles[:count])
    note_front(name, found, count)
    return found


def note_front(name: str, found: Sequence[ListedArticle], count: int) -> None:
    """Record that the newest `count` of a list are shown, of which `found` are all there are."""
    is_full = len(found) == count
    recording.note_range(
        name, place_of(found[-1]) if is_full and found else recording.LOWEST, recording.HIGHEST
    )


def month_bounds(year: int, month: int, office: Office) -> tuple[int, int]:
    """Return the lowest and the highest position an article of a month may have."""
    start = dt.datetime(year, month, 1, tzinfo=office.zone)
    end = dt.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=office.zone)
    return recording.first_position(start), recording.first_position(end) - 1


def has_any(articles: ArticleList) -> bool:
    """Return whether a list has an article; the oldest one stands for all, it is the least likely to go."""
    key = ("has-any", articles.office.site_id, articles.name)
    return epoch.remembered(articles.office.epoch, key, lambda: _has_any(articles))


def _has_any(articles: ArticleList) -> bool:
    with recording.reading():
        order = articles.articles().order_by("published_at", "pk")
        oldest = order.values_list("published_at", "pk").first()
    if oldest is None:
        recording.note_presence(articles.name, recording.LOWEST, recording.HIGHEST)
        return False
    recording.note_presence(articles.name, *[recording.position(*oldest)] * 2)
    return True
