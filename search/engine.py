"""The one door of the search: an office, words and a page number in, articles out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet, Window
from django.db.models.expressions import RawSQL

from cms.publishing.office import Office
from news.listed import ListedArticle, listed
from news.models import NewsArticlePage

PER_PAGE = 20

# SQLite: the `ascii` tokenizer splits at spaces and ASCII signs only, so a folded word is one token there
# whatever its script. PostgreSQL: words become lexemes as they are, past its own parser, which would take
# "kab/kota" for a file and "2024-2029" for a negative number.
_MATCH = {
    "sqlite": "SELECT rowid FROM reader_search_words WHERE reader_search_words MATCH %s",
    "postgresql": "SELECT reader_search_found(%s::tsquery)",
}


@dataclass(frozen=True)
class Results:
    """One page of what was found; `number` is the page really shown, within 1 and `pages`."""

    articles: list[ListedArticle]
    total: int
    number: int
    pages: int


def find(office: Office, words: Sequence[str], page: int = 1) -> Results:
    """Return the readable articles of `office` that carry all `words`, newest first.

    `words` come folded from `search.words`; the last one may be the beginning of a word. A `page` outside
    what was found becomes the nearest one.
    """
    found = matching(NewsArticlePage.objects.readable_in(office), words)
    number = max(1, page)
    rows = _page(found, number)
    if not rows and number > 1:
        number = min(number, _pages(found.count()))
        rows = _page(found, number)
    total = rows[0][1] if rows else 0
    shown = NewsArticlePage.objects.filter(pk__in=[pk for pk, _total in rows]).newest_first()
    return Results(listed(shown) if rows else [], total, number, _pages(total))


def _page(found: QuerySet, number: int) -> list[tuple[int, int]]:
    """Return the ids of one page, each with the total: narrow rows, since all that match must be sorted."""
    start = (number - 1) * PER_PAGE
    counted = found.newest_first().annotate(total=Window(Count("pk"))).values_list("pk", "total")
    return list(counted[start : start + PER_PAGE])


def _pages(total: int) -> int:
    return max(1, math.ceil(total / PER_PAGE))


def matching(articles: QuerySet, words: Sequence[str]) -> QuerySet:
    """Narrow a queryset of pages to the articles that carry all `words`; no words, no articles."""
    if not words:
        return articles.none()
    ask = _fts5(words) if connection.vendor == "sqlite" else _tsquery(words)
    return articles.filter(pk__in=RawSQL(_MATCH[connection.vendor], [ask]))  # noqa: S611 (words are bound)


def _fts5(words: Sequence[str]) -> str:
    return " AND ".join(f'"{word}"' for word in words) + "*"


def _tsquery(words: Sequence[str]) -> str:
    return " & ".join(f"'{word}'" for word in words) + ":*"
