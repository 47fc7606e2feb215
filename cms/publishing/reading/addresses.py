"""Which addresses live in Django, which may be files of a tree, and which host a request names."""

import functools
import re

LIVE = ("/admin/", "/api/", "/cari/", "/hitung/", "/naskah/", "/_util/")
# What the office keeps in storage: a tree holds what is published of it, Django decides about the rest.
STORED = ("/dokumen/", "/media/", "/static/")

# No segment begins with a dot, and no percent sign, backslash, space, control character or empty segment.
_SAFE = re.compile(r"/(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?")
# Written for other servers: we answer with the redirects and the status these tell of.
_OWN = {
    "/_redirects", "/_headers", "/nginx-redirects.map", "/nginx-temporary.map", "/404.html", "/410.html",
}  # fmt: skip
_VARIANTS = (".gz", ".br")
_HOST = re.compile(r"([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::[0-9]{1,5})?")
_LONGEST, _LONGEST_HOST = 1024, 260  # characters


def is_live(path: str) -> bool:
    """Tell whether `path` is a live door or lies behind one."""
    return path.startswith(LIVE) or f"{path}/" in LIVE


def may_be_file(path: str) -> bool:
    """Tell whether `path`, percent-decoded once, is one we look for on disk.

    Compared in lower case, because some disks do not tell one from the other.
    """
    return len(path) <= _LONGEST and _is_plain(path)  # what is remembered must have a bound


@functools.lru_cache(maxsize=1024)
def _is_plain(path: str) -> bool:
    lowered = path.lower()
    return bool(_SAFE.fullmatch(path)) and not lowered.endswith(_VARIANTS) and lowered not in _OWN


def host_of(header: str) -> str:
    """Return the host name of a Host header in lower case and without its port; "" for anything but a name."""
    return _host_of(header) if len(header) < _LONGEST_HOST else ""


@functools.lru_cache(maxsize=1024)
def _host_of(header: str) -> str:
    match = _HOST.fullmatch(header.lower())
    return match[1] if match else ""
