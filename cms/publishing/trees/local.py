"""A tree in a folder: `PUBLIC_ROOT/<hostname>` points to its release, batches change files in place by renaming."""

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cms.publishing.outputs import File, Stage
from cms.publishing.trees import journal
from cms.publishing.trees.releases import Releases
from cms.publishing.trees.variants import SUFFIXES, agree, is_text, variants
from cms.publishing.trees.walking import walk


class LocalTree(Releases):
    """The tree of one host. One publisher at a time (cms.publishing.locks)."""

    def __init__(self, hostname: str, *, compress: bool = True) -> None:
        """Take the host's name; `compress`: lay compressed forms beside text files."""
        super().__init__(hostname)
        self.staging = self.releases / "staging"
        self._compress = compress
        self._moves: list[tuple[int, str, str, str]] = []  # turn, file, staged name, path of this form
        self._bare: list[str] = []  # text files without compressed forms: an older form must not stay

    def in_release(self, folder: Path) -> "LocalTree":
        """Return this tree as it will be when readers see the release `folder`."""
        tree = LocalTree(self.link.name, compress=self._compress)
        tree._unseen = folder
        tree.staging = self.releases / f"staging-{folder.name}"
        return tree

    def lay_into(self, folder: Path, path: str) -> None:
        """Lay the file readers see at `path`, with its compressed forms, into another release as well."""
        for form in _forms(path):
            seen, target = self.link.resolve() / form, folder / form
            if not seen.is_file():
                target.unlink(missing_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = folder / ".new"
            aside.unlink(missing_ok=True)
            shutil.copy2(seen, aside)
            aside.rename(target)  # never written into: it may be a link to a file readers see

    def replace(self, path: str, content: bytes) -> None:
        """Lay a file, without compressed forms, into a release nobody sees."""
        self.remove(path)
        (self.release / path).write_bytes(content)

    def remove(self, path: str) -> None:
        """Remove a file of a release nobody sees."""
        for form in _forms(path):
            (self.release / form).unlink(missing_ok=True)
        _remove_empty(self.release / path, self.release)

    def recover(self) -> bool:
        """Finish a batch that was cut off after its journal was written; drop one that was cut off before."""
        if not self.staging.is_dir():
            return False
        plan = journal.read(self.staging)
        if plan:
            # Who was killed may have made folders and moved files, and synced nothing.
            made_before = {folder for _staged, path in plan.moves for folder in Path(path).parents}
            self._carry_out(plan, self.release, made_before)
        is_unknown = journal.is_carried(self.staging)
        if not is_unknown:
            self.settle()
        return is_unknown

    def stage(self, file: File, turn: int) -> None:
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
            self._moves.append((turn, file.path, name, f"{file.path}{suffix}"))

    def commit(self, removals: Sequence[str]) -> None:
        """Move the staged files into place, each in its turn, then remove.

        All files of a batch carry one time, that of this call: a compressed form belongs to its file when
        their times agree, and no two batches share one.
        """
        if not self._moves and not removals:
            return
        self.staging.mkdir(parents=True, exist_ok=True)
        moment = time.time_ns()
        for _turn, _file, name, _path in self._moves:
            os.utime(self.staging / name, ns=(moment, moment))
        release = self.release  # there must be one before the journal promises to change it
        moves = [move[2:] for move in sorted(self._moves, key=lambda move: move[0])]
        stale = [f"{path}{suffix}" for path in self._bare for suffix in SUFFIXES]
        plan = journal.Plan(moves, [*stale, *(form for path in removals for form in _forms(path))])
        for folder in (self.staging, self.releases):  # what the journal names, and the way to the journal
            journal.sync_folder(folder)
        journal.write(self.staging, plan)
        self._carry_out(plan, release)

    def settle(self) -> None:
        """Say that the database knows what the batch has done."""
        self._moves, self._bare = [], []
        shutil.rmtree(self.staging, ignore_errors=True)

    def _carry_out(self, plan: journal.Plan, release: Path, made_before: Iterable[Path] = ()) -> None:
        touched = {release / folder for folder in made_before}
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

    def try_to_write(self) -> None:
        """Find out whether the disk takes anything. Raises OSError."""
        self.stage(File("try", bytes(64 * 1024)), Stage.FILE)
        self.discard()

    def discard(self) -> None:
        """Drop what was staged; a batch that has begun to happen stays for `recover` to finish."""
        self._moves, self._bare = [], []
        if not (journal.read(self.staging) or journal.is_carried(self.staging)):
            self.settle()

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file; None if it is not there, or somebody has put a link in its place."""
        place = self.release / path
        try:
            return None if place.is_symlink() else place.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def forms_agree(self, path: str, content: bytes) -> bool:
        """Return whether the compressed forms beside a file say what it says (a defacer may change one of them)."""
        return agree(str(self.release / path), content, compressed=self._compress)

    def paths(self) -> Iterator[tuple[str, int]]:
        """Yield path and size of every file; compressed forms count with their file, alone they are yielded."""
        yield from walk(self.release)


def _forms(path: str) -> list[str]:
    return [path, *(f"{path}{suffix}" for suffix in SUFFIXES if is_text(path))]


def _make_folder(folder: Path, release: Path, touched: set[Path]) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, release, touched)
    if folder != release:
        folder.unlink(missing_ok=True)  # somebody has put a file where a folder has to be
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
