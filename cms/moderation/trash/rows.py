"""What is remembered of a page in the trash: where it stood, who deleted it, when and why, and how that ended."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TrashedPages(models.QuerySet["Trashed"]):
    """What was deleted."""

    def standing(self) -> "TrashedPages":
        """Return what lies in a trash now."""
        return self.filter(restored_at=None, emptied_at=None)

    def newest_first(self) -> "TrashedPages":
        """Order by when it was deleted."""
        return self.order_by("-made_at", "-pk")


class Trashed(models.Model):
    """A page that was put into the trash, with all below it. Numbers, no keys: the row outlives all it names."""

    page_id = models.PositiveBigIntegerField()
    office_id = models.PositiveBigIntegerField()  # the page of the office
    title = models.CharField(_("judul"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=255, allow_unicode=True)
    url_path = models.TextField(_("alamat"))
    parent_id = models.PositiveBigIntegerField()
    parent_title = models.CharField(_("halaman induk"), max_length=255)
    was_live = models.BooleanField(_("sedang terbit"), default=False)  # it, or a page below it
    pages = models.PositiveIntegerField(_("jumlah halaman"), default=1)
    # What was the alias of what, by id: in the trash nothing follows another page, which may go live any time.
    followed = models.JSONField(default=dict)
    along_with = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="companions"
    )  # the row of the page it was an alias of
    actor_id = models.PositiveBigIntegerField(null=True)
    actor_name = models.CharField(_("dibuang oleh"), max_length=255, blank=True)
    reason = models.TextField(_("alasan"), max_length=1000, blank=True)
    made_at = models.DateTimeField(_("dibuang pada"), default=timezone.now)
    restored_at = models.DateTimeField(_("dipulihkan pada"), null=True)
    restored_by = models.CharField(_("dipulihkan oleh"), max_length=255, blank=True)
    emptied_at = models.DateTimeField(_("dihapus pada"), null=True)

    objects = TrashedPages.as_manager()

    class Meta:
        verbose_name = _("halaman di Sampah")
        verbose_name_plural = _("halaman di Sampah")
        default_permissions = ()
        indexes = [models.Index(fields=["office_id", "-made_at", "-id"], name="trash_of_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["page_id"], condition=Q(restored_at=None, emptied_at=None), name="page_in_trash_once"
            ),
            models.CheckConstraint(
                condition=Q(restored_at=None) | Q(emptied_at=None), name="trash_ends_one_way"
            ),
        ]

    def __str__(self) -> str:
        return self.title
