"""What Wagtail derives from pages, for many new ones at once: who points at what, and their words."""

from collections.abc import Callable, Sequence

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backends

from news.models import NewsArticlePage

_writers: list[Callable[[Sequence[NewsArticlePage]], object]] = []


def register_article_index(write: Callable[[Sequence[NewsArticlePage]], object]) -> None:
    """Let an upper layer that indexes articles be handed many new ones: they come without signals."""
    _writers.append(write)


def add_to_indexes(articles: Sequence[NewsArticlePage]) -> None:
    """Enter new articles into the reference index and every search index.

    Each is entered once, in the transaction that makes it: an import that is killed leaves no article
    that cannot be found, and needs no rebuild.
    """
    ReferenceIndex.objects.bulk_create(
        reference for article in articles for reference in _references(article)
    )
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(NewsArticlePage, articles)
    for write in _writers:
        write(articles)


def _references(article: NewsArticlePage) -> list[ReferenceIndex]:
    # create_or_update_for_object does the same with two queries an object.
    kind = ContentType.objects.get_for_model(NewsArticlePage)
    base = ReferenceIndex._get_base_content_type(NewsArticlePage)
    return [
        ReferenceIndex(
            content_type=kind,
            base_content_type=base,
            object_id=str(article.pk),
            to_content_type_id=to_kind,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for to_kind, to_id, model_path, content_path in sorted(
            set(ReferenceIndex._extract_references_from_object(article))
        )
    ]
