"""An article as lists show it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from cms.media.pictures import Picture
from cms.publishing import recording
from cms.publishing.lookup import Lookup, References
from cms.publishing.office import Office
from news.listed import ListedArticle
from news.models import NewsArticlePage


@dataclass(frozen=True)
class Card:
    """What a list shows of one article."""

    id: int
    title: str
    url: str
    lead: str
    kind: str
    kind_label: str
    section_name: str
    section_url: str
    published_at: dt.datetime
    picture: Picture | None
    picture_alt: str
    is_pinned: bool
    office_name: str = ""  # only where the article is another office's
    drawn: dict[tuple, Markup] = field(init=False, default_factory=dict, compare=False, repr=False)


def cards(articles: Sequence[ListedArticle], office: Office, look: Lookup) -> list[Card]:
    """Turn articles into cards; their pictures are read together."""
    look.load(References(images={each.hero_image_id for each in articles if each.hero_image_id}))
    return [card_of(each, office, look) for each in articles]


def article_url(page: NewsArticlePage | ListedArticle, office: Office) -> str:
    """Return the root-relative address of an article of `office`."""
    return f"/{page.url_path[len(office.url_path) :]}"


def section_url(slug: str) -> str:
    """Return the root-relative address of a section."""
    return f"/rubrik/{slug}/"


def topic_url(slug: str) -> str:
    """Return the root-relative address of a topic."""
    return f"/topik/{slug}/"


def card_of(article: ListedArticle, office: Office, look: Lookup) -> Card:
    """Turn one article into a card."""
    if article.section_id:
        recording.note(f"section:{article.section_id}")
    return Card(
        id=article.pk,
        title=article.display_title,
        url=article_url(article, office),
        lead=article.lead,
        kind=article.kind,
        kind_label=article.kind_label,
        section_name=article.section_name or "",
        section_url=section_url(article.section_slug) if article.section_slug else "",
        published_at=article.published_at,
        picture=look.picture(article.hero_image_id) if article.hero_image_id else None,
        picture_alt=article.hero_alt,
        is_pinned=article.is_pinned,
    )
