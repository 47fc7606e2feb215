"""Image, rendition and document: the office's own, from the first migration."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import (
    IMAGE_FORMAT_EXTENSIONS,
    AbstractImage,
    AbstractRendition,
    SourceImageIOError,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.images.models import Image as WagtailImage

from cms.media import sizes
from cms.media.cleaning import content_name
from cms.media.files import AttachedFileField, OriginalFileField, SizedFileField


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

    file = OriginalFileField(_("berkas"), upload_to=get_upload_to, width_field="width", height_field="height")
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

    @property
    def default_alt_text(self) -> str:
        """Return what describes the picture where a page does not say it better: never its file name."""
        return self.description

    def get_upload_to(self, filename: str) -> str:
        """Return where the original is kept; originals are for the office's eyes only."""
        return f"asli/{filename}"

    def _set_image_file_metadata(self) -> None:
        """Do nothing: `note_new_file` noted it all, of the file that is kept (Wagtail asks before)."""

    def note_new_file(self, size: int) -> None:
        """Remember that the picture has another file of `size` bytes: its renditions must be made."""
        self.file_size = size
        self._set_file_hash()
        self.state, self.state_reason = self.State.PENDING, ""
        self.has_new_file = True

    @transaction.atomic  # with the outbox row its signal writes
    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Store the picture; raises ValidationError when its new file is not one still picture."""
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
            if update_fields is not None:
                facts = {"file", "width", "height", "file_size", "file_hash", "state", "state_reason"}
                update_fields = {*update_fields, *facts}
        super().save(*args, update_fields=update_fields, **kwargs)

    def generate_rendition_file(self, filter: Any, *, source: File | None = None) -> File:
        """Encode what the admin asks for; an unreadable original shows as missing, not as an error 500."""
        try:
            made = filter.run(self, BytesIO(), source=source)
        except InvalidFilterSpecError:
            raise
        except Exception as error:
            raise SourceImageIOError(str(error)) from error
        content = made.f.getvalue()
        extension = IMAGE_FORMAT_EXTENSIONS[made.format_name].removeprefix(".")
        return ContentFile(content, name=content_name(content, extension))


class Rendition(AbstractRendition):
    """One encoded size of a picture."""

    file = SizedFileField(
        upload_to=get_rendition_upload_to,
        storage=get_rendition_storage,
        width_field="width",
        height_field="height",
    )
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("turunan gambar")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_filter"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """Return where the file is kept: what readers get lies apart from the admin's thumbnails.

        Each image has its own folder: two images with the same content never share, or delete, a file.
        """
        folder = "gambar" if self.filter_spec in sizes.ALL_SPECS else "pratinjau"
        return f"{folder}/{self.image_id}/{filename}"


class Document(AbstractDocument):
    """A file readers may download, with the number and date an official letter carries."""

    file = AttachedFileField(_("berkas"), upload_to="dokumen")
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

    @property
    def download_name(self) -> str:
        """Return the name a reader's computer gives the file: its title, not its sha256."""
        return f"{slugify(self.title)[:80] or 'dokumen'}.{self.file_extension}"

    def clean(self) -> None:
        """Do nothing: the form has said what is wrong with the file, and Wagtail would call it misnamed too."""

    def _set_document_file_metadata(self) -> None:
        """Do nothing: `note_new_file` noted it all (Wagtail's forms ask before the file is stored)."""

    def note_new_file(self, size: int, page_count: int | None) -> None:
        """Remember that the document has another file; a `page_count` of None leaves what was typed."""
        self.file_size = size
        self._set_file_hash()
        self.page_count = page_count or self.page_count

    @transaction.atomic  # with the outbox row its signal writes
    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Store the document; raises ValidationError when its new file is not what its name says."""
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
            if update_fields is not None:
                update_fields = {*update_fields, "file", "file_size", "file_hash", "page_count"}
        super().save(*args, update_fields=update_fields, **kwargs)
