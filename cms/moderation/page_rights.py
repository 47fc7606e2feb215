"""What a person may do with a page: nobody publishes; the workflow does."""

from django.utils.functional import cached_property
from wagtail.models import Page, PagePermissionTester


class FourEyesRights(PagePermissionTester):
    """Wagtail's rights of a person on a page, without the right to make its text live alone.

    Who holds the right "publish" takes down, arranges who may see a page, and puts its place in the tree.
    """

    def can_publish(self) -> bool:
        """Refuse everybody: what goes live has been approved."""
        return False

    def can_publish_subpage(self) -> bool:
        """Refuse everybody, also for copies that stay live and for aliases."""
        return False

    def can_unschedule(self) -> bool:
        """Let an approver think again before it goes live; the reason is asked for (taking_back_views)."""
        from cms.moderation.approvers import is_approver

        return is_approver(self.user, self.page)

    def can_set_view_restrictions(self) -> bool:
        """Let an approver hide what readers see."""
        return self._may_decide

    def can_move_to(self, destination: Page) -> bool:
        """Refuse what would come under another office's name without that office's approval."""
        if not super().can_move_to(destination):
            return False
        return not self._has_live or _office_path(self.page) == _office_path(destination)

    @cached_property
    def _may_decide(self) -> bool:
        if not self.user.is_active or self.page_is_root:
            return False
        return self.user.is_superuser or "publish" in self.permissions

    @property
    def _has_live(self) -> bool:
        return self.page.get_descendants(inclusive=True).filter(live=True).exists()


def _office_path(page: Page) -> str:
    """An office is a child of the root: its path are the first two steps."""
    return page.path[: 2 * Page.steplen]
