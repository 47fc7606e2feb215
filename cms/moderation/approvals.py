"""Approvals: who let exactly which text go live, and who had written it."""

from collections.abc import Collection

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from cms.moderation.texts import digest_of


class Contributions(models.QuerySet["Contribution"]):
    """Which hands a text went through."""

    def behind(self, revision: Revision) -> "Contributions":
        """Return what went into `revision` since the page's approval before it, and whoever wrote these very words."""
        page_id = int(revision.object_id)
        before = Approval.objects.by_two().filter(page_id=page_id, revision_id__lt=revision.pk)
        last = before.aggregate(last=models.Max("revision_id"))["last"] or 0
        since = models.Q(revision_id__gt=last, revision_id__lte=revision.pk)
        same_words = models.Q(digest=digest_of(revision.content))
        return self.filter(since | same_words, page_id=page_id).order_by("first_at", "pk")

    def open_of(self, user: AbstractBaseUser, state: models.OuterRef) -> "Contributions":
        """Return what `user` wrote since the last approval of the page that a workflow state is about."""
        number = Cast(models.OuterRef(f"{state.name}__object_id"), models.BigIntegerField())
        last = Approval.objects.by_two().filter(page_id=models.OuterRef("page_id")).order_by("-revision_id")
        return self.filter(page_id=number, user_id=user.pk).filter(
            revision_id__gt=Coalesce(models.Subquery(last.values("revision_id")[:1]), 0)
        )


class Contribution(models.Model):
    """A person saved a revision of a page; kept because a revision forgets what was overwritten, and by whom."""

    page_id = models.PositiveBigIntegerField()
    revision_id = models.PositiveBigIntegerField()
    user_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    first_at = models.DateTimeField(default=timezone.now)

    objects = Contributions.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "revision_id", "user_id", "digest"], name="contribution_once"
            )
        ]
        verbose_name = _("andil")
        verbose_name_plural = _("andil")

    def __str__(self) -> str:
        return f"{self.user_id} \u2192 {self.page_id}/{self.revision_id}"


class Approvals(models.QuerySet["Approval"]):
    """What may go live."""

    def standing(self) -> "Approvals":
        """Leave out what was taken back."""
        return self.filter(taken_back=None)

    def by_two(self) -> "Approvals":
        """Leave out what was published at once, which nobody else has read: its writers stay its writers."""
        return self.standing().exclude(kind=Approval.Kind.URGENT)

    def of(self, page_id: int, revision_id: int) -> "Approvals":
        """Return the standing approvals of one revision, newest first."""
        return self.standing().filter(page_id=page_id, revision_id=revision_id).order_by("-pk")

    def give(
        self,
        revision: Revision,
        kind: "Approval.Kind",
        *,
        actor: AbstractBaseUser | None = None,
        reason: str = "",
    ) -> "Approval":
        """Let `revision` go live, as it is at this moment: from now on it does not change any more."""
        approval = self.create(
            page_id=int(revision.object_id),
            revision_id=revision.pk,
            digest=digest_of(revision.content),
            kind=kind,
            actor_id=actor.pk if actor else None,
            actor_name=_name_of(actor),
            reason=reason,
        )
        approval.record(actor)
        return approval

    def contributors(self, revision: Revision) -> Collection[int]:
        """Return the ids of those who wrote what `revision` says."""
        return set(Contribution.objects.behind(revision).values_list("user_id", flat=True))


def _name_of(actor: AbstractBaseUser | None) -> str:
    """Return what people call `actor`."""
    return (getattr(actor, "get_full_name", str)() or str(actor)) if actor else ""


