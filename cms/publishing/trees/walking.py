"""Going through all files of a release."""

import os
from collections.abc import Iterator
from pathlib import Path

from cms.publishing.trees.variants import SUFFIXES, is_text


def walk(release: Path) -> Iterator[tuple[str, int]]:
    """Yield path and size (bytes) of every file of a release, but for the compressed forms of one that is there."""
    for path in walk_names(release):
        yield path, os.stat(f"{release}/{path}").st_size  # noqa: PTH116 (10,000 of them: Path costs as much again)


def walk_names(release: Path) -> Iterator[str]:
    """Yield the path of every file that `walk` yields."""
    top = str(release)
    inside = len(top) + 1
    for folder, _folders, names in os.walk(top):
        known, above = set(names), f"{folder[inside:]}/" if len(folder) > inside else ""
        for name in names:
            plain, _dot, suffix = name.rpartition(".")
            if f".{suffix}" in SUFFIXES and plain in known and is_text(plain):
                continue
            yield above + name
