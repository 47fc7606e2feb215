"""A month of an office's articles, read once for all the lists they stand in: everything, sections, topics."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cms.publishing import recording
from cms.publishing.lookup import Lookup, References
from cms.publishing.office import Office
from cms.publishing.recording import Recording
from news.article_lists import ArticleList, readable
from news.cards import Card, card_of
from news.listed import ListedArticle, listed
from news.models import NewsArticlePage
from news.month_runs import TOGETHER, When, runs

_KEPT = 24  # months; lists are made month by month, and read a year ahead
_MOST = 2 * TOGETHER  # articles in them, but for the month read last


@dataclass(frozen=True)
class Entry:
    """An article of the month, its card, and what showing the card depends on."""

    article: ListedArticle
    card: Card
    topics: frozenset[int]
    shown: Recording

    def stands_in(self, listed: ArticleList) -> bool:
        """Return whether the article is in a list of its office."""
        if listed.section:
            return self.article.section_id == listed.section.pk
        return listed.topic is None or listed.topic.pk in self.topics


_months: OrderedDict[tuple, list[Entry]] = OrderedDict()


def read_month(office: Office, look: Lookup, year: int, month: int) -> list[Entry]:
    """Return everything of a month, newest first; whoever shows an entry replays what its card shows."""
    key = _key(office, look, (year, month))
    if key not in _months:
        _fill(office, look, (year, month), (year, month))
    return _months[key]


def read_ahead(office: Office, months: Iterable[When]) -> None:
    """Read what `read_month` is going to be asked for by readers; months near one another together."""
    look = Lookup(office.epoch, office.hostname, office.zone)
    missing = [when for when in months if _key(office, look, when) not in _months]
    for first, last in runs(missing):
        _fill(office, look, first, last)


def _key(office: Office, look: Lookup, when: When) -> tuple:
    return office.epoch, office.site_id, look.for_editor, when


def _fill(office: Office, look: Lookup, first: When, last: When) -> None:
    found: dict[When, list[Entry]] = {first: []}
    for article, topics in _read(office, look, first, last):
        day = article.published_at.astimezone(office.zone)
        found.setdefault((day.year, day.month), []).append(_entry(article, office, look, topics))
    for when, entries in found.items():
        key = _key(office, look, when)
        _months[key] = entries
        _months.move_to_end(key)
    count = sum(map(len, _months.values()))
    while len(_months) > _KEPT or (count > _MOST and len(_months) > len(found)):
        _key_of_oldest, entries = _months.popitem(last=False)
        count -= len(entries)


def _read(
    office: Office, look: Lookup, first: When, last: When
) -> list[tuple[ListedArticle, frozenset[int]]]:
    topics: dict[int, set[int]] = defaultdict(set)
    with recording.reading(), recording.aside():
        of_months = readable(office).in_months(first, last, office.zone)
        articles = listed(of_months)
        through = NewsArticlePage.topics.through.objects.order_by()
        pairs = through.filter(newsarticlepage_id__in=of_months.order_by().values("pk"))
        for page, topic in pairs.values_list("newsarticlepage_id", "topic_id"):
            topics[page].add(topic)
        look.load(References(images={each.hero_image_id for each in articles if each.hero_image_id}))
    return [(each, frozenset(topics.get(each.pk, ()))) for each in articles]


def _entry(article: ListedArticle, office: Office, look: Lookup, topics: frozenset[int]) -> Entry:
    with recording.recording() as shown:
        card = card_of(article, office, look)
    return Entry(article, card, topics, shown)


def forget() -> None:
    """Drop what is kept (tests, whose databases go back in time)."""
    _months.clear()
