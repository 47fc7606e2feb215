"""Many articles as their pages show them, with a fixed number of queries for every few hundred of them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import SimpleNamespace

from django.template import engines

from cms.publishing import recording
from cms.publishing.lookup import Lookup, References
from cms.publishing.office import Office
from news.cards import Card, cards
from news.corrections import corrections_by_page
from news.listed import ListedArticle, listed
from news.models import NewsArticlePage, Section, TaggedArticle, Topic
from news.presenting import RELATED, ArticleView, any_of, neighbours, present, referenced
from news.querysets import ArticlePages

CHUNK = 500  # articles held together
_SECTION = NewsArticlePage._meta.get_field("section")
FAR = 50  # times as many articles between the first and the last of a chunk: they are not read together


# No reader sees them and no program: a quarter of an article's columns.
_UNSHOWN = (
    "latest_revision", "latest_revision_created_at", "live_revision", "has_unpublished_changes", "draft_title", "owner",
    "locked", "locked_at", "locked_by", "go_live_at", "expired", "show_in_menus",
    "change_kind", "change_wrong", "change_right", "change_answers", "change_of",
)  # fmt: skip


def readable_articles(office: Office) -> ArticlePages:
    """Return every article anybody may read at `office`, newest first, as `attach` wants them."""
    return NewsArticlePage.objects.readable_in(office).newest_first().defer(*_UNSHOWN)


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
    """What stands beside each of many articles that follow one another in the one order of an office."""

    def __init__(self, office: Office) -> None:
        """Take the office; nothing is read before `load`."""
        self._office = office
        self._order: list[int] = []  # ids from the one before the first article to the one after the last
        self._place: dict[int, int] = {}
        self._same: dict[int | None, list[int]] = {}  # the same by section, with RELATED after the last
        self._place_in_section: dict[int, int] = {}
        self._cards: dict[int, Card] = {}

    def load(self, chunk: Sequence[NewsArticlePage], look: Lookup) -> None:
        """Read the cards the pages of `chunk` (newest first, their sections loaded) show, and let go of all others.

        Costs a fixed number of queries; articles far apart are asked for one by one.
        """
        self._order, self._place, self._same, self._place_in_section = [], {}, {}, {}
        if not chunk or any(page.published_at is None for page in chunk):
            return
        with recording.reading():
            rows = self._between(chunk[0], chunk[-1], len(chunk) * FAR)
            if len(rows) == len(chunk) * FAR:
                return
            self._arrange(rows, chunk)
        self._read_cards(chunk, look)

    def _between(self, first: NewsArticlePage, last: NewsArticlePage, most: int) -> list[tuple]:
        """Return id and section of every article from `first` down to `last`, at most so many."""
        articles = NewsArticlePage.objects.readable_in(self._office).newest_first()
        found = articles.between((first.published_at, first.pk), (last.published_at, last.pk))
        return list(found.values_list("pk", "section_id")[:most])

    def _arrange(self, rows: Sequence[tuple[int, int | None]], chunk: Sequence[NewsArticlePage]) -> None:
        first = (chunk[0].published_at, chunk[0].pk)
        for pk, section in rows:
            same = self._same.setdefault(section, [])
            self._place_in_section[pk] = len(same)
            same.append(pk)
        beyond = self._beyond(first, (chunk[-1].published_at, chunk[-1].pk))
        newer = [pk for published_at, pk, _section in beyond if (published_at, pk) > first]
        older = [(pk, section) for published_at, pk, section in beyond if (published_at, pk) < first]
        self._order = [*(newer or [0]), *(pk for pk, _section in rows), older[0][0] if older else 0]
        self._place = {pk: place for place, pk in enumerate(self._order)}
        for pk, section in older:
            if section in self._same:
                self._same[section].append(pk)

    def _beyond(self, first: tuple[dt.datetime, int], last: tuple[dt.datetime, int]) -> list[tuple]:
        """Return time, id and section of the next newer one, and below `last` of the next ones of each section."""
        articles = NewsArticlePage.objects.readable_in(self._office)
        older = articles.older_than(*last).newest_first()
        parts = [
            articles.newer_than(*first).order_by("published_at", "pk").values("pk")[:1],
            older.values("pk")[:1],
        ]
        parts += [older.filter(section=section).values("pk")[:RELATED] for section in self._same]
        found = NewsArticlePage.objects.filter(any_of(parts)).newest_first()
        return list(found.values_list("published_at", "pk", "section_id"))

    def _read_cards(self, chunk: Sequence[NewsArticlePage], look: Lookup) -> None:
        wanted = {pk for page in chunk for pk in self._beside(page) if pk}
        with recording.aside():  # of a neighbour only title, address and day are shown: its place covers them
            held = [page for page in chunk if page.pk in wanted]
            missing = wanted - {page.pk for page in held}
            with recording.reading():
                rest = listed(NewsArticlePage.objects.filter(pk__in=missing)) if missing else []
            found = [*map(ListedArticle.of, held), *rest]
            self._cards = {card.id: card for card in cards(found, self._office, look)}

    def around(
        self, page: NewsArticlePage, office: Office, look: Lookup
    ) -> tuple[Card | None, Card | None, list[Card]]:
        """Return the next newer, the next older, and the next older of the same section."""
        if page.pk not in self._place:
            return neighbours(page, office, look)
        newer, older, *related = (self._cards.get(pk) if pk else None for pk in self._beside(page))
        return newer, older, [card for card in related if card]

    def _beside(self, page: NewsArticlePage) -> list[int]:
        place, inside = self._place[page.pk], self._place_in_section[page.pk] + 1
        related = self._same[page.section_id][inside : inside + RELATED]
        return [self._order[place - 1], self._order[place + 1], *related]


def _references(chunk: Iterable[NewsArticlePage]) -> References:
    found = References()
    for page in chunk:
        own = referenced(page)
        found.images |= own.images
        found.documents |= own.documents
        found.pages |= own.pages
    return found


def attach(chunk: list[NewsArticlePage], look: Lookup) -> None:
    """Give each page its section, and its topics, tags and corrections where an editor's form would hold them.

    What the pages point at is read into `look`.
    """
    look.load(_references(chunk))
    through = NewsArticlePage.topics.through
    pks = [page.pk for page in chunk]
    held: dict[int, dict[str, list]] = {pk: {"topics": []} for pk in pks}
    pairs = through.objects.filter(newsarticlepage_id__in=pks).values_list("newsarticlepage_id", "topic_id")
    topics = Topic.objects.in_bulk({topic for _page, topic in pairs})
    for page, topic in sorted(pairs, key=lambda pair: (topics[pair[1]].name, topics[pair[1]].slug)):
        held[page]["topics"].append(topics[topic])
    tagged = TaggedArticle.objects.filter(content_object__in=pks).order_by()
    tags: dict[int, list[str]] = {pk: [] for pk in pks}
    for pk, name in sorted(tagged.values_list("content_object_id", "tag__name")):  # as no two databases sort
        tags[pk].append(name)
    corrections = corrections_by_page(chunk)
    sections = Section.objects.in_bulk({page.section_id for page in chunk if page.section_id})
    for page in chunk:
        _SECTION.set_cached_value(page, sections.get(page.section_id))  # one for all that stand in it
        page._cluster_related_objects = held[page.pk]
        page.held_corrections, page.held_tags = corrections.get(page.pk, []), tags[page.pk]
