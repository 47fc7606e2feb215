"""The only receiver of the search: an article that was saved is read again."""

from django.db.models.signals import post_save

from news.models import NewsArticlePage
from search import indexing


def _read_again(instance: NewsArticlePage, **kwargs: object) -> None:
    columns = kwargs["update_fields"]
    if kwargs["raw"] or (columns is not None and not indexing.INDEXED.intersection(columns)):
        return
    # A partial save may come from a page that carries a draft in memory (Wagtail saves revisions so):
    # then the row itself is read. Deletion needs no receiver: the document goes with its article.
    article = instance if columns is None else NewsArticlePage.objects.get(pk=instance.pk)
    indexing.index_article(article)


def connect() -> None:
    """Connect the receiver, once, when the applications are ready."""
    post_save.connect(_read_again, sender=NewsArticlePage, dispatch_uid="search-article-saved")
