"""The rows of the trail: who did what to which content, and the head that says how far they go."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

START = "0" * 64  # what the first entry names as the one before it
LEFT = "left"  # in the details of an erasure: number of each entry it emptied, and the digest of what remains
WORDS = ("page_title", "reason", "details_json", "salt")  # what an erasure may empty (cms.moderation.erasing)


class Act(models.TextChoices):
    """Everything the trail knows somebody to do."""

    WROTE = "wrote", _("menulis")
    SUBMITTED = "submitted", _("mengajukan")
    SUBMISSION_ENDED = "submission_ended", _("mengakhiri pengajuan")
    CLAIMED = "claimed", _("menangani")
    RELEASED = "released", _("melepaskan")
    REASSIGNED = "reassigned", _("mengalihkan")
    ASKED_FOR_CHANGES = "asked_for_changes", _("meminta perbaikan")
    REJECTED = "rejected", _("menolak")
    APPROVED = "approved", _("menyetujui")
    APPROVAL_TAKEN_BACK = "approval_taken_back", _("mencabut persetujuan")
    PUBLISHED = "published", _("menerbitkan")
    SCHEDULED = "scheduled", _("menjadwalkan")
    UNSCHEDULED = "unscheduled", _("membatalkan jadwal")
    UNPUBLISHED = "unpublished", _("menurunkan dari situs")
    CORRECTED = "corrected", _("meralat")
    WITHDREW = "withdrew", _("menarik")
    WAIVED = "waived", _("mengesampingkan pemeriksaan")
    PUBLISHED_URGENTLY = "published_urgently", _("menerbitkan serta-merta")
    REVIEWED_AFTERWARDS = "reviewed_afterwards", _("memeriksa sesudah terbit")
    IMPORTED = "imported", _("mengimpor")
    GRANDFATHERED = "grandfathered", _("mencatat yang sudah terbit sebelum ada jejak")
    DEMO = "demo", _("membuat contoh")
    STRUCTURE = "structure", _("membuat kerangka situs")
    TRASHED = "trashed", _("membuang ke Sampah")
    RESTORED = "restored", _("memulihkan dari Sampah")
    EMPTIED = "emptied", _("mengosongkan Sampah")
    SHARED_CHANGED = "shared_changed", _("mengubah bagian bersama")
    PREVIEW_LINK_MADE = "preview_link_made", _("membuat tautan pratinjau")
    PREVIEW_LINK_REVOKED = "preview_link_revoked", _("mencabut tautan pratinjau")
    DELEGATED = "delegated", _("melimpahkan wewenang")
    DELEGATION_ENDED = "delegation_ended", _("mengakhiri pelimpahan wewenang")
    PERMIT_OPENED = "permit_opened", _("membuka izin perubahan")
    MOVED = "moved", _("memindahkan")
    DELETED = "deleted", _("menghapus")
    ERASED = "erased", _("menghapus kata-kata yang memuat data pribadi")
    CHAIN_MENDED = "chain_mended", _("menyambung jejak yang terputus")


class TrailEntry(models.Model):
    """One thing somebody did: what it names is copied, so it outlives the page, the person and the office.

    `seal` is the digest of every other column; `previous`, one of these, is the seal of the entry before. `salt` goes
    with the words of an entry that are erased: without it nobody finds them by trying what has this seal.
    """

    number = models.PositiveBigIntegerField(_("nomor"), primary_key=True)
    at = models.DateTimeField(_("waktu"), db_index=True)
    act = models.CharField(_("tindakan"), max_length=32)
    page_id = models.BigIntegerField(_("nomor halaman"), null=True)
    page_title = models.CharField(_("judul"), max_length=255, blank=True)
    site_id = models.BigIntegerField(_("nomor kantor"), null=True)
    office = models.CharField(_("kantor"), max_length=255, blank=True)
    actor_id = models.BigIntegerField(_("nomor orang"), null=True)
    actor = models.CharField(_("orang"), max_length=255, blank=True)
    revision_id = models.BigIntegerField(_("revisi"), null=True)
    digest = models.CharField(_("sidik isi"), max_length=128, blank=True)
    reason = models.TextField(_("alasan"), blank=True)
    details_json = models.TextField(_("rincian"), default="{}")  # as sealed: a JSON column rewrites numbers
    salt = models.CharField(
        _("garam segel"), max_length=32, blank=True, default=""
    )  # "" in the oldest entries
    previous = models.CharField(_("segel sebelumnya"), max_length=64)
    seal = models.CharField(_("segel"), max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("catatan jejak")
        verbose_name_plural = _("jejak")
        default_permissions = ()
        permissions = [("read_trail", _("Membaca jejak semua kantor"))]
        indexes = [
            models.Index(fields=["page_id", "-number"], name="trail_of_page"),
            models.Index(fields=["site_id", "-number"], name="trail_of_office"),
            models.Index(fields=["actor_id", "-number"], name="trail_of_person"),
            models.Index(fields=["act", "-number"], name="trail_of_act"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.actor} {self.act_label} {self.page_title}"

    @property
    def act_label(self) -> str:
        """Say what was done; an act no longer known by its code."""
        return str(Act(self.act).label) if self.act in Act.values else self.act

    @property
    def details(self) -> dict[str, Any]:
        """Return what was noted besides."""
        return json.loads(self.details_json)


class TrailHead(models.Model):
    """How far the trail goes, signed with the secret key: entries cut from its end are missed."""

    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default=START)
    signature = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="trail_head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.number}:{self.seal}"
