"""Many articles as their pages show them, with a fixed number of queries for every few hundred of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from types import SimpleNamespace

from django.template import engines

from cms.publishing import recording
from cms.publishing.lookup import Lookup, References
from cms.publishing.office import Office
from news.cards import Card, cards
from news.models import Correction, NewsArticlePage, TaggedArticle, Topic
from news.presenting import RELATED, ArticleView, present, referenced
from news.querysets import ArticlePages

CHUNK = 500  # articles held together


def readable_articles(office: Office) -> ArticlePages:
    """Return every article anybody may read at `office`, newest first, as `present_many` wants them."""
    return NewsArticlePage.objects.readable_in(office).newest_first().select_related("section")


def present_many(articles: Iterable[NewsArticlePage], office: Office, look: Lookup) -> Iterator[ArticleView]:
    """Yield what `present` returns for each of `articles` (live ones, their sections loaded), in their order."""
    around = Around(office)
    rest = iter(articles)
    while chunk := list(islice(rest, CHUNK)):
        attach(chunk, look)
        around.load(chunk, look)
        for page in chunk:
            yield present(page, office, look, around.around)


def render_article(view: ArticleView) -> str:
    """Return the bytes, as text, a reader gets of an article: the live view's template and variables."""
    request = SimpleNamespace(
        path=view.url, COOKIES={}
    )  # what the template asks of one: nobody's in particular
    template = engines["jinja2"].env.get_template("news/news_article_page.html")
    return template.render({**vars(view), "request": request})


class Around:
    """The one order of an office's articles, read once, and the cards of those that stand beside others."""

    def __init__(self, office: Office) -> None:
        """Read the order of all readable articles of `office`."""
        self._office = office
        with recording.reading():
            rows = list(
                NewsArticlePage.objects.readable_in(office).newest_first().values_list("pk", "section_id")
            )
        self._all = [pk for pk, _section in rows]
        self._place = {pk: place for place, pk in enumerate(self._all)}
        self._same: dict[int | None, list[int]] = defaultdict(list)
        self._place_in_section: dict[int, int] = {}
        for pk, section in rows:
            self._place_in_section[pk] = len(self._same[section])
            self._same[section].append(pk)
        self._cards: dict[int, Card] = {}

    def load(self, chunk: Iterable[NewsArticlePage], look: Lookup) -> None:
        """Read the cards the pages of `chunk` show, and let go of those they do not."""
        wanted = {pk for page in chunk for pk in self._beside(page)}
        self._cards = {pk: card for pk, card in self._cards.items() if pk in wanted}
        missing = wanted - self._cards.keys()
        found = cards(NewsArticlePage.objects.filter(pk__in=missing).for_cards(), self._office, look)
        self._cards |= {card.id: card for card in found}

    def around(
        self, page: NewsArticlePage, office: Office, look: Lookup
    ) -> tuple[Card | None, Card | None, list[Card]]:
        """Return the next newer, the next older, and the next older of the same section."""
        newer, older, *related = (self._cards.get(pk) if pk else None for pk in self._beside(page))
        return newer, older, [card for card in related if card]

    def _beside(self, page: NewsArticlePage) -> list[int]:
        place, inside = self._place[page.pk], self._place_in_section[page.pk] + 1
        newer = self._all[place - 1] if place else 0
        older = self._all[place + 1] if place + 1 < len(self._all) else 0
        return [newer, older, *self._same[page.section_id][inside : inside + RELATED]]


def _references(chunk: Iterable[NewsArticlePage]) -> References:
    found = References()
    for page in chunk:
        own = referenced(page)
        found.images |= own.images
        found.documents |= own.documents
        found.pages |= own.pages
    return found


def attach(chunk: list[NewsArticlePage], look: Lookup) -> None:
    """Give each page its topics, tags and corrections, where an editor's form would hold them.

    What the pages point at is read into `look`.
    """
    look.load(_references(chunk))
    through = NewsArticlePage.topics.through
    pks = [page.pk for page in chunk]
    held: dict[int, dict[str, list]] = {
        pk: {"topics": [], "tagged_items": [], "corrections": []} for pk in pks
    }
    pairs = through.objects.filter(newsarticlepage_id__in=pks).values_list("newsarticlepage_id", "topic_id")
    topics = Topic.objects.in_bulk({topic for _page, topic in pairs})
    for page, topic in sorted(pairs, key=lambda pair: (topics[pair[1]].name, topics[pair[1]].slug)):
        held[page]["topics"].append(topics[topic])
    items = TaggedArticle.objects.filter(content_object__in=pks).select_related("tag").order_by()
    for item in sorted(items, key=lambda item: item.tag.name):
        held[item.content_object_id]["tagged_items"].append(item)
    for correction in Correction.objects.filter(page__in=pks):
        held[correction.page_id]["corrections"].append(correction)
    for page in chunk:
        page._cluster_related_objects = held[page.pk]
