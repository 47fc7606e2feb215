"""The compressed forms that lie beside a text file, made once per change and not once per reader."""

import gzip

import brotli

TEXT = frozenset({"html", "json", "xml", "txt", "css", "js", "svg", "csv", "map", "vtt"})
SUFFIXES = (".gz", ".br")
_LEAST = 256  # bytes: below, a compressed form saves no packet
_QUALITY = 5  # of brotli: 0.24 ms for 10 kB, 40 times faster than 11 and 9 % larger (research, publishing 8)
_QUALITY_ASSET = 11  # assets change with the code only
_GZIP = 6


def is_text(path: str) -> bool:
    """Return whether the file gets compressed forms."""
    return path.rpartition(".")[2] in TEXT


def variants(path: str, content: bytes) -> dict[str, bytes]:
    """Return the compressed forms by suffix, the same bytes every time; nothing for what is not text or tiny."""
    if len(content) < _LEAST or not is_text(path):
        return {}
    quality = _QUALITY_ASSET if path.startswith("static/") else _QUALITY
    return {
        ".gz": gzip.compress(content, _GZIP, mtime=0),
        ".br": brotli.compress(content, quality=quality),
    }
