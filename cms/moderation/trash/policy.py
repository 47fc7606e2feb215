"""Wagtail's rule of who may see and do what with pages, without what lies in a trash."""

from collections.abc import Collection

from django.db.models import QuerySet
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.reading_policy import ReadingPolicy
from cms.moderation.trash.hiding import is_hidden_from, outside_trash


class PagesOutsideTrash(ReadingPolicy):
    """Explorer, choosers, search, reports and our own lists ask it which pages a person may know of."""

    def instances_user_has_any_permission_for(self, user: User, actions: Collection[str]) -> QuerySet[Page]:
        """Return the pages for which `user` has one of the rights."""
        return outside_trash(super().instances_user_has_any_permission_for(user, actions))

    def explorable_instances(self, user: User) -> QuerySet[Page]:
        """Return the pages `user` finds in the explorer."""
        return outside_trash(super().explorable_instances(user))

    def user_has_any_permission_for_instance(
        self, user: User, actions: Collection[str], instance: Page
    ) -> bool:
        """Ask whether `user` has one of the rights for `instance`."""
        if is_hidden_from(user, instance):
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)
