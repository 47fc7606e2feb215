"""An article as its page shows it: everything gathered first, so that rendering asks nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, Value
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from cms.media.pictures import Picture
from cms.publishing import recording
from cms.publishing.lookup import FileLink, Lookup, PageLink, References
from cms.publishing.office import Link, Office
from news import body, structured
from news.article_lists import article_list, place_of, section_list
from news.cards import Card, article_url, cards, section_url, topic_url
from news.corrections import corrections_by_page
from news.framing import framed_body
from news.listed import listed
from news.listing import trail_to_news
from news.models import Correction, NewsArticlePage, TaggedArticle, Topic
from news.sharing import share_links

RELATED = 5
DESCRIPTION_MAX = 200

Neighbours = Callable[[NewsArticlePage, Office, Lookup], tuple[Card | None, Card | None, list[Card]]]


@dataclass
class ArticleView:
    """The variables of `news/news_article_page.html`."""

    page: NewsArticlePage
    office: Office
    look: Lookup
    url: str
    full_url: str
    description: str
    body_html: SafeString
    section: Link | None
    trail: list[Link]
    topics: list[Link] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attachments: list[FileLink] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    hero: Picture | None = None
    card_image: Picture | None = None
    supersedes: PageLink | None = None
    share: list[Link] = field(default_factory=list)
    structured: list[dict[str, Any]] = field(default_factory=list)
    newer: Card | None = None
    older: Card | None = None
    related: list[Card] = field(default_factory=list)


def present(
    page: NewsArticlePage, office: Office, look: Lookup, around: Neighbours | None = None
) -> ArticleView:
    """Gather what the page of one article shows; `page` may be an unsaved draft.

    `around` answers for the articles around it where many are presented together (news.preloading), and what these
    point at is loaded.
    """
    if around is None:
        look.load(referenced(page))
    view = _frame(page, office, look)
    with recording.reading():
        view.topics, view.tags = _labels(page)
        view.corrections = _corrections(page)
    view.share = share_links(page.title, view.full_url)
    view.structured = [
        structured.news_article(
            page, office, view.full_url, view.description, view.card_image, view.corrections
        ),
        structured.breadcrumbs(view.trail, page.title, view.full_url, office),
    ]
    if page.published_at and page.pk:
        view.newer, view.older, view.related = (around or neighbours)(page, office, look)
        _note_neighbours(page, office, view)
    return view


def _note_neighbours(page: NewsArticlePage, office: Office, view: ArticleView) -> None:
    """Record from where to where the lists are shown; where one ends, whatever may come there."""
    here = place_of(page)
    newest = recording.position(view.newer.published_at, view.newer.id) if view.newer else recording.HIGHEST
    oldest = recording.position(view.older.published_at, view.older.id) if view.older else recording.LOWEST
    recording.note_range(article_list(office.site_id), oldest, newest)
    is_full = len(view.related) == RELATED
    last = view.related[-1] if is_full else None
    lowest = recording.position(last.published_at, last.id) if last else recording.LOWEST
    recording.note_range(section_list(page.section_id, office.site_id), lowest, here)


def referenced(page: NewsArticlePage) -> References:
    """Return the ids an article's page points at."""
    found = body.references(page.body.raw_data)
    found.add("images", page.hero_image_id)
    found.add("images", page.social_image_id)
    found.add("pages", page.supersedes_id)
    for raw in page.attachments.raw_data:
        found.add("documents", raw["value"])
    return found


def _frame(page: NewsArticlePage, office: Office, look: Lookup) -> ArticleView:
    if page.section_id:
        recording.note(f"section:{page.section_id}")
    url = article_url(page, office)
    section = Link(page.section.name, section_url(page.section.slug)) if page.section else None
    hero = look.picture(page.hero_image_id)
    dateline = page.dateline(office.dateline)
    blocks = list(page.body.raw_data)
    return ArticleView(
        page=page,
        office=office,
        look=look,
        url=url,
        full_url=f"{office.root_url}{url}",
        description=_description(page),
        body_html=framed_body(blocks, look, dateline, page.has_end_mark),
        section=section,
        trail=[*trail_to_news(office), *([section] if section else [])],
        attachments=[link for raw in page.attachments.raw_data if (link := look.document(raw["value"]))],
        hero=hero,
        card_image=look.picture(page.social_image_id) or hero,
        supersedes=look.page(page.supersedes_id),
    )


