"""From an uploaded picture to the files readers get, and what is said when that fails."""

import errno
from pathlib import PurePath

import structlog
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from cms.media.encoding import encode
from cms.media.models import Image, Rendition
from cms.media.sizes import ALL_SPECS, FORMATS, filter_spec, widths_for

logger = structlog.get_logger(__name__)


def process(image_id: int) -> bool:
    """Make what is missing of one image and set its state; return whether it is ready. Never raises."""
    image = Image.objects.filter(pk=image_id).first()
    if image is None:
        return False
    source = image.file.name
    try:
        _keep(image_id, source, encode(image))
    except Exception as error:
        logger.exception("picture_failed", image=image_id)
        _finish(image_id, source, Image.State.FAILED, _reason(error))
        return False
    return True


def is_complete(image: Image) -> bool:
    """Return whether every size of `image` is there, as a row and as a file."""
    made = {rendition.filter_spec: rendition for rendition in image.renditions.all()}
    wanted = [filter_spec(name, width) for name in FORMATS for width in widths_for(image.width)]
    return image.state == Image.State.READY and all(
        spec in made and made[spec].file.storage.exists(made[spec].file.name) for spec in wanted
    )


def _keep(image_id: int, source: str, files: dict[str, ContentFile]) -> None:
    with transaction.atomic():
        image = _unchanged(image_id, source)
        if image is None:
            return
        old = {row.filter_spec: row for row in image.renditions.filter(filter_spec__in=ALL_SPECS)}
        for spec, file in files.items():
            _keep_one(image, spec, file, old.pop(spec, None))
        for row in old.values():
            row.delete()
        _finish(image_id, source, Image.State.READY, "")


def _keep_one(image: Image, spec: str, file: ContentFile, old: Rendition | None) -> None:
    if old and PurePath(old.file.name).name == file.name:
        if not old.file.storage.exists(old.file.name):
            old.file.storage.save(old.file.name, file)
        return
    if old:
        old.delete()
    image.renditions.create(filter_spec=spec, file=file)


def _unchanged(image_id: int, source: str) -> Image | None:
    # Deleted or given another file while we were encoding: that is another task's work.
    return Image.objects.select_for_update().filter(pk=image_id, file=source).first()


def _finish(image_id: int, source: str, state: str, reason: str) -> None:
    with transaction.atomic():
        image = _unchanged(image_id, source)
        if image is not None:
            image.state, image.state_reason = state, reason
            image.save(update_fields=["state", "state_reason"])  # not update(): publishing listens to saves


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError) or isinstance(error.__cause__, FileNotFoundError):
        return _("Berkas asli tidak ditemukan di penyimpanan. Unggah lagi gambarnya.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("Tempat penyimpanan penuh. Hubungi pengelola sistem, lalu coba lagi.")
    if isinstance(error, MemoryError):
        return _("Memori server tidak cukup. Coba lagi nanti.")
    return _("Berkas asli tidak dapat dibaca. Unggah lagi gambarnya.")
