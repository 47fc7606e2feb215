"""Check that a document is what its name says, and count its pages."""

import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from cms.media import playing
from cms.media.opening import extension_of

_MEMBERS = {  # what an office file must hold
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
_ODF_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_EXPORT = _("Buka berkas itu di aplikasinya, simpan lagi, lalu unggah hasilnya.")


class CheckedFile(ContentFile):
    """A document that was checked; `original_name` is what its owner called it."""

    def __init__(self, content: bytes, original_name: str) -> None:
        """Take the checked `content`; the name becomes the sha256 of it."""
        super().__init__(content, name=f"{sha256(content).hexdigest()}.{extension_of(original_name)}")
        self.original_name = original_name


def check_document_size(size: int) -> None:
    """Refuse a file of more than `WAGTAILDOCS_MAX_UPLOAD_SIZE` bytes, before it is read."""
    largest = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if size > largest:
        raise ValidationError(
            _(
                "Berkas ini terlalu besar (%(size)s). Paling besar %(largest)s:"
                " kompres atau bagi dua, lalu unggah lagi."
            ),
            code="file_too_large",
            params={"size": filesizeformat(size), "largest": filesizeformat(largest)},
        )


def check_document(data: bytes, name: str) -> CheckedFile:
    """Return the document to keep of the uploaded `data`, called `name` by its owner.

    Raises ValidationError, with what to do, when the type is not allowed or the content is of another type.
    """
    check_document_size(len(data))
    extension = extension_of(name)
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        raise _refusal(
            _("Jenis berkas ini tidak dapat diunggah sebagai dokumen. Unggah berkas %(formats)s."),
            formats=", ".join(settings.WAGTAILDOCS_EXTENSIONS).upper(),
        )
    if not data:
        raise _refusal(_("Berkas ini kosong. Pilih berkas yang benar, lalu unggah lagi."))
    _CHECKS[extension](data, extension)
    return CheckedFile(data, name)


def count_pages(document: CheckedFile) -> int | None:
    """Return the number of pages of a PDF; None for other types and for a PDF nobody can read into."""
    if extension_of(document.name) != "pdf":
        return None
    from pypdf import PdfReader  # loaded by who counts: every start would wait for it

    try:
        document.seek(0)
        return len(PdfReader(BytesIO(document.read())).pages) or None
    except Exception:  # noqa: BLE001 - a locked or odd PDF is still a document; the count stays unknown
        return None
    finally:
        document.seek(0)


def _refusal(message: str, **params: object) -> ValidationError:
    return ValidationError(message, code="invalid_document", params=params)


def _check_pdf(data: bytes, extension: str) -> None:
    if not data.startswith(b"%PDF-"):
        raise _not_what_it_says(extension)
    if b"%%EOF" not in data[-2048:]:
        raise _refusal(_("PDF ini terpotong: akhirnya tidak ada. Salin lagi dari asalnya, lalu unggah lagi."))


def _check_zip(data: bytes, extension: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype") if extension in _ODF_TYPES and "mimetype" in names else b""
    except Exception as error:
        raise _not_what_it_says(extension) from error
    if not data.startswith(b"PK") or (extension in _MEMBERS and _MEMBERS[extension] not in names):
        raise _not_what_it_says(extension)
    if kind.strip() != _ODF_TYPES.get(extension, b""):
        raise _not_what_it_says(extension)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _refusal(_("Dokumen ini berisi makro. Simpan sebagai PDF, lalu unggah lagi."))


def _check_text(data: bytes, extension: str) -> None:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refusal(
            _("Berkas ini bukan teks yang dapat dibaca. Simpan sebagai %(type)s dengan pilihan “UTF-8”."),
            type=extension.upper(),
        ) from error
    if "\0" in text:
        raise _not_what_it_says(extension)


def _check_playable(data: bytes, extension: str) -> None:
    if not playing.BEGINNINGS[extension](data):
        raise _not_what_it_says(extension)
    if extension == "vtt":
        _check_text(data, extension)


def _not_what_it_says(extension: str) -> ValidationError:
    return _refusal(
        _("Isi berkas ini bukan %(type)s, atau berkasnya rusak. %(advice)s"),
        type=extension.upper(),
        advice=_EXPORT,
    )


_CHECKS: dict[str, Callable[[bytes, str], None]] = {
    "pdf": _check_pdf,
    "csv": _check_text,
    "txt": _check_text,
    "zip": _check_zip,
    **dict.fromkeys(_MEMBERS, _check_zip),
    **dict.fromkeys(playing.BEGINNINGS, _check_playable),
}
