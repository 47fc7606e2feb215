"""The backup file: a gzipped tar whose last member, the manifest, names every other one with its SHA-256.

A seal follows the tar: an empty gzip member whose comment is the SHA-256 of all bytes before it. Any tar still opens
the file, and no flipped bit goes unseen, not even one that leaves what it unpacks to as it was.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024  # bytes


class DamagedArchive(Exception):
    """The file is no backup of ours, or not what was once written."""


class ArchiveWriter:
    """Takes members one by one and closes with the manifest."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.digests: dict[str, str] = {}

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Add `size` bytes of `source` as the member `name`."""
        digest = hashlib.sha256()
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, _Digesting(source, digest))  # ty: ignore[invalid-argument-type]
        self.digests[name] = digest.hexdigest()

    def close(self, about: dict[str, object]) -> None:
        """Write the manifest: `about`, the format, and every member's digest."""
        text = json.dumps({"format": FORMAT, **about, "members": self.digests}, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, io.BytesIO(text))


class _Digesting:
    """A source that is digested as it is read."""

    def __init__(self, source: IO[bytes], digest: "hashlib._Hash") -> None:
        self._source, self._digest = source, digest

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._digest.update(data)
        return data


@contextmanager
def writing(path: Path) -> Generator[ArchiveWriter, None, None]:
    """Give a writer for `path`, which appears, readable by its owner alone, only when all of it is on the disk."""
    aside = path.with_name(f"{path.name}.new")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3, format=tarfile.PAX_FORMAT) as tar:
                yield ArchiveWriter(tar)
            file.flush()
            file.write(_seal(_digest(aside)))
            file.flush()
            os.fsync(file.fileno())
        verify(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _seal(digest: str) -> bytes:
    """Return an empty gzip member (header with comment, empty block, sums of nothing) that carries `digest`."""
    return b"\x1f\x8b\x08\x10\0\0\0\0\0\xff" + digest.ljust(64).encode() + b"\0\x03\0" + b"\0" * 8


def _digest(path: Path, size: int | None = None) -> str:
    """Return the SHA-256 of the first `size` bytes of a file, or of all."""
    digest, left = hashlib.sha256(), path.stat().st_size if size is None else size
    with path.open("rb") as file:
        while left > 0 and (data := file.read(min(CHUNK, left))):
            digest.update(data)
            left -= len(data)
    return digest.hexdigest()


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the name and the open content of each member, in order.

    Raises DamagedArchive for anything that is not a whole gzipped tar of plain files below its own top.
    """
    try:
        with tarfile.open(path, mode="r|gz") as tar:
            for info in tar:
                name = PurePosixPath(info.name)
                content = tar.extractfile(info) if info.isreg() else None
                if content is None or name.is_absolute() or ".." in name.parts:
                    raise DamagedArchive(info.name)
                yield info.name, content
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DamagedArchive(str(error)) from error


def verify(path: Path) -> dict[str, object]:
    """Read all of `path`, compare every member with the manifest and return that.

    Raises DamagedArchive at the first difference.
    """
    body = path.stat().st_size - len(_seal(""))
    with path.open("rb") as file:
        file.seek(max(body, 0))
        if file.read() != _seal(_digest(path, body)):
            raise DamagedArchive("the seal does not fit")
    found: dict[str, str] = {}
    manifest: dict[str, object] = {}
    for name, content in members(path):
        if name == MANIFEST:
            manifest = _parsed(content.read())
            continue
        digest = hashlib.sha256()
        while data := content.read(CHUNK):
            digest.update(data)
        found[name] = digest.hexdigest()
    if manifest.get("format") != FORMAT or manifest.get("members") != found:
        raise DamagedArchive("the members are not those of the manifest")
    return manifest


def _parsed(text: bytes) -> dict[str, object]:
    try:
        manifest = json.loads(text)
    except ValueError as error:
        raise DamagedArchive("the manifest cannot be read") from error
    return manifest if isinstance(manifest, dict) else {}
