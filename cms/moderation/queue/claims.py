""" "Saya tangani": who has taken a waiting manuscript in hand, so that two people do not read it at once."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState

from cms.accounts.models import User
from cms.moderation import trail
from cms.moderation.texts import digest_of
from cms.moderation.trail_entries import Act


class Claim(models.Model):
    """Somebody handles a manuscript at its stage. It says nothing once the stage is decided."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="claim")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("penanganan")
        verbose_name_plural = _("penanganan")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.task_state_id}"


class AlreadyClaimed(Exception):
    """Somebody else was faster."""

    def __init__(self, user: User) -> None:
        """Take who has it."""
        super().__init__(user.pk)
        self.user = user


class AlreadyDecided(Exception):
    """The stage is over, or the manuscript was taken back."""


def lock(pk: int) -> TaskState:
    """Return the waiting state `pk`, which nobody else can decide or take until this transaction ends.

    Raises AlreadyDecided.
    """
    state = TaskState.objects.select_for_update().filter(pk=pk).first()
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        raise AlreadyDecided
    return state.specific


@transaction.atomic
def take(pk: int, user: User) -> Claim:
    """Let `user` have the state `pk` in hand; raises AlreadyClaimed or AlreadyDecided."""
    state = lock(pk)
    claim, is_new = Claim.objects.select_related("user").get_or_create(
        task_state=state, defaults={"user": user}
    )
    if claim.user_id != user.pk:
        raise AlreadyClaimed(claim.user)
    if is_new:
        _record(Act.CLAIMED, state, user)
    return claim


@transaction.atomic
def release(pk: int, user: User) -> bool:
    """Let go of the state `pk`; returns whether `user` had it."""
    claim = Claim.objects.select_related("task_state").filter(task_state_id=pk, user=user).first()
    if claim is None:
        return False
    claim.delete()
    _record(Act.RELEASED, claim.task_state, user)
    return True


@transaction.atomic
def hand_over(pk: int, giver: User, taker: User, note: str) -> Claim:
    """Put the state `pk` into the hands of `taker`, whoever had it; raises AlreadyDecided."""
    state = lock(pk)
    claim, _made = Claim.objects.update_or_create(
        task_state=state, defaults={"user": taker, "given_by": giver, "note": note, "at": timezone.now()}
    )
    _record(Act.REASSIGNED, state, giver, note, to=trail.name_of(taker), to_id=taker.pk)
    return claim


def _record(act: Act, state: TaskState, actor: User, reason: str = "", **details: str | int) -> None:
    """Put it into the trail of the manuscript, with the text that waits."""
    page = Page.objects.select_related("latest_revision").get(pk=int(state.workflow_state.object_id))
    revision = page.latest_revision
    trail.record(
        act,
        page=page,
        actor=actor,
        revision_id=revision.pk if revision else None,
        digest=digest_of(revision.content) if revision else "",
        reason=reason,
        details={"stage": state.task.name, **details},
    )
