"""The lines of an import file: read one by one, whatever they contain."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

LINE_MAX = 4 * 1024 * 1024  # bytes; the longest article of ten thousand real ones had 0.1 MB
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


class Refused(Exception):
    """A line that cannot become an article; its text says why, to the person who made the file."""


@dataclass(frozen=True)
class Line:
    """A line that holds something: number (from 1), where it ends (bytes), content (none if too long)."""

    number: int
    end: int
    content: bytes | None


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """Yield the lines of `stream` that are not blank; one longer than LINE_MAX is passed over unread."""
    end = number = 0
    while content := stream.readline(LINE_MAX + 1):
        number += 1
        end += len(content)
        too_long = len(content) > LINE_MAX
        if number == 1:
            content = content.removeprefix(b"\xef\xbb\xbf")
        while too_long and not content.endswith(b"\n") and (content := stream.readline(LINE_MAX)):
            end += len(content)
        if too_long or content.strip():
            yield Line(number, end, None if too_long else content)


def parse(line: Line) -> dict[str, Any]:
    """Return the object a line holds.

    Raises Refused for anything a database could not keep or that is not a JSON object.
    """
    if line.content is None:
        raise Refused(_("Barisnya lebih panjang dari %(max)d MB.") % {"max": LINE_MAX // 1024 // 1024})
    try:
        text = line.content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(_("Barisnya bukan teks UTF-8. Simpan ulang berkas dengan pengodean UTF-8.")) from None
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused(_("Barisnya bukan JSON yang benar.")) from None
    if not isinstance(found, dict):
        raise Refused(_("Barisnya bukan objek JSON ({...})."))
    if b"\x00" in line.content or (_SUSPECT.search(line.content) and not _storable(found)):
        raise Refused(_("Teksnya memuat karakter yang tidak dapat disimpan (NUL atau pasangan rusak)."))
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _storable(value: object) -> bool:
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    # json.dumps writes a NUL as six characters; a backslash before it would have been doubled.
    return re.search(r"(?<!\\)(?:\\\\)*\\u0000", text) is None
