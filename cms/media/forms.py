"""The upload forms: what is wrong with a file is said beside its field, and nothing else is lost."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms import FileField, Form
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.media.checking import CheckedFile, check_document, check_document_size
from cms.media.cleaning import CleanFile, clean_picture
from cms.media.opening import check_size


class PictureField(WagtailImageField):
    """Takes a picture and gives the cleaned one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say beside the field what is accepted and what happens to it."""
        super().__init__(*args, **kwargs)
        formats = ", ".join(settings.WAGTAILIMAGES_EXTENSIONS).upper()
        largest = filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        self.help_text = _(
            "%(formats)s, paling besar %(largest)s. Sisi yang lebih panjang dari %(pixels)s piksel"
            " diperkecil; data lokasi dan kamera di dalam berkas dihapus. Gambar bergerak tidak diterima."
        ) % {"formats": formats, "largest": largest, "pixels": settings.MEDIA_LONGEST_SIDE}
        self.error_messages |= {
            "required": _("Pilih berkas gambar."),
            "empty": _("Berkas ini kosong. Pilih gambar yang benar, lalu unggah lagi."),
            # The multiple uploader says these two before it sends anything.
            "invalid_image_extension": _(
                "Jenis berkas ini tidak dapat dipakai sebagai gambar. Unggah berkas %(formats)s."
            )
            % {"formats": formats},
            "file_too_large_unknown_size": _("Berkas ini terlalu besar. Paling besar %(largest)s.")
            % {"largest": largest},
        }

    def to_python(self, data: UploadedFile | None) -> CleanFile | None:
        """Return the cleaned picture; raises ValidationError with what to do."""
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        check_size(upload.size)
        return clean_picture(_read(upload), upload.name)


class AttachmentField(WagtailDocumentField):
    """Takes a document and gives the checked one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say beside the field what is accepted."""
        super().__init__(*args, **kwargs)
        largest = filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        self.help_text = _("%(formats)s, paling besar %(largest)s.") % {
            "formats": ", ".join(settings.WAGTAILDOCS_EXTENSIONS).upper(),
            "largest": largest,
        }
        self.error_messages |= {
            "required": _("Pilih berkas dokumen."),
            "empty": _("Berkas ini kosong. Pilih berkas yang benar, lalu unggah lagi."),
            "file_too_large_unknown_size": _("Berkas ini terlalu besar. Paling besar %(largest)s.")
            % {"largest": largest},
        }

    def to_python(self, data: UploadedFile | None) -> CheckedFile | None:
        """Return the checked document; raises ValidationError with what to do."""
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        check_document_size(upload.size)
        return check_document(_read(upload), upload.name)


def _read(upload: UploadedFile) -> bytes:
    upload.seek(0)
    return upload.read()


class _TitledUpload(Form):
    """Puts our field in the place of Wagtail's, and takes the file's name for a title nobody typed."""

    upload_field: type[FileField]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stock = self.fields.get("file")
        if stock:
            # No max_length: the name of the upload is not the name we store it under.
            self.fields["file"] = self.upload_field(
                label=stock.label, required=stock.required, widget=stock.widget
            )
            if "title" in self.fields and self.instance.pk is None:
                self.fields["title"].required = False

    def clean(self) -> dict[str, Any]:
        """Fill in a missing title; the name of a refused file is none, or the next file would inherit it."""
        data = super().clean()
        if data is None:
            data = self.cleaned_data
        refused = self.files.get(self.add_prefix("file")) if "file" in self.errors else None
        if refused and data.get("title") == PurePath(refused.name).stem:
            self.data = self.data.copy()
            self.data[self.add_prefix("title")] = ""
        name = getattr(data.get("file"), "original_name", "")
        if name and not data.get("title") and "title" in data:
            data["title"] = PurePath(name).stem[:255]
        return data

    def clean_file(self) -> Any:
        """Take a file that is already here for no change: Wagtail would delete it as the old one."""
        file = self.cleaned_data["file"]
        stored = PurePath(self.original_file.name).name if self.original_file else ""
        if not isinstance(file, CleanFile | CheckedFile) or file.name != stored:
            return file
        self.__dict__["changed_data"] = [name for name in self.changed_data if name != "file"]
        return self.original_file

    def save(self, commit: bool = True) -> Any:
        """Save all or nothing; background work starts only when the old renditions are gone."""
        with transaction.atomic():
            return super().save(commit=commit)


class ImageForm(_TitledUpload, BaseImageForm):
    """Every door of the admin and of the API through which a picture comes in."""

    upload_field = PictureField


class DocumentForm(_TitledUpload, BaseDocumentForm):
    """Every door of the admin and of the API through which a document comes in."""

    upload_field = AttachmentField
