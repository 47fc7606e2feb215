"""Who keeps an office's words, posts and quiet periods: who has a right on the office's pages, without one more."""

from collections.abc import Collection

from django.db.models import Model, Q, QuerySet
from wagtail.models import GroupPagePermission, Site
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts.models import User


class PageRightPolicy(BasePermissionPolicy):
    """Gives every right on rows of an office (`site`) to who has one right on the office's front page."""

    def __init__(self, model: type[Model], right: str) -> None:
        super().__init__(model)
        self.right = right

    def sites_of(self, user: User) -> QuerySet[Site]:
        """Return the sites whose rows `user` may keep."""
        sites = Site.objects.select_related("root_page").order_by("root_page__path", "pk")
        if not user.is_active or user.is_anonymous:
            return sites.none()
        return sites if user.is_superuser else sites.filter(pk__in=self._kept_by(user))

    def _kept_by(self, user: User) -> list[int]:
        """Return the ids of the sites below a page on which `user` has the right; asked once a request."""
        known = user.__dict__.setdefault("_sites_by_right", {})
        if self.right not in known:
            granted = PagePermissionPolicy().get_cached_permissions_for_user(user)
            codename = f"{self.right}_page"
            above = tuple(grant.page.path for grant in granted if grant.permission.codename == codename)
            if above and "roots" not in known:
                known["roots"] = list(Site.objects.order_by("pk").values_list("pk", "root_page__path"))
            known[self.right] = [pk for pk, path in known.get("roots", ()) if path.startswith(above)]
        return known[self.right]

    def user_has_permission(self, user: User, action: str) -> bool:
        """Ask whether there is an office at all."""
        return user.is_active and (user.is_superuser or bool(self._kept_by(user)))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        """Ask whether the row is of an office of theirs."""
        return self.sites_of(user).filter(pk=instance.site_id).exists()

    def instances_user_has_any_permission_for(self, user: User, actions: Collection[str]) -> QuerySet[Model]:
        """Return the rows of their offices."""
        return self.model._default_manager.filter(site__in=self.sites_of(user))

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[User]:
        """Return everybody who keeps rows of some office."""
        roots = Site.objects.values("root_page")
        grants = GroupPagePermission.objects.filter(page__in=roots, permission__codename=f"{self.right}_page")
        may = Q(is_superuser=True) | Q(groups__in=grants.values("group"))
        return User.objects.filter(may, is_active=True).distinct()
