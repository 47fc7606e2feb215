"""Files of the tree, kept in memory for as long as they are unchanged on disk."""

import errno
import hashlib
import os
import stat
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.http import http_date

from cms.publishing.reading import leaving

KEPT_MAX = 512 * 1024  # bytes; a larger file is sent from disk each time
MEMORY = 64 * 1024 * 1024  # bytes of files one process keeps
_AROUND = 4 * 1024  # bytes that keeping a file costs beside its content
_SUFFIX = {"br": ".br", "gzip": ".gz", "": ""}
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}

Stamp = tuple[int, int, int, int]


class StoredFile(NamedTuple):
    """One file, or one compressed form of it, with everything its answer needs."""

    path: str
    stamp: Stamp
    body: bytes | None  # None: read it from `path`, if it still has this stamp
    size: int  # bytes
    etag: str
    modified: str
    headers: leaving.Headers


@dataclass(slots=True)
class _Kept:
    file: StoredFile
    plain: Stamp  # of the file itself, whichever form was taken
    encoding: str  # of the form that was taken


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what changes whenever another file comes to lie at a path."""
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_dev


def status_of(path: str) -> os.stat_result | None:
    """Return the status of a regular file; None when there is none. Other failures of the disk raise OSError."""
    try:
        status = os.stat(path)  # noqa: PTH116 (asked at every look)
    except OSError as error:
        if error.errno in _MISSING:
            return None
        raise
    return status if stat.S_ISREG(status.st_mode) else None


class Shelf:
    """The files used last; each is looked at every time, so what was published counts at once."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, str, tuple[str, ...]], _Kept] = OrderedDict()
        self._used = 0

    def find(self, folder: str, name: str, encodings: tuple[str, ...]) -> StoredFile | None:
        """Return the file at address `name` in a release, in the first of `encodings` that fits it, or plain.

        A compressed form fits when it has the time of its plain file: one of another generation does not.
        """
        key = (folder, name, encodings)
        kept = self._files.get(key)
        plain = status_of(folder + name)
        wanted = encodings if leaving.extension_of(name) in leaving.COMPRESSED else ()
        if kept and plain and kept.plain == stamp_of(plain):
            # The form most wanted fitted this very file when it was taken; a lesser one may have a better by now.
            is_best = kept.encoding == (wanted[0] if wanted else "")
            if is_best or kept.encoding == next(_fitting(folder + name, wanted, plain)):
                self._files.move_to_end(key)
                return kept.file
        read = _read_best(folder, name, wanted, plain) if plain else None
        self._keep(key, read)
        return read.file if read else None

    def _keep(self, key: tuple[str, str, tuple[str, ...]], read: _Kept | None) -> None:
        before = self._files.pop(key, None)
        self._used -= _weight(before) if before else 0
        if read is None:
            return
        self._files[key] = read
        self._used += _weight(read)
        while self._used > MEMORY:
            _, oldest = self._files.popitem(last=False)
            self._used -= _weight(oldest)


def _weight(kept: _Kept) -> int:
    return len(kept.file.body or b"") + _AROUND


def _fitting(path: str, wanted: tuple[str, ...], plain: os.stat_result) -> Iterator[str]:
    """Yield those of `wanted` in which the file lies beside itself, of the same generation; "" (plain) at last."""
    for encoding in wanted:
        status = status_of(f"{path}{_SUFFIX[encoding]}")
        if status and status.st_mtime_ns == plain.st_mtime_ns:
            yield encoding
    yield ""


def _read_best(folder: str, name: str, wanted: tuple[str, ...], plain: os.stat_result) -> _Kept | None:
    for encoding in _fitting(folder + name, wanted, plain):
        found = _read(folder, name, encoding)
        if found and found.stamp[0] == plain.st_mtime_ns:
            return _Kept(found, stamp_of(plain), encoding)
    # Replaced since we looked: what lies there now is right by itself.
    found = _read(folder, name, "")
    return _Kept(found, found.stamp, "") if found else None


def _read(folder: str, name: str, encoding: str) -> StoredFile | None:
    """Read a file that really lies in the folder; a link that leads out of it is no file of ours."""
    real = os.path.realpath(f"{folder}{name}{_SUFFIX[encoding]}")
    handle = open_file(real) if real.startswith(f"{folder}/") else None
    if handle is None:
        return None
    with open(handle, "rb") as file:  # noqa: PTH123 (a handle, not a path)
        status = os.fstat(handle)
        body = file.read() if status.st_size <= KEPT_MAX else None
    size = status.st_size if body is None else len(body)
    digest = (
        f"{status.st_mtime_ns:x}-{size:x}"
        if body is None
        else hashlib.blake2b(body, digest_size=16).hexdigest()
    )
    etag, modified = f'"{digest}"', http_date(status.st_mtime)
    headers = leaving.headers_of(name)
    if leaving.extension_of(name) in leaving.COMPRESSED:
        headers.append(("vary", "Accept-Encoding"))
    headers.append(("content-encoding", encoding) if encoding else ("accept-ranges", "bytes"))
    headers += [("etag", etag), ("last-modified", modified), ("content-length", str(size))]
    return StoredFile(real, stamp_of(status), body, size, etag, modified, headers)


def open_file(path: str) -> int | None:
    """Return a handle of the file at a real path; None when it has gone. Other failures raise OSError."""
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in _MISSING:
            return None
        raise
