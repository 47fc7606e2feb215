"""What happens when the last stage is passed: the approved text goes live, and no newer one."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from cms.accounts.models import User


def publish_approved(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Publish what was approved, or arrange it for its time (WAGTAIL_FINISH_WORKFLOW_ACTION).

    Raises NotApproved where the workflow does not end with the four eyes.
    """
    # Wagtail imports this module while its own models are being made.
    from cms.moderation.guarding import NotApproved, is_approved

    revision = workflow_state.current_task_state.revision
    if not is_approved(revision):
        raise NotApproved(_("Alur kerja ini tidak berakhir dengan tugas empat mata. Perbaiki alurnya."))
    revision.publish(user=user, skip_permission_checks=True)
