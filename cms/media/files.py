"""The file columns: whatever way a file comes in, it is cleaned or checked and named by its content."""

from typing import Any

from django.core.files.base import File
from django.db import models
from django.db.models.fields.files import FieldFile
from PIL import Image as PILImage
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from cms.media.checking import CheckedFile, check_document, count_pages
from cms.media.cleaning import CleanFile, clean_picture


class SizedFile(WagtailImageFieldFile):
    """A picture's file whose width and height are read from its head, without decoding it."""

    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        """Return width and height in pixels, or nothing when it is no picture (saving will say so)."""
        was_closed = self.closed
        try:
            self.open()
            with PILImage.open(self) as picture:
                return picture.size
        except (OSError, ValueError, SyntaxError, PILImage.DecompressionBombError):
            return None, None
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)


class OriginalFile(SizedFile):
    """The file of an image: only cleaned pictures get into the storage."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Clean `content` unless its form did, and store it under the sha256 of what is left.

        Raises ValidationError for anything that is not one still picture.
        """
        clean = content if isinstance(content, CleanFile) else clean_picture(_bytes(content), name)
        super().save(clean.name, clean, save=False)
        self.instance.note_new_file(clean.size)
        if save:
            self.instance.save()


class AttachedFile(FieldFile):
    """The file of a document: only checked documents get into the storage."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Check `content` unless its form did, and store it under its sha256; raises ValidationError."""
        checked = content if isinstance(content, CheckedFile) else check_document(_bytes(content), name)
        super().save(checked.name, checked, save=False)
        self.instance.note_new_file(checked.size, count_pages(checked))
        if save:
            self.instance.save()


def _bytes(content: File) -> bytes:
    content.open()
    content.seek(0)
    return content.read()


class SizedFileField(WagtailImageField):
    """The column of an encoded picture."""

    attr_class = SizedFile


class OriginalFileField(WagtailImageField):
    """The column of an uploaded picture."""

    attr_class = OriginalFile

    def formfield(self, **kwargs: Any) -> Any:
        """Offer a form field that cleans, outside Wagtail's forms too."""
        from cms.media.forms import PictureField

        return super().formfield(**{"form_class": PictureField, "max_length": None, **kwargs})


class AttachedFileField(models.FileField):
    """The column of a document."""

    attr_class = AttachedFile
