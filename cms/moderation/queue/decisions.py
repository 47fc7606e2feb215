"""A decision about a manuscript: bound to the text that was read, taken by the stage's own rules."""

from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState

from cms.accounts.models import User
from cms.moderation.deciders import why_not_approve
from cms.moderation.letters import writing
from cms.moderation.queue.claims import lock
from cms.moderation.queue.manuscripts import Manuscript
from cms.moderation.recording import meant
from cms.moderation.trail_entries import Act


class Decision(models.TextChoices):
    """What can be decided."""

    APPROVE = "setuju", gettext_lazy("Setujui")
    CHANGES = "perbaiki", gettext_lazy("Minta perbaikan")
    REFUSE = "tolak", gettext_lazy("Tolak")


@dataclass(frozen=True)
class Read:
    """The text a person had before them."""

    revision_id: int
    digest: str


class TextChanged(Exception):
    """What was read is not what would be decided about."""


class NotTheirs(Exception):
    """The stage does not let this person decide this."""


@transaction.atomic
def decide(pk: int, user: User, decision: Decision, reason: str, read: Read) -> str:
    """Take the decision of `user` about the state `pk`; return what it did, in words.

    Raises AlreadyDecided, NotTheirs or TextChanged; then nothing has changed.
    """
    state = lock(pk)
    # No new text between reading and deciding.
    Page.objects.select_for_update().get(pk=int(state.workflow_state.object_id))
    manuscript = Manuscript(state, user)
    needed = "approve" if decision == Decision.APPROVE else "reject"
    if needed not in manuscript.actions:
        raise NotTheirs
    if read != Read(manuscript.revision.pk, manuscript.digest):
        raise TextChanged
    if decision == Decision.REFUSE:
        _refuse(state, user, reason)
    else:
        state.task.specific.on_action(state, user, needed, comment=reason)
    if TaskState.objects.get(pk=pk).status == TaskState.STATUS_IN_PROGRESS:
        raise NotTheirs(why_not_approve(user, manuscript.stored, state))  # the stage has the last word
    return _told(manuscript.stored, decision)


def _refuse(state: TaskState, user: User, reason: str) -> None:
    """End the workflow: the draft is its writer's again, and has to be submitted anew."""
    with meant({"wagtail.workflow.reject": Act.REJECTED, "wagtail.workflow.cancel": None}):
        state.task.specific.on_action(state, user, "reject", comment=reason, update=False)
        state.refresh_from_db()
        if state.status != TaskState.STATUS_REJECTED:
            return
        state.workflow_state.cancel(user=user)
    writing.refused(state.workflow_state, user)


def _told(page: Page, decision: Decision) -> str:
    said = {"title": page.get_admin_display_title()}
    if decision == Decision.REFUSE:
        return _("“%(title)s” ditolak. Penulisnya membaca alasan Anda.") % said
    if decision == Decision.CHANGES:
        return _("“%(title)s” dikembalikan kepada penulisnya untuk diperbaiki.") % said
    now = Page.objects.get(pk=page.pk)
    if state := now.current_workflow_task_state:
        said["stage"] = state.task.name
        return _("“%(title)s” disetujui, dan sekarang menunggu di tahap %(stage)s.") % said
    if now.live and not now.has_unpublished_changes:
        return _("“%(title)s” disetujui dan terbit.") % said
    return _("“%(title)s” disetujui, dan terbit menurut jadwalnya.") % said
