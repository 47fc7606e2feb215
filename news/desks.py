"""Whose desk it is: which offices, indexes and articles somebody may work on."""

from django.db.models import QuerySet
from wagtail.models import Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts.models import User
from news.models import NewsArticlePage, NewsIndexPage
from news.querysets import ArticlePages

_WORK = {"add", "change", "publish"}


def articles_of(user: User) -> ArticlePages:
    """Return the articles `user` may edit."""
    return PagePermissionPolicy.for_model(NewsArticlePage).instances_user_has_any_permission_for(
        user, {"change"}
    )


def articles_around(user: User) -> ArticlePages:
    """Return the articles of the offices `user` works for, own or not."""
    return PagePermissionPolicy.for_model(NewsArticlePage).instances_user_has_any_permission_for(user, _WORK)


def indexes_of(user: User) -> QuerySet[NewsIndexPage]:
    """Return the indexes `user` may write under, by title of the office."""
    policy = PagePermissionPolicy.for_model(NewsIndexPage)
    return policy.instances_user_has_any_permission_for(user, {"add"}).order_by("path")


def sites_of(user: User) -> QuerySet[Site]:
    """Return the sites of the offices `user` works for: those with a right at the front page or below it."""
    if not user.is_active or user.is_anonymous:
        return Site.objects.none()
    sites = Site.objects.select_related("root_page").order_by("root_page__path", "pk")
    if user.is_superuser:
        return sites
    granted = PagePermissionPolicy().get_cached_permissions_for_user(user)
    paths = {grant.page.path for grant in granted if grant.permission.codename.split("_")[0] in _WORK}
    roots = {site.pk: site.root_page.path for site in sites}
    own = [
        pk
        for pk, root in roots.items()
        if any(path.startswith(root) or root.startswith(path) for path in paths)
    ]
    return sites.filter(pk__in=own)
