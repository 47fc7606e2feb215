"""A tree in a folder: `PUBLIC_ROOT/<hostname>` points to its release, batches change files in place by renaming."""

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings

from cms.publishing.outputs import File, Stage
from cms.publishing.trees import journal
from cms.publishing.trees.variants import SUFFIXES, is_text, variants

KEPT = 2  # releases: the one readers see and the one before it


class LocalTree:
    """The tree of one host. One publisher at a time (cms.publishing.locks)."""

    def __init__(self, hostname: str, *, compress: bool = True) -> None:
        """Take the host's name; `compress`: lay compressed forms beside text files."""
        self.root = Path(settings.PUBLIC_ROOT)
        self.link = self.root / hostname
        self.releases = self.root / ".releases" / hostname
        self.staging = self.releases / "staging"
        self._compress = compress
        self._moves: list[tuple[int, str, str]] = []  # stage, staged name, path
        self._bare: list[str] = []  # text files without compressed forms: an older form must not stay

    @property
    def release(self) -> Path:
        """Return the folder readers see now; made if there is none."""
        if not self.link.exists():
            self.switch(self.new_release())
        return self.link.resolve()

    def exists(self) -> bool:
        """Return whether readers see anything of this host."""
        return self.link.exists()

    def new_release(self) -> Path:
        """Return a new, empty folder for a release."""
        self.releases.mkdir(parents=True, exist_ok=True)
        numbers = [int(folder.name) for folder in self.releases.iterdir() if folder.name.isdigit()]
        folder = self.releases / f"{max(numbers, default=0) + 1:06}"
        folder.mkdir()
        return folder

    def switch(self, release: Path) -> None:
        """Let readers see `release`, in one rename."""
        aside = self.root / f".{self.link.name}.new"
        aside.unlink(missing_ok=True)
        aside.symlink_to(release.relative_to(self.root))
        aside.rename(self.link)
        journal.sync_folder(self.root)

    def previous(self) -> Path | None:
        """Return the newest release before the one readers see."""
        current = self.release
        older = [folder for folder in self._numbered() if folder.name < current.name]
        return older[-1] if older else None

    def drop_older(self) -> None:
        """Remove releases that are neither seen nor the one before, and what builds that were cut off left."""
        current = self.release
        older = [folder for folder in self._numbered() if folder.name < current.name]
        later = [folder for folder in self._numbered() if folder.name > current.name]
        for folder in [*older[: -(KEPT - 1)], *later]:
            shutil.rmtree(folder, ignore_errors=True)

    def _numbered(self) -> list[Path]:
        if not self.releases.is_dir():
            return []
        return sorted(folder for folder in self.releases.iterdir() if folder.name.isdigit())

    def recover(self) -> bool:
        """Finish a batch that was cut off after its journal was written; drop one that was cut off before."""
        if not self.staging.is_dir():
            return False
        plan = journal.read(self.staging)
        if plan:
            self._carry_out(plan)
        is_unknown = journal.is_carried(self.staging)
        self.discard()
        return is_unknown

    def stage(self, file: File, stage: Stage) -> None:
        """Write a file and its compressed forms aside. Raises OSError where there is no room."""
        self.staging.mkdir(parents=True, exist_ok=True)
        forms = {"": file.content}
        if self._compress:
            forms |= variants(file.path, file.content)
        if len(forms) == 1 and is_text(file.path):
            self._bare.append(file.path)
        for suffix in (*(suffix for suffix in SUFFIXES if suffix in forms), ""):
            name = f"{len(self._moves):06}"
            with (self.staging / name).open("wb") as out:
                out.write(forms[suffix])
                out.flush()
                os.fsync(out.fileno())
            self._moves.append((stage, name, f"{file.path}{suffix}"))

    def commit(self, removals: Sequence[str]) -> None:
        """Move the staged files into place, stage by stage, then remove.

        All files of a batch carry one time, that of this call: a compressed form belongs to its file when
        their times agree, and no two batches share one.
        """
        if not self._moves and not removals:
            return
        self.staging.mkdir(parents=True, exist_ok=True)
        moment = time.time_ns()
        for _stage, name, _path in self._moves:
            os.utime(self.staging / name, ns=(moment, moment))
        moves = [(name, path) for _stage, name, path in sorted(self._moves, key=lambda move: move[0])]
        stale = [f"{path}{suffix}" for path in self._bare for suffix in SUFFIXES]
        plan = journal.Plan(moves, [*stale, *(form for path in removals for form in _forms(path))])
        _ = self.release  # there must be one before the journal promises to change it
        journal.sync_folder(self.staging)
        journal.write(self.staging, plan)
        self._carry_out(plan)

    def settle(self) -> None:
        """Say that the database knows what the batch has done."""
        self.discard()

    def _carry_out(self, plan: journal.Plan) -> None:
        release = self.release
        touched: set[Path] = set()
        for staged, path in plan.moves:
            source, target = self.staging / staged, release / path
            if source.exists():  # else it was moved before the crash
                _make_folder(target.parent, release, touched)
                source.rename(target)
                touched.add(target.parent)
        for path in plan.removals:
            (release / path).unlink(missing_ok=True)
            touched.add((release / path).parent)
        for folder in touched:
            if folder.is_dir():
                journal.sync_folder(folder)
        for path in plan.removals:
            _remove_empty(release / path, release)
        journal.mark_carried(self.staging)

    def discard(self) -> None:
        """Drop what was staged."""
        self._moves, self._bare = [], []
        shutil.rmtree(self.staging, ignore_errors=True)

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file; None if it is not there."""
        try:
            return (self.release / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def paths(self) -> Iterator[tuple[str, int]]:
        """Yield path and size of every file; compressed forms count with their file, alone they are yielded."""
        yield from walk(self.release)


def walk(release: Path) -> Iterator[tuple[str, int]]:
    """Yield path and size (bytes) of every file of a release, but for the compressed forms of one that is there."""
    for folder, _folders, names in os.walk(release):
        known = set(names)
        inside = os.path.relpath(folder, release)
        for name in names:
            plain, _dot, suffix = name.rpartition(".")
            if f".{suffix}" in SUFFIXES and plain in known and is_text(plain):
                continue
            path = name if inside == "." else f"{inside}/{name}"
            yield path, os.stat(f"{folder}/{name}").st_size  # noqa: PTH116 (10,000 of them: Path costs as much again)


def _forms(path: str) -> list[str]:
    return [path, *(f"{path}{suffix}" for suffix in SUFFIXES if is_text(path))]


def _make_folder(folder: Path, release: Path, touched: set[Path]) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, release, touched)
    folder.mkdir(exist_ok=True)
    touched.add(folder.parent)


def _remove_empty(path: Path, release: Path) -> None:
    folder = path.parent
    while folder != release and release in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
