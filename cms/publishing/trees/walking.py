"""Going through all files of a release."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cms.publishing.trees.variants import SUFFIXES, is_text

LINK = -1  # bytes: as large as no file is


def walk(release: Path) -> Iterator[tuple[str, int]]:
    """Yield path and size (bytes) of every file of a release, but for the compressed forms of one that is there.

    A link is none of ours, wherever it leads: it is yielded as `LINK` large, and nobody looks behind it.
    """
    for path in walk_names(release):
        found = os.lstat(f"{release}/{path}")  # 10,000 of them: Path costs as much again
        yield path, LINK if stat.S_ISLNK(found.st_mode) else found.st_size


def walk_names(release: Path) -> Iterator[str]:
    """Yield the path of every file that `walk` yields."""
    top = str(release)
    inside = len(top) + 1
    for folder, folders, names in os.walk(top):
        known, above = set(names), f"{folder[inside:]}/" if len(folder) > inside else ""
        yield from (above + name for name in folders if os.path.islink(f"{folder}/{name}"))  # noqa: PTH114
        for name in names:
            plain, _dot, suffix = name.rpartition(".")
            if f".{suffix}" in SUFFIXES and plain in known and is_text(plain):
                continue
            yield above + name
