"""Make of an uploaded picture the one we keep: upright, sRGB, of a sane size, nothing in it but pixels."""

from hashlib import sha256
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as PILImage
from PIL import ImageCms

from cms.media.opening import open_picture

_ORIENTATION = 0x0112  # the EXIF tag
_UPRIGHT = {
    2: PILImage.Transpose.FLIP_LEFT_RIGHT,
    3: PILImage.Transpose.ROTATE_180,
    4: PILImage.Transpose.FLIP_TOP_BOTTOM,
    5: PILImage.Transpose.TRANSPOSE,
    6: PILImage.Transpose.ROTATE_270,
    7: PILImage.Transpose.TRANSVERSE,
    8: PILImage.Transpose.ROTATE_90,
}
_LOSSLESS = {"PNG", "GIF"}  # drawings and screenshots; everything else is a photograph
JPEG_QUALITY = 90  # of what we keep; readers get smaller files made of it


class CleanFile(ContentFile):
    """A file that went through cleaning; `original_name` is what its owner called it."""

    def __init__(self, content: bytes, extension: str, original_name: str) -> None:
        """Take the cleaned `content`; the name becomes the sha256 of it."""
        super().__init__(content, name=content_name(content, extension))
        self.original_name = original_name


def content_name(content: bytes, extension: str) -> str:
    """Return the name of a file that holds `content`: its sha256, so that a name never means two things."""
    return f"{sha256(content).hexdigest()}.{extension}"


def clean_picture(data: bytes, name: str) -> CleanFile:
    """Return the picture to keep of the uploaded `data`, called `name` by its owner.

    Re-encoded, so no metadata, thumbnail, comment or trailing byte survives; turned upright; scaled down to
    `MEDIA_LONGEST_SIDE` pixels. A photograph becomes a JPEG, a drawing or a picture with transparency a PNG.
    Raises ValidationError, with what to do, for anything that is not one still picture.
    """
    picture = open_picture(data, name)
    try:
        content, extension = _encode(_prepare(picture), lossless=picture.format in _LOSSLESS)
    except Exception as error:
        raise ValidationError(
            _("Gambar ini tidak dapat diolah. Simpan lagi sebagai JPG di aplikasi foto, lalu unggah lagi."),
            code="invalid_image",
        ) from error
    return CleanFile(content, extension, name)


def _prepare(picture: PILImage.Image) -> PILImage.Image:
    turn = _UPRIGHT.get(_orientation(picture))
    profile = picture.info.get("icc_profile")
    plain = _srgb(_shrink(_plain(picture)), profile)
    if turn is not None:
        plain = plain.transpose(turn)
    if plain.mode == "RGBA" and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    plain.info = {}  # Pillow writes comments, XMP and profiles it finds here into the new file
    return plain


def _orientation(picture: PILImage.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - a broken EXIF block is no reason to refuse the picture
        return 1


def _plain(picture: PILImage.Image) -> PILImage.Image:
    """Return the picture in RGB, RGBA or CMYK."""
    if picture.mode in {"RGB", "RGBA", "CMYK"} and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith("I"):  # 16 bits a pixel: Pillow would cut the bright ones off
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    has_alpha = picture.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in picture.info
    return picture.convert("RGBA" if has_alpha else "RGB")


def _shrink(picture: PILImage.Image) -> PILImage.Image:
    factor = settings.MEDIA_LONGEST_SIDE / max(picture.size)
    if factor >= 1:
        return picture
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, PILImage.Resampling.LANCZOS, reducing_gap=2.0)


def _srgb(picture: PILImage.Image, profile: bytes | None) -> PILImage.Image:
    """Return the picture in sRGB, which is what a picture without a profile is taken for."""
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                target = ImageCms.createProfile("sRGB")
                picture = ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile nobody can read: the colours stay as they are
    return picture if picture.mode in {"RGB", "RGBA"} else picture.convert("RGB")


def _encode(picture: PILImage.Image, lossless: bool) -> tuple[bytes, str]:
    output = BytesIO()
    if lossless or picture.mode == "RGBA":
        picture.save(output, "PNG")
        return output.getvalue(), "png"
    picture.save(output, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return output.getvalue(), "jpg"
