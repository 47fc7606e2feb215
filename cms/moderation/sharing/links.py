"""The links that show a draft: for whom, of which text, and until when."""

import datetime as dt
import uuid

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from cms.moderation.texts import digest_of
from cms.publishing.office import Office


class SharedDrafts(models.QuerySet["SharedDraft"]):
    """Links of one or many pages."""

    def open_at(self, now: dt.datetime) -> "SharedDrafts":
        """Return those that nobody revoked and whose time has not come."""
        return self.filter(revoked_at=None, expires_at__gt=now)

    def count_opening(self, pk: uuid.UUID, now: dt.datetime) -> None:
        """Remember that the link was opened, and nothing of who opened it."""
        self.filter(pk=pk).update(opened=F("opened") + 1, last_opened_at=now)


class SharedDraft(models.Model):
    """One link to one saved text of a page, which goes with the page.

    Bound to the revision and its digest: what is written later is not shown by it. While it is open autosave
    leaves that revision alone (`FourEyes.save_revision`).
    """

    class State(models.TextChoices):
        OPEN = "open", _("berlaku")
        EXPIRED = "expired", _("sudah lewat waktunya")
        REVOKED = "revoked", _("dicabut")
        PUBLISHED = "published", _("sudah terbit")
        GONE = "gone", _("naskahnya tidak ada lagi")

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    made_for = models.CharField(_("untuk siapa"), max_length=120)
    # Kept as a number and a name: an account that is deleted leaves its links.
    maker_id = models.PositiveBigIntegerField(null=True)
    maker_name = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)

    objects = SharedDrafts.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("tautan naskah")
        verbose_name_plural = _("tautan naskah")
        default_permissions = ()
        indexes = [models.Index(fields=["revision_id"], name="shared_draft_of_revision")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="shared_draft_ends_later"),
            models.CheckConstraint(condition=~Q(made_for=""), name="shared_draft_is_for_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.made_for}: {self.page_id}/{self.revision_id}"

    @property
    def token(self) -> str:
        """Return what its address ends with."""
        return _signer().sign(self.pk.hex)

    def address_at(self, office: Office | None) -> str:
        """Return where it is opened, at the office of its page; root-relative for a page outside every office."""
        path = reverse("shared_draft", args=[self.token])
        return f"{office.root_url}{path}" if office else path

    def state(self, now: dt.datetime) -> State:
        """Return whether it is open, or what ended it; whether its text is still there tells `text`."""
        if self.revoked_at:
            return self.State.REVOKED
        if self._went_live():
            return self.State.PUBLISHED if self.page.live else self.State.GONE
        return self.State.OPEN if now < self.expires_at else self.State.EXPIRED

    def text(self) -> Page | None:
        """Return the page as it was shared; None where that text is no more."""
        revision = Revision.page_revisions.filter(pk=self.revision_id).first()
        if revision is None or digest_of(revision.content) != self.digest:
            return None
        return revision.as_object()

    def _went_live(self) -> bool:
        """Ask whether this text, or a later one, was published since."""
        if self.page.live and self.page.live_revision_id:
            return self.page.live_revision_id >= self.revision_id
        return bool(self.page.last_published_at and self.page.last_published_at >= self.made_at)


def _signer() -> Signer:
    return Signer(salt="moderation.shared-draft", sep=".")  # a page's slug never holds a dot


def id_in(token: str) -> uuid.UUID | None:
    """Return the id that a token names; None for one we did not sign."""
    try:
        return uuid.UUID(hex=_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def is_shared(revision: Revision) -> bool:
    """Ask whether somebody outside may be reading this very revision."""
    return SharedDraft.objects.open_at(timezone.now()).filter(revision_id=revision.pk).exists()
