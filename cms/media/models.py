"""Image, rendition and document: the office's own, from the first migration."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


def _uploader() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diunggah oleh"),
    )


def _tags(related_name: str) -> TaggableManager:
    return TaggableManager(blank=True, help_text=None, verbose_name=_("tagar"), related_name=related_name)


class Image(AbstractImage):
    """A picture as uploaded, cleaned of what its camera wrote into it; readers get its renditions."""

    class State(models.TextChoices):
        PENDING = "pending", _("sedang diproses")
        READY = "ready", _("siap")
        FAILED = "failed", _("gagal diproses")

    # Wagtail's own Image and Document stay installed beside ours: reverse names must differ.
    uploaded_by_user = _uploader()
    tags = _tags("media_images")
    credit = models.CharField(_("kredit foto"), max_length=120, blank=True)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.PENDING, editable=False)
    state_reason = models.CharField(_("sebab kegagalan"), max_length=200, blank=True, editable=False)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("gambar")
        verbose_name_plural = _("gambar")
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "ready", "failed"]), name="image_state_known"
            )
        ]


class Rendition(AbstractRendition):
    """One encoded size of a picture."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("turunan gambar")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_filter"
            )
        ]


class Document(AbstractDocument):
    """A file readers may download, with the number and date an official letter carries."""

    uploaded_by_user = _uploader()
    tags = _tags("media_documents")
    official_number = models.CharField(_("nomor"), max_length=80, blank=True)
    official_date = models.DateField(_("tanggal surat"), null=True, blank=True)
    page_count = models.PositiveSmallIntegerField(_("jumlah halaman"), null=True, blank=True)

    admin_form_fields = (*WagtailDocument.admin_form_fields, "official_number", "official_date", "page_count")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("dokumen")
        verbose_name_plural = _("dokumen")
        permissions = [("choose_document", "Can choose document")]
