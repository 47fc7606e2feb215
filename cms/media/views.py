"""How stored files leave: renditions to everybody, originals to the office, documents under their title."""

import re
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from wagtail.documents.views.serve import serve as serve_stored_document

from cms.media import playing
from cms.media.models import Document
from cms.publishing.reading_only import reading_only

# The whole name is matched, so no other file of the storage, and no `..`, can be asked for.
_STEM = r"[0-9a-f]{64}(?:_\w+)?"
_PUBLIC = re.compile(rf"gambar/\d+/{_STEM}\.(?:avif|jpg)")
_OFFICE = re.compile(rf"(?:asli|pratinjau/\d+)/{_STEM}\.(?:avif|gif|jpg|png|webp)")
_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
_POLICY = "default-src 'none'; sandbox"
_YEAR = 31_536_000  # seconds


@reading_only
def serve_media(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a stored picture; what is not for this person answers 404, as if it were not there."""
    is_public = bool(_PUBLIC.fullmatch(name))
    if not is_public and not (_OFFICE.fullmatch(name) and _is_staff(request)):
        raise Http404
    mark = f'"{PurePath(name).stem}"'
    is_known = request.headers.get("If-None-Match") == mark
    response: HttpResponse = HttpResponseNotModified() if is_known else stored_picture(name)
    response["ETag"] = mark
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    patch_cache_control(
        response, max_age=_YEAR, immutable=True, **{"public" if is_public else "private": True}
    )
    return response  # ty: ignore[invalid-explicit-return]


def stored_picture(name: str) -> HttpResponse:
    """Answer with the stored picture `name`, for a view that has asked who may see it. Raises Http404."""
    try:
        file = default_storage.open(name)
    except OSError:
        raise Http404 from None
    kind = _TYPES[PurePath(name).suffix.removeprefix(".")]
    return FileResponse(file, content_type=kind, headers={"Content-Security-Policy": _POLICY})  # ty: ignore[invalid-return-type]


@reading_only
def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """Answer with a document as Wagtail does, privacy of its collection included, under its title."""
    response = serve_stored_document(request, document_id, document_filename)
    if isinstance(response, FileResponse) or response.has_header("Content-Disposition"):
        document = get_object_or_404(Document, pk=document_id)
        is_shown = document.content_disposition == "inline"
        response["Content-Disposition"] = content_disposition_header(not is_shown, document.download_name)
        if kind := playing.TYPES.get(document.file_extension):
            response["Content-Type"] = kind
        if isinstance(response, FileResponse):
            return playing.send_part(request, response, document.file.size)
    return response


def _is_staff(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.has_perm("wagtailadmin.access_admin"))