def _description(page: NewsArticlePage) -> str:
    """Return what search engines and share cards say; an old text without a lead lends its opening."""
    opening = page.search_description or page.lead
    return opening or Truncator(body.plain_text(page.body.raw_data)).chars(DESCRIPTION_MAX)


def _labels(page: NewsArticlePage) -> tuple[list[Link], list[str]]:
    """Return topics and tags: one query for a saved article, none for what a draft form already holds."""
    if page.pk is None or getattr(page, "_cluster_related_objects", None):
        held = _held(page, "topics")
        for topic in held:
            recording.note(f"topic:{topic.pk}")
        tags = _tag_names(page)
        if tags:
            recording.note("tags")
        return [Link(topic.name, topic_url(topic.slug)) for topic in held], tags
    rows = (
        Topic.objects.filter(articles=page)
        .order_by()
        .values_list("name", "slug")
        .union(
            TaggedArticle.objects.filter(content_object=page).order_by().values_list("tag__name", Value("")),
            all=True,
        )
    )
    pairs = sorted(rows)
    return (
        [Link(name, topic_url(slug)) for name, slug in pairs if slug],
        [name for name, slug in pairs if not slug],
    )


def _corrections(page: NewsArticlePage) -> list[Correction]:
    """Return what was read for many pages at once (news.preloading), or ask."""
    held = getattr(page, "held_corrections", None)
    if held is None and getattr(page, "has_corrections", True):
        held = corrections_by_page([page]).get(page.pk)
    return held or []


def _tag_names(page: NewsArticlePage) -> list[str]:
    """Return what was read for many pages at once (news.preloading), what a draft's form holds, or ask."""
    names = getattr(page, "held_tags", None)
    if names is not None:
        return names
    held = getattr(page, "_cluster_related_objects", None) or {}
    if "tagged_items" in held:
        return [item.tag.name for item in held["tagged_items"]]
    return [tag.name for tag in page.tags.all()]


def _held(page: NewsArticlePage, relation: str) -> list[Any]:
    """Return what the page holds itself; a manager is made only where the database must answer."""
    held = getattr(page, "_cluster_related_objects", None) or {}
    return list(held[relation] if relation in held else getattr(page, relation).all())


def neighbours(
    page: NewsArticlePage, office: Office, look: Lookup
) -> tuple[Card | None, Card | None, list[Card]]:
    """Return the next newer, the next older, and the next older of the same section: one query."""
    articles = NewsArticlePage.objects.readable_in(office)
    position = (page.published_at, page.pk)
    # Each part is ordered and cut by itself before they are joined; SQLite wants them as subqueries.
    newer = articles.newer_than(*position).order_by("published_at", "pk")[:1]
    older = articles.older_than(*position).newest_first()[:1]
    related = articles.older_than(*position).filter(section=page.section_id).newest_first()[:RELATED]
    ids = [newer.values("pk"), older.values("pk"), related.values("pk")]
    with recording.reading():
        found = listed(NewsArticlePage.objects.filter(any_of(ids)).newest_first())
    with (
        recording.aside()
    ):  # of these only title, address and day are shown, which their place in the list covers
        shown = cards(found, office, look)
    order = [(article.published_at, article.pk) for article in found]
    above = [card for card, place in zip(shown, order, strict=True) if place > position]
    below = [
        (card, article) for card, article, place in zip(shown, found, order, strict=True) if place < position
    ]
    same = [card for card, article in below if article.section_id == page.section_id][:RELATED]
    return (above[0] if above else None), (below[0][0] if below else None), same


def any_of(queries: Iterable[object]) -> Q:
    """Return the condition that an id is given by one of `queries`: SQLite joins no ordered parts otherwise."""
    condition = Q()
    for query in queries:
        condition |= Q(pk__in=query)
    return condition
