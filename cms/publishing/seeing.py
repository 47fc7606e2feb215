"""Whose publishing somebody may look at: the offices they work for, and the pages in their explorer."""

from django.db.models import QuerySet
from wagtail.models import Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from cms.accounts.models import User

_WORK = {"add", "change", "publish"}


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


def explorable(user: User) -> QuerySet[Page]:
    """Return the pages `user` finds in the explorer."""
    return policy_registry.get_by_type(Page).explorable_instances(user)
