"""The stage of a workflow at which a second person decides."""

import logging

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from cms.accounts.models import User
from cms.moderation.approvals import Approval, Contribution

logger = logging.getLogger(__name__)


def _hold(state: TaskState) -> Page:
    """Return the page of `state` as it is now; nobody decides about either, or saves over the text, meanwhile."""
    now = TaskState.objects.select_for_update().get(pk=state.pk)
    state.status = now.status  # somebody may have been faster
    return Page.objects.select_for_update().get(pk=int(state.workflow_state.object_id)).specific


class FourEyesTask(AbstractGroupApprovalTask):
    """Members of the groups decide; at the final stage, nobody who wrote the text.

    A subclass of the abstract task, so that all of Wagtail that asks for one knows it.
    """

    is_final = models.BooleanField(
        _("tahap terakhir"),
        default=True,
        help_text=_("Persetujuan di tahap ini membuat naskah terbit; penulisnya tidak dapat memberikannya."),
    )

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "is_final"]

    class Meta:
        verbose_name = _("tugas empat mata")
        verbose_name_plural = _("tugas empat mata")

    @classmethod
    def get_description(cls) -> str:
        """Say in the admin what the task does."""
        return gettext("Seseorang dari grup yang dipilih memutuskan; pada tahap terakhir, bukan penulisnya")

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        """Offer the decision to whoever may take it, and to nobody else."""
        from cms.moderation.deciders import why_not_theirs

        state = obj.current_workflow_task_state
        if state is None or why_not_theirs(user, obj, state):
            return []
        return [
            ("reject", gettext("Minta perbaikan"), True),
            ("approve", gettext("Setujui"), False),
            ("approve", gettext("Setujui dengan komentar"), True),
        ]

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        """Let everybody open the manuscript who may decide about it."""
        return super().user_can_access_editor(obj, user) or self._helps(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        """Keep the manuscript as it is for everybody else while it waits."""
        return super().locked_for_user(obj, user) and not self._helps(obj, user)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: object) -> models.QuerySet[TaskState]:
        """Return what waits for `user`: never their own text at the final stage."""
        from cms.moderation.eligible import paths_below, stands_in_for
        from cms.moderation.queue.waiting import below

        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if self.is_final:
            waiting = waiting.exclude(Exists(Contribution.objects.open_of(user, OuterRef("workflow_state"))))
        else:
            waiting = waiting.exclude(workflow_state__requested_by=user)
        if user.is_superuser or self._user_in_groups(user) or stands_in_for(user, self):
            return waiting
        return waiting.filter(below(paths_below(user)))

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: object) -> None:
        """Take the decision of `user`; one that is not theirs to take changes nothing, and the log says so.

        It is asked again here because the edit view saves the reviewer's own changes between the question and the
        decision (research, wagtail8.md 3): these stay, and the text waits for somebody else.
        """
        from cms.moderation.deciders import why_not_approve, why_not_theirs

        page = _hold(task_state)
        asked = why_not_approve if action_name == "approve" else why_not_theirs
        if asked(user, page, task_state):
            # Not why: that may quote what the checks found, somebody's personal data.
            logger.warning("Refused %s of page %s by user %s", action_name, page.pk, user.pk)
            return
        if action_name == "approve":
            self._bind(page, task_state, user, str(kwargs.get("comment", "")))
        super().on_action(task_state, user, action_name, **kwargs)

    def _bind(self, page: Page, state: TaskState, user: User, comment: str) -> None:
        """Let the decision name the text that was read; at the final stage, as the approval of it."""
        state.revision = page.get_latest_revision()
        state.save(update_fields=["revision"])
        if self.is_final:
            Approval.objects.give(state.revision, Approval.Kind.REVIEW, actor=user, reason=comment)

    def _helps(self, obj: Page, user: User) -> bool:
        from cms.moderation.eligible import may_help

        return may_help(user, obj, self)
