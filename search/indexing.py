"""Keeping what the search knows of articles: one at a time as they change, or many at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import QuerySet

from cms.publishing.many_rows import delete_rows
from news.body import plain_text
from news.models import NewsArticlePage, TaggedArticle
from search.models import Document
from search.words import folded

CHUNK = 500  # articles read and written together

# The columns an article is found by; a save that names none of them leaves its document alone.
INDEXED = frozenset({"title", "lead", "body", "tags", "hero_caption", "official_number", "live"})


def index_article(article: NewsArticlePage) -> None:
    """Keep the document of an article in step with it: written while it is live, gone when it is not."""
    if article.live:
        text = _text(article, (tag.name for tag in article.tags.all()))
        Document.objects.update_or_create(article_id=article.pk, defaults={"text": text})
    else:
        Document.objects.filter(article_id=article.pk).delete()


def forget(articles: Iterable[int]) -> None:
    """Remove the documents of articles (ids) that readers no longer see."""
    delete_rows(Document, "article_id", articles)


def rebuild(articles: QuerySet | None = None, report: Callable[[int], None] | None = None) -> int:
    """Write the documents of `articles` (all live ones when None) anew and return how many.

    For bulk work that sends no signals. `report` is called with the number written after each chunk. With
    None, documents of articles that are no longer live go as well.
    """
    if articles is None:
        Document.objects.exclude(article__live=True).delete()
        articles = NewsArticlePage.objects.all()
    ids = list(articles.live().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        _write(ids[start : start + CHUNK])
        if report:
            report(min(start + CHUNK, len(ids)))
    return len(ids)


def index_many(articles: Iterable[NewsArticlePage]) -> None:
    """Write the documents of many new articles at once (an import)."""
    rebuild(NewsArticlePage.objects.filter(pk__in=[article.pk for article in articles]))


def _write(ids: list[int]) -> None:
    tags: defaultdict[int, list[str]] = defaultdict(list)
    for pk, name in TaggedArticle.objects.filter(content_object__in=ids).values_list(
        "content_object", "tag__name"
    ):
        tags[pk].append(name)
    documents = [
        Document(article_id=article.pk, text=_text(article, tags[article.pk]))
        for article in NewsArticlePage.objects.filter(pk__in=ids).order_by("pk")
    ]
    with transaction.atomic():
        Document.objects.bulk_create(
            documents, update_conflicts=True, unique_fields=["article"], update_fields=["text"]
        )


def _text(article: NewsArticlePage, tags: Iterable[str]) -> str:
    parts = (
        article.title,
        article.lead,
        article.hero_caption,
        article.official_number,
        plain_text(article.body.raw_data),
        *tags,
    )
    return folded("\n".join(parts))
