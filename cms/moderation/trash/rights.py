"""What a person may do with a page that lies in the trash: nothing, but restore it (restoring)."""

from wagtail.models import PagePermissionTester


class NoRights(PagePermissionTester):
    """Wagtail's rights of a person on a page, all of them refused: administrators too restore it first."""

    def _refuse(self, *args: object, **kwargs: object) -> bool:
        return False

    can_add_subpage = can_edit = can_delete = can_unpublish = can_publish = _refuse
    can_submit_for_moderation = can_set_view_restrictions = can_unschedule = can_lock = can_unlock = _refuse
    can_publish_subpage = can_reorder_children = can_move = can_copy = can_move_to = can_copy_to = _refuse
    can_view_revisions = _refuse
