"""Open an uploaded picture, or say in one sentence why it cannot be used and what to do."""

from io import BytesIO
from pathlib import PurePath

import pillow_heif
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image as PILImage

pillow_heif.register_heif_opener()

# Extension -> what Pillow may call the content. A phone's JPEG with a second picture inside is an MPO.
FORMATS = {
    "jpg": {"JPEG", "MPO"},
    "jpeg": {"JPEG", "MPO"},
    "png": {"PNG"},
    "gif": {"GIF"},
    "webp": {"WEBP"},
    "avif": {"AVIF"},
    "heic": {"HEIF"},
}
_OWN_EXTENSION = {
    "JPEG": "jpg", "MPO": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif", "HEIF": "heic",
}  # fmt: skip
_MOVING = {"GIF", "PNG", "WEBP", "AVIF"}  # HEIF and MPO hold several stills: the first is the picture
_PROGRAM = (b"<script", b"<?php", b"<html", b"<!doctype", b"<svg")

_EXPORT = _("Buka berkas itu di aplikasi foto, simpan sebagai JPG, lalu unggah lagi.")


def extension_of(name: str) -> str:
    """Return the extension of a file name, lower case and without its dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def check_size(size: int) -> None:
    """Refuse a file of more than `WAGTAILIMAGES_MAX_UPLOAD_SIZE` bytes, before it is read."""
    largest = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if size > largest:
        raise ValidationError(
            _(
                "Berkas ini terlalu besar (%(size)s). Paling besar %(largest)s:"
                " perkecil gambarnya, lalu unggah lagi."
            ),
            code="file_too_large",
            params={"size": filesizeformat(size), "largest": filesizeformat(largest)},
        )


def open_picture(data: bytes, name: str) -> PILImage.Image:
    """Return the decoded picture; a JPEG far longer than `MEDIA_LONGEST_SIDE` may come at a part of its size.

    Raises ValidationError for anything that is not one still picture of an allowed format and size.
    """
    check_size(len(data))
    extension = extension_of(name)
    if extension not in FORMATS or extension not in settings.WAGTAILIMAGES_EXTENSIONS:
        raise _refusal(
            _("Jenis berkas ini tidak dapat dipakai sebagai gambar. Unggah berkas %(formats)s."),
            formats=", ".join(settings.WAGTAILIMAGES_EXTENSIONS).upper(),
        )
    _check_no_program(data)
    picture = _identify(data, extension)
    _check_pixels(*picture.size)
    _check_still(picture)
    return _load(picture)


def _refusal(message: str, **params: object) -> ValidationError:
    return ValidationError(message, code="invalid_image", params=params)


def _check_no_program(data: bytes) -> None:
    lower = data.lower()
    # "/*" where a GIF has its width opens a comment for a browser that runs the file as JavaScript.
    if any(mark in lower for mark in _PROGRAM) or data[:8] in (b"GIF89a/*", b"GIF87a/*"):
        raise _refusal(
            _("Berkas ini berisi kode program atau halaman web, bukan gambar saja. %(advice)s"),
            advice=_EXPORT,
        )


def _identify(data: bytes, extension: str) -> PILImage.Image:
    try:
        picture = PILImage.open(BytesIO(data), formats=("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"))
    except (PILImage.DecompressionBombError, PILImage.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception as error:
        raise _refusal(
            _("Isi berkas ini bukan gambar, atau berkasnya rusak. %(advice)s"), advice=_EXPORT
        ) from error
    if picture.format not in FORMATS[extension]:
        raise _refusal(
            _(
                "Isi berkas ini %(format)s, tetapi namanya berakhiran .%(extension)s."
                " Ganti akhiran namanya menjadi .%(own)s, lalu unggah lagi."
            ),
            format=picture.format,
            extension=extension,
            own=_OWN_EXTENSION[picture.format],
        )
    return picture


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("Gambar ini terlalu besar. Paling banyak %(largest)s juta piksel: perkecil, lalu unggah lagi."),
        code="file_too_many_pixels",
        params={"largest": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
    )


def _check_pixels(width: int, height: int) -> None:
    if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()
    if not width or not height:
        raise _refusal(_("Gambar ini kosong. %(advice)s"), advice=_EXPORT)


def _check_still(picture: PILImage.Image) -> None:
    try:
        is_moving = picture.format in _MOVING and getattr(picture, "is_animated", False)
    except Exception as error:
        raise _broken() from error
    if is_moving:
        raise _refusal(
            _(
                "Gambar bergerak tidak dapat dipakai."
                " Simpan satu bingkainya sebagai JPG atau PNG, atau muat geraknya sebagai video."
            )
        )


def _broken() -> ValidationError:
    return _refusal(
        _("Gambar ini terpotong atau rusak. Salin lagi dari kamera atau ponsel, lalu unggah lagi.")
    )


def _load(picture: PILImage.Image) -> PILImage.Image:
    longest = settings.MEDIA_LONGEST_SIDE
    try:
        if picture.format == "JPEG":
            picture.draft(None, (longest, longest))  # decodes a huge photograph at half its size
        picture.load()
    except Exception as error:
        raise _broken() from error
    return picture
