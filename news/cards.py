"""An article as lists show it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cms.media.pictures import Picture
from cms.publishing import recording
from cms.publishing.lookup import Lookup, References
from cms.publishing.office import Office
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


def cards(articles: Iterable[NewsArticlePage], office: Office, look: Lookup) -> list[Card]:
    """Turn articles (read with `for_cards()`) into cards; their pictures are read together."""
    with recording.reading():
        pages = list(articles)
    look.load(References(images={page.hero_image_id for page in pages if page.hero_image_id}))
    return [_card(page, office, look) for page in pages]


def article_url(page: NewsArticlePage, office: Office) -> str:
    """Return the root-relative address of an article of `office`."""
    return f"/{page.url_path[len(office.url_path) :]}"


def section_url(slug: str) -> str:
    """Return the root-relative address of a section."""
    return f"/rubrik/{slug}/"


def topic_url(slug: str) -> str:
    """Return the root-relative address of a topic."""
    return f"/topik/{slug}/"


def _card(page: NewsArticlePage, office: Office, look: Lookup) -> Card:
    if page.section_id:
        recording.note(f"section:{page.section_id}")
    return Card(
        id=page.pk,
        title=page.display_title,
        url=article_url(page, office),
        lead=page.lead,
        kind=page.kind,
        kind_label=str(page.get_kind_display()),
        section_name=page.section.name if page.section else "",
        section_url=section_url(page.section.slug) if page.section else "",
        published_at=page.published_at,
        picture=look.picture(page.hero_image_id) if page.hero_image_id else None,
        picture_alt=page.hero_alt,
        is_pinned=page.is_pinned,
    )
