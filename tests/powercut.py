"""A disk that keeps, when the power is cut, what it was told to keep, and of the rest as much as it likes.

A name is kept when its folder was synced, the bytes of a file when the file was: POSIX promises no more.
"""

import io
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

Luck = Callable[
    [list[int]], Sequence[int]
]  # of what was done to the names in a folder and not synced, what is kept
Left = dict[str, bytes | None]  # what lies where; None: a folder
FOLDER = -1  # instead of a file's number


class Killed(BaseException):
    """The publisher is killed here."""


class Named(NamedTuple):
    """In `folder` a file (by number) got the path `after`, and lost `before`; "" where there was or is none."""

    folder: str
    before: str
    after: str
    file: int


class Synced(NamedTuple):
    """A folder was synced, or a file (by number) that had these bytes."""

    folder: str
    file: int = FOLDER
    content: bytes = b""


class Disk:
    """Notes what is done to the files below `root`; what lies there already is kept."""

    def __init__(self, root: Path) -> None:
        self.root, self.kill_at = root, -1  # before which event
        self.events: list[Named | Synced] = []
        every = [path for path in sorted(root.rglob("*")) if not path.is_symlink()]
        self._names = {str(path): FOLDER if path.is_dir() else number for number, path in enumerate(every)}
        self._first = {**self._names, str(root): FOLDER}
        self._content = {file: Path(path).read_bytes() for path, file in self._names.items() if file >= 0}
        self._open: dict[int, str] = {}

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Note from now on whatever Python does to names, and what it syncs."""
        moved, removed = self._note_moved, self._note_removed
        notes = {"rename": moved, "replace": moved, "unlink": removed, "remove": removed, "rmdir": removed}
        notes |= {"mkdir": self._note_folder, "open": self._note_open, "fsync": self._note_synced}
        for name, note in notes.items():
            monkeypatch.setattr(os, name, self._noting(getattr(os, name), note))
        monkeypatch.setattr(io, "open", self._noting(io.open, self._note_file))

    def _noting(self, real: Callable, note: Callable) -> Callable:
        def act(what: object, *arguments: object, dir_fd: int | None = None, **named: object) -> object:
            if len(self.events) == self.kill_at:
                raise Killed
            more = {} if dir_fd is None else {"dir_fd": dir_fd}
            answer = real(what, *arguments, **more, **named)
            place = self._open.get(what, "") if isinstance(what, int) else str(what)
            place = place if dir_fd is None else f"{self._open[dir_fd]}/{place}"
            if place.startswith(str(self.root)):
                note(place, answer, *arguments)
            return answer

        return act

    def _note_moved(self, place: str, _answer: None, target: str | Path, *_more: object) -> None:
        self._name(place, str(target), self._names[place])

    def _note_removed(self, place: str, *_more: object) -> None:
        self._name(place, "", self._names[place])

    def _note_folder(self, place: str, *_more: object) -> None:
        self._name("", place, FOLDER)

    def _note_open(self, place: str, handle: int, *_more: object) -> None:
        self._open[handle] = place

    def _note_file(self, place: str, file: io.IOBase, mode: str = "r", *_more: object) -> None:
        self._open[file.fileno()] = place
        if mode[0] != "r":
            assert place not in self._names, f"{place} is written into: readers would meet half a file"
            self._name("", place, len(self._first) + len(self.events))

    def _note_synced(self, place: str, *_more: object) -> None:
        file = self._names.get(place, FOLDER)
        self.events.append(Synced(place) if file == FOLDER else Synced("", file, Path(place).read_bytes()))

    def _name(self, before: str, after: str, file: int) -> None:
        self.events.append(Named(str(Path(after or before).parent), before, after, file))
        self._names.pop(before, None)
        if after:
            self._names[after] = file

    def names(self) -> set[str]:
        """Return all paths there should be now."""
        return set(self._names)

    def left(self, moment: int, luck: Luck) -> Left:
        """Return what is left when the power is cut before event `moment`."""
        names, content = dict(self._first), dict(self._content)
        for event in self._kept(self.events[:moment], luck):
            if isinstance(event, Synced):
                content[event.file] = event.content
            elif event.folder in names:  # nothing was moved into a folder that is not there
                if names.get(event.before) == event.file:
                    del names[event.before]
                if event.after:
                    names[event.after] = event.file
        return {path: None if file == FOLDER else content.get(file, b"") for path, file in names.items()}

    def _kept(self, events: list[Named | Synced], luck: Luck) -> list[Named | Synced]:
        unsynced: dict[str, list[int]] = {}
        kept = set()
        for number, event in enumerate(events):
            if isinstance(event, Named):
                unsynced.setdefault(event.folder, []).append(number)
            elif event.folder:
                kept.update(unsynced.pop(event.folder, []))
            else:
                kept.add(number)
        for numbers in unsynced.values():
            kept.update(luck(numbers))
        return [events[number] for number in sorted(kept)]


def lay(left: Left, root: Path) -> None:
    """Let there lie below `root` what is left, as far as a way leads to it."""
    shutil.rmtree(root)
    for path in sorted(left):  # a folder before what lies in it
        content, place = left[path], Path(path)
        if place != root and not place.parent.is_dir():
            continue
        if content is None:
            place.mkdir()
        else:
            place.write_bytes(content)