class Approval(models.Model):
    """Somebody let this text of this page go live. Rows are inserted and never changed (database_rules)."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("disetujui")
        URGENT = "urgent", _("serta-merta, ditinjau kemudian")
        IMPORT = "import", _("diimpor, tidak disetujui di Warta")
        STRUCTURE = "structure", _("halaman awal kantor")
        DEMO = "demo", _("naskah contoh")
        GRANDFATHERED = "grandfathered", _("sudah terbit sebelum ada aturan empat mata")

    page_id = models.PositiveBigIntegerField(_("halaman"))
    revision_id = models.PositiveBigIntegerField(_("revisi"))
    digest = models.CharField(_("sidik isi"), max_length=64)
    kind = models.CharField(_("jenis"), max_length=16, choices=Kind)
    # Kept as a number and a name: an account that is deleted leaves its decisions.
    actor_id = models.PositiveBigIntegerField(_("penyetuju"), null=True)
    actor_name = models.CharField(_("nama penyetuju"), max_length=255, blank=True)
    reason = models.TextField(_("alasan"), blank=True)
    batch = models.ForeignKey(
        "moderation.ImportBatch", on_delete=models.PROTECT, null=True, related_name="approvals"
    )
    line = models.PositiveIntegerField(_("baris"), null=True)
    made_at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = Approvals.as_manager()

    class Meta:
        indexes = [models.Index(fields=["page_id", "revision_id"], name="approval_of_revision")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=["review", "urgent"]) | models.Q(actor_id__isnull=False),
                name="approval_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="urgent") | ~models.Q(reason=""), name="urgent_approval_has_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="import", batch__isnull=False, line__isnull=False)
                | (~models.Q(kind="import") & models.Q(batch=None, line=None)),
                name="import_approval_names_its_line",
            ),
        ]
        verbose_name = _("persetujuan")
        verbose_name_plural = _("persetujuan")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page_id}/{self.revision_id}"

    def record(self, actor: AbstractBaseUser | None) -> None:
        """Put it into the trail, unless Wagtail's log tells of it: a decision in a workflow."""
        from cms.moderation import trail
        from cms.moderation.trail_entries import Act

        acts = {"urgent": Act.PUBLISHED_URGENTLY, "structure": Act.STRUCTURE, "demo": Act.DEMO}
        if act := acts.get(self.kind):
            page = Page.objects.filter(pk=self.page_id).first()
            said = {"revision_id": self.revision_id, "digest": self.digest, "reason": self.reason}
            trail.record(act, page=page, actor=actor, details=self._besides(), **said)

    def _besides(self) -> dict[str, bool]:
        """An urgent approval may be of one's own text; then the trail says so."""
        if self.kind != Approval.Kind.URGENT:
            return {}
        revision = Revision.objects.get(pk=self.revision_id)
        return {"own_text": self.actor_id in Approval.objects.contributors(revision)}


class TakenBack(models.Model):
    """An approval that does not hold any more, because somebody thought again before it went live."""

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="taken_back")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.TextField(_("alasan"))
    made_at = models.DateTimeField(_("waktu"), default=timezone.now)

    class Meta:
        verbose_name = _("persetujuan ditarik")
        verbose_name_plural = _("persetujuan ditarik")

    def __str__(self) -> str:
        return str(self.approval)


class ImportBatch(models.Model):
    """One file that was imported: what its articles are bound to instead of a review."""

    file_name = models.CharField(_("berkas"), max_length=255)
    file_digest = models.CharField(_("sidik berkas"), max_length=64)
    operator = models.CharField(_("operator"), max_length=150)
    below_page_id = models.PositiveBigIntegerField()
    began_at = models.DateTimeField(_("mulai"), default=timezone.now)

    class Meta:
        verbose_name = _("impor")
        verbose_name_plural = _("impor")

    def __str__(self) -> str:
        return self.file_name


def note_contribution(revision: Revision) -> None:
    """Remember who saved `revision`, and which words.

    Who saves the words as the last one left them has written nothing: a comment beside the text is saved with it, and
    an approver who asks something there may still decide.
    """
    kind = ContentType.objects.get_for_model(Page)
    if revision.user_id is None or revision.base_content_type_id != kind.pk:
        return
    page_id, digest = int(revision.object_id), digest_of(revision.content)
    newest = Contribution.objects.filter(page_id=page_id).order_by("-pk").first()
    if newest and newest.digest == digest and newest.revision_id <= revision.pk:
        return
    Contribution.objects.get_or_create(
        page_id=page_id, revision_id=revision.pk, user_id=revision.user_id, digest=digest
    )
