"""A month of an office's articles, read once for all the lists they stand in: everything, sections, topics."""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass

from cms.publishing import recording
from cms.publishing.lookup import Lookup, References
from cms.publishing.office import Office
from cms.publishing.recording import Recording
from news.article_lists import ArticleList, readable
from news.cards import Card, card_of
from news.listed import ListedArticle, listed
from news.models import NewsArticlePage

_KEPT = 3  # months; lists are made month by month


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
    key = (office.epoch, office.site_id, look.for_editor, year, month)
    found = _months.get(key)
    if found is None:
        found = _months[key] = _read(office, look, year, month)
        while len(_months) > _KEPT:
            _months.popitem(last=False)
    return found


def _read(office: Office, look: Lookup, year: int, month: int) -> list[Entry]:
    topics: dict[int, set[int]] = defaultdict(set)
    with recording.reading(), recording.aside():
        articles = listed(readable(office).in_month(year, month, office.zone))
        through = NewsArticlePage.topics.through.objects.order_by()
        of_month = readable(office).in_month(year, month, office.zone).order_by().values("pk")
        pairs = through.filter(newsarticlepage_id__in=of_month)
        for page, topic in pairs.values_list("newsarticlepage_id", "topic_id"):
            topics[page].add(topic)
        look.load(References(images={each.hero_image_id for each in articles if each.hero_image_id}))
    return [_entry(each, office, look, frozenset(topics.get(each.pk, ()))) for each in articles]


def _entry(article: ListedArticle, office: Office, look: Lookup, topics: frozenset[int]) -> Entry:
    with recording.recording() as shown:
        card = card_of(article, office, look)
    return Entry(article, card, topics, shown)


def forget() -> None:
    """Drop what is kept (tests, whose databases go back in time)."""
    _months.clear()
