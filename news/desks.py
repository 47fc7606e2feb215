"""Whose desk it is: which offices, indexes and articles somebody may work on."""

from django.db.models import QuerySet

from cms.accounts.models import User
from cms.moderation.reading_policy import READ
from cms.moderation.trash.policy import PagesOutsideTrash
from cms.publishing.seeing import sites_of
from news.models import NewsArticlePage, NewsIndexPage
from news.querysets import ArticlePages

__all__ = ["articles_around", "articles_of", "indexes_of", "sites_of"]

_WORK = {"add", "change", "publish"}


def articles_of(user: User) -> ArticlePages:
    """Return the articles `user` may edit."""
    return PagesOutsideTrash.for_model(NewsArticlePage).instances_user_has_any_permission_for(
        user, {"change"}
    )


def articles_around(user: User) -> ArticlePages:
    """Return the articles of the offices `user` works for or reads, own or not."""
    return PagesOutsideTrash.for_model(NewsArticlePage).instances_user_has_any_permission_for(
        user, {*_WORK, READ}
    )


def indexes_of(user: User) -> QuerySet[NewsIndexPage]:
    """Return the indexes `user` may write under, by title of the office."""
    policy = PagesOutsideTrash.for_model(NewsIndexPage)
    return policy.instances_user_has_any_permission_for(user, {"add"}).order_by("path")
