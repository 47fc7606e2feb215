"""What lists read of an article: one row, without the page's instance, body and relations."""

import datetime as dt
from typing import NamedTuple, Self
from uuid import UUID

from django.utils.translation import get_language

from news.models import NewsArticlePage, kind_label
from news.querysets import ArticlePages


class ListedArticle(NamedTuple):
    """An article as cards, feeds and sitemaps need it; the fields are columns, in this order (`_COLUMNS`)."""

    pk: int
    path: str
    url_path: str
    title: str
    short_title: str
    lead: str
    kind: str
    language: str
    author_unit: str
    section_id: int | None
    section_name: str | None
    section_slug: str | None
    published_at: dt.datetime
    updated_at: dt.datetime | None
    hero_image_id: int | None
    hero_alt: str
    is_pinned: bool
    is_fictional: bool
    translation_key: UUID

    @classmethod
    def of(cls, page: NewsArticlePage) -> Self:
        """Return the row of a page that is at hand, its section loaded."""
        section = page.section
        return cls(
            *(getattr(page, name) for name in cls._fields[:10]),
            section.name if section else None,
            section.slug if section else None,
            *(getattr(page, name) for name in cls._fields[12:]),
        )

    @property
    def display_title(self) -> str:
        """Return the title cards show."""
        return self.short_title or self.title

    @property
    def kind_label(self) -> str:
        """Return what kind of article it is, in the reader's language."""
        return kind_label(self.kind, get_language())


_COLUMNS = [
    {"section_name": "section__name", "section_slug": "section__slug"}.get(name, name)
    for name in ListedArticle._fields
]


def listed(articles: ArticlePages) -> list[ListedArticle]:
    """Read what lists need of articles, in their order: one query."""
    return list(map(ListedArticle._make, articles.values_list(*_COLUMNS)))
