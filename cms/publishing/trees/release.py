"""Writing a release that nobody sees yet: no journal is needed, it is all there or it is thrown away."""

import contextlib
import os
from pathlib import Path

from cms.publishing.outputs import File
from cms.publishing.trees.variants import SUFFIXES, has_variants, is_sound, read, variants


class ReleaseWriter:
    """Lays files into the folder of a release in the making; several processes may share one folder."""

    def __init__(self, folder: Path, moment: int, before: Path | None, *, compress: bool = True) -> None:
        """Take the folder, the time its files carry (ns since 1970), the release `before` it and what lies beside text.

        A compressed form belongs to its file when their times agree, so all a release writes has one time. What
        did not change is a hard link to the file of `before`: half the disk, and nothing to compress.
        """
        self._folder, self._moment, self._compress = str(folder), moment, compress
        self._before = str(before) if before else ""
        self._made: set[str] = set()

    def write(self, file: File) -> None:
        """Write a file and its compressed forms. Raises OSError where there is no room."""
        place = f"{self._folder}/{file.path}"
        inside = place.rpartition("/")[0]
        if inside not in self._made:
            _make_folder(inside)
            self._made.add(inside)
        if self._before and self._is_linked(file, place):
            return
        self._lay(place, file.content)
        if self._compress:
            for suffix, content in variants(file.path, file.content).items():
                self._lay(f"{place}{suffix}", content)

    def _is_linked(self, file: File, place: str) -> bool:
        """Link a file and its forms if they are, byte for byte, what has to lie here (a defacer changes files)."""
        known = f"{self._before}/{file.path}"
        suffixes = SUFFIXES if self._compress and has_variants(file.path, file.content) else ()
        if read(known) != file.content:
            return False
        if not all(is_sound(known, suffix, file.content) for suffix in suffixes):
            return False
        for suffix in ("", *suffixes):
            with contextlib.suppress(FileExistsError):  # two pictures of the same bytes have one name
                os.link(f"{known}{suffix}", f"{place}{suffix}")
        return True

    def _lay(self, place: str, content: bytes) -> None:
        handle = _new_file(place)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(handle, rest) :]
            if self._compress:
                os.utime(handle, ns=(self._moment, self._moment))
        finally:
            os.close(handle)


def _make_folder(place: str) -> None:
    # Most parents are there already: looking for each costs as much as making one.
    try:
        os.mkdir(place)  # noqa: PTH102 (Path costs as much as the write)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(place, exist_ok=True)  # noqa: PTH103


def _new_file(place: str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(place, flags, 0o644)
    except FileExistsError:
        os.unlink(place)  # noqa: PTH108 (never written into: it may be a link to a file readers see)
        return os.open(place, flags, 0o644)
