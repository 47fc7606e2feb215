"""The headers a file of the tree leaves with: its type, how long it may be kept, what the browser may do."""

from pathlib import PurePosixPath

from django.conf import settings
from django.utils.http import content_disposition_header

from cms import arriving
from cms.media import playing

Headers = list[tuple[str, str]]

_TYPES = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml; charset=utf-8",
    "xsl": "application/xml; charset=utf-8",
    "zip": "application/zip",
    **playing.TYPES,
}
_FEED = "application/atom+xml; charset=utf-8"
COMPRESSED = {"css", "csv", "html", "js", "json", "svg", "txt", "webmanifest", "xml", "xsl"}

REVALIDATE = "public, max-age=0, must-revalidate"
_FOR_EVER = "public, max-age=31536000, immutable"  # the name changes with the content
_DOCUMENT = "public, max-age=300"
_NO_CONTENT = "default-src 'none'; sandbox"
_NO_EMBEDDING = "default-src 'none'"  # a sandbox would keep browsers from showing a PDF


def extension_of(name: str) -> str:
    """Return the extension of a file name in lower case, without its dot."""
    return PurePosixPath(name).suffix[1:].lower()


def shared_headers() -> Headers:
    """Return what Django's answers to readers carry too, whatever they are."""
    headers = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", str(settings.SECURE_REFERRER_POLICY)),
        ("cross-origin-opener-policy", str(settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)),
        ("x-frame-options", settings.X_FRAME_OPTIONS),
    ]
    if settings.SECURE_HSTS_SECONDS:
        value = f"max-age={settings.SECURE_HSTS_SECONDS}"
        value += "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        value += "; preload" if settings.SECURE_HSTS_PRELOAD else ""
        headers.append(("strict-transport-security", value))
    return headers


def for_other_sites(name: str) -> Headers:
    """Return what lets pages of other sites read an answer from this address: the twins are there for them."""
    return [("access-control-allow-origin", "*")] if extension_of(name) == "json" else []


def headers_of(name: str) -> Headers:
    """Return what the file at address `name` (`/berita/index.html`) always leaves with."""
    extension = extension_of(name)
    kind = _FEED if name.endswith("/feed.xml") else _TYPES.get(extension, "application/octet-stream")
    headers = [("content-type", kind), *shared_headers()]
    if name.startswith("/dokumen/"):
        is_attached = extension != "pdf"
        disposition = content_disposition_header(is_attached, PurePosixPath(name).name) or "inline"
        headers += [("content-disposition", disposition), ("cache-control", _DOCUMENT)]
        return [*headers, ("content-security-policy", _NO_EMBEDDING)]
    if name.startswith("/media/"):
        return [*headers, ("cache-control", _FOR_EVER), ("content-security-policy", _NO_CONTENT)]
    headers += for_other_sites(name)
    headers.append(("cache-control", _FOR_EVER if name.startswith("/static/") else REVALIDATE))
    return [*headers, ("content-security-policy", arriving.reader_policy())]
