"""The compressed forms that lie beside a text file, made once per change and not once per reader."""

import gzip
import os

import brotli
from isal import igzip, isal_zlib

TEXT = frozenset({"html", "json", "xml", "txt", "css", "js", "svg", "csv", "map", "vtt"})
SUFFIXES = (".gz", ".br")
_LEAST = 256  # bytes: below, a compressed form saves no packet
_QUALITY = 5  # of brotli: 0.24 ms for 10 kB, 40 times faster than 11 and 9 % larger (research, publishing 8)
_QUALITY_DATA = 1  # what programs read: seven times faster than 5, a fifth larger
_QUALITY_ASSET = 11  # assets change with the code only
_WINDOW = 60_000  # bytes: below, brotli works in a window of 64 kB: a sixth faster, and no byte more
_GZIP = 2  # of ISA-L: eight times faster than zlib's 6 and 8 % larger; browsers take brotli
_GZIP_ASSET = 9  # of zlib


def is_text(path: str) -> bool:
    """Return whether the file gets compressed forms."""
    return path.rpartition(".")[2] in TEXT


def has_variants(path: str, content: bytes) -> bool:
    """Return whether compressed forms of the file are worth their place."""
    return len(content) >= _LEAST and is_text(path)


def read(place: str) -> bytes | None:
    """Return the bytes of a file; None if there is none."""
    try:
        with open(place, "rb") as file:  # noqa: PTH123 (Path costs as much as the reading)
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def agree(place: str, content: bytes, *, compressed: bool) -> bool:
    """Return whether exactly the compressed forms lie beside the file at `place` that have to, and say what it says."""
    if not is_text(place):
        return True
    if not compressed or not has_variants(place, content):
        return not any(os.path.exists(f"{place}{suffix}") for suffix in SUFFIXES)  # noqa: PTH110
    return all(is_sound(place, suffix, content) for suffix in SUFFIXES)


def is_sound(place: str, suffix: str, content: bytes) -> bool:
    """Return whether a compressed form lies beside the file at `place`, of the same time, and says `content`."""
    form = read(f"{place}{suffix}")
    if form is None or os.stat(f"{place}{suffix}").st_mtime_ns != os.stat(place).st_mtime_ns:  # noqa: PTH116
        return False
    return _unpacked(suffix, form) == content


def _unpacked(suffix: str, form: bytes) -> bytes | None:
    try:
        return igzip.decompress(form) if suffix == ".gz" else brotli.decompress(form)
    except (OSError, EOFError, isal_zlib.IsalError, brotli.error):  # ty: ignore[invalid-exception-caught]
        return None


def variants(path: str, content: bytes) -> dict[str, bytes]:
    """Return the compressed forms by suffix, the same bytes every time; nothing for what is not text or tiny."""
    if not has_variants(path, content):
        return {}
    return {".gz": _gzip(path, content), ".br": _brotli(path, content)}


def _gzip(path: str, content: bytes) -> bytes:
    if _is_asset(path):
        return gzip.compress(content, _GZIP_ASSET, mtime=0)
    return igzip.compress(content, _GZIP, mtime=0)


def _brotli(path: str, content: bytes) -> bytes:
    quality = _QUALITY if path.endswith(".html") else _QUALITY_DATA
    window = 16 if len(content) < _WINDOW else 22
    return brotli.compress(content, quality=_QUALITY_ASSET if _is_asset(path) else quality, lgwin=window)


def _is_asset(path: str) -> bool:
    return path.startswith("static/")
