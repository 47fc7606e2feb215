"""Sound, film and captions: how each begins, the type it is sent as, and sending a part of it."""

import re
from collections.abc import Callable, Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

TYPES = {  # by extension; a browser that may not guess needs the right one
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "vtt": "text/vtt; charset=utf-8",
}
CHUNK = 64 * 1024  # bytes


def _begins_as_mp3(data: bytes) -> bool:
    # Either a tag, or the eleven bits every frame begins with and a layer.
    return data[:3] == b"ID3" or (
        len(data) > 3 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0 and data[1] & 6 > 0
    )


BEGINNINGS: dict[str, Callable[[bytes], bool]] = {
    "mp4": lambda data: data[4:8] == b"ftyp",
    "m4a": lambda data: data[4:8] == b"ftyp",
    "webm": lambda data: data[:4] == b"\x1aE\xdf\xa3" and b"webm" in data[:64],
    "mp3": _begins_as_mp3,
    "vtt": lambda data: re.match(rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|$)", data) is not None,
}


def send_part(request: HttpRequest, whole: FileResponse, size: int) -> HttpResponse:
    """Answer the one range the request names with status 206, so that a player can jump; else `whole`.

    `whole` sends a stored file of `size` bytes. A range outside it answers 416.
    """
    whole["Accept-Ranges"] = "bytes"
    part = wanted_part(request.headers.get("Range", ""), size)
    changed = request.headers.get("If-Range") not in (None, whole.headers.get("ETag"))
    if request.method != "GET" or part is None or changed:
        return whole  # ty: ignore[invalid-return-type]
    start, end = part
    file = whole.file_to_stream  # taken over: closing `whole` would end the request for Django
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(
        _read(file, start, end - start + 1), status=206, headers=dict(whole.headers.items())
    )
    answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    answer["Content-Length"] = str(end - start + 1)
    return answer  # ty: ignore[invalid-return-type]


def wanted_part(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte of the one range a Range header names; None when it names none or several.

    Of a file of `size` bytes; a first byte behind the last one: the range lies outside the file.
    """
    wanted = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header, re.ASCII | re.IGNORECASE)
    return _bounds(*wanted.groups(), size) if wanted and _is_range(*wanted.groups()) else None


def _is_range(first: str, last: str) -> bool:
    # One that ends before it begins is no range at all, and not one outside the file (RFC 9110, 14.1.1).
    return int(first) <= int(last) if first and last else bool(first or last)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:  # the last so many bytes
        return max(0, size - int(last)), size - 1 if int(last) else -1
    return int(first), min(int(last or size), size - 1) if int(first) < size else -1


def _read(file: IO[bytes], start: int, left: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
