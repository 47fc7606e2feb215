"""Encode every size of a picture from one decoding."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image as PILImage

from cms.media.cleaning import content_name
from cms.media.models import Image
from cms.media.sizes import filter_spec, widths_for

JPEG_QUALITY = 76
AVIF_QUALITY = 61


def encode(image: Image) -> dict[str, ContentFile]:
    """Return the files of every size of `image` by filter spec, named by their content.

    Costs about two CPU seconds for a large photograph. Raises OSError when the original cannot be read.
    """
    with image.open_file() as stored, PILImage.open(stored) as original:
        source = _opaque(original)
    files = {}
    for width in widths_for(source.width):
        sized = _scale(source, width)
        files[filter_spec("avif", width)] = _file(sized, "avif", quality=AVIF_QUALITY)
        files[filter_spec("jpeg", width)] = _file(
            sized, "jpeg", quality=JPEG_QUALITY, progressive=True, optimize=True
        )
    return files


def _opaque(picture: PILImage.Image) -> PILImage.Image:
    # JPEG has no transparency: both formats stand on white, so that every reader sees the same picture.
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    paper = PILImage.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _scale(source: PILImage.Image, width: int) -> PILImage.Image:
    if width >= source.width:
        return source
    height = max(1, round(source.height * width / source.width))
    return source.resize((width, height), PILImage.Resampling.LANCZOS, reducing_gap=2.0)


def _file(picture: PILImage.Image, image_format: str, **options: object) -> ContentFile:
    output = BytesIO()
    picture.save(output, image_format.upper(), **options)
    content = output.getvalue()
    return ContentFile(content, name=content_name(content, "jpg" if image_format == "jpeg" else image_format))
