"""The right to read: on its own it opens the explorer, drafts and histories, and changes nothing."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.models import pages as wagtail_pages
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts.models import User

READ = "view"  # Django's own permission `view_page`, granted on a page and below
# What Wagtail asks for before it lets somebody into the explorer at all.
_ANY = frozenset({"add", "change", "publish", "bulk_delete", "lock", "unlock"})


class ReadingPolicy(PagePermissionPolicy):
    """Wagtail's rights on pages; who may only read finds their way around as well."""

    def user_has_any_permission(self, user: User, actions: Collection[str]) -> bool:
        """Ask whether `user` has one of `actions` anywhere; to read is enough to manage "any page"."""
        asked = set(actions)
        return super().user_has_any_permission(user, asked | {READ} if asked >= _ANY else asked)

    def instances_with_direct_explore_permission(self, user: User) -> list[Page]:
        """Return the pages whose branches `user` may explore."""
        found = super().instances_with_direct_explore_permission(user)
        if user.is_superuser:
            return found
        read = self._get_permission_codenames({READ})
        grants = self.get_cached_permissions_for_user(user)
        return [*found, *(grant.page for grant in grants if grant.permission.codename in read)]

    def explorable_instances(self, user: User):  # noqa: ANN201 (Wagtail's own page queryset)
        """Return the pages in the explorer of `user`."""
        found = super().explorable_instances(user)
        if user.is_superuser or not user.is_active:
            return found
        return found | self.instances_user_has_any_permission_for(user, {READ})


def offer() -> None:
    """Offer the right on the screen of a group: while models are loaded, for forms read the list at their import."""
    # Wagtail keeps this list open for "view"; a right that the screen does not know is dropped when it is saved.
    if all(code != READ for code, *_rest in wagtail_pages.PAGE_PERMISSION_TYPES):
        wagtail_pages.PAGE_PERMISSION_TYPES.append((READ, _("Baca"), _("Baca semua konsep dan riwayat")))
