"""Whenever the power is cut, readers have afterwards all of a batch or nothing of it: all, once it was promised."""

from pathlib import Path
from random import Random

import pytest

from cms.publishing.outputs import File, Stage
from cms.publishing.trees import journal
from cms.publishing.trees.local import LocalTree
from tests.powercut import Disk, Killed, Left, Luck, lay

pytestmark = pytest.mark.proof
HOST = "localhost"


def text(word: str, times: int = 100) -> bytes:
    return f"{word} ".encode() * times


FIRST = {
    "index.html": text("depan"),
    "berita/a/index.html": text("a"),
    "berita/pendek/index.html": text("panjang"),
    "berita/ditarik/index.html": text("ditarik"),
    "gambar/lama.jpg": b"lama",
}
CHANGED = {
    "gambar/baru.jpg": (b"baru", Stage.FILE),
    "berita/a/index.html": (text("lain"), Stage.PAGE),
    "berita/pendek/index.html": (text("pendek", 3), Stage.PAGE),  # its compressed forms have to go
    "berita/2026/baru/index.html": (text("baru"), Stage.PAGE),  # in a folder of a folder that is new
    "index.html": (text("depan baru"), Stage.LIST),
}
REMOVED = ["berita/ditarik/index.html", "gambar/lama.jpg"]


def by_chance(seed: int) -> Luck:
    """Keep some, the same in every run."""
    chance = Random(seed)  # noqa: S311
    return lambda done: chance.sample(done, chance.randint(0, len(done)))


LUCK: dict[str, Luck] = {
    "what was not synced is lost": lambda done: [],
    "names are kept, bytes are lost": lambda done: done,
    **{f"chance {number}": by_chance(number) for number in range(3)},
}


def shown() -> dict[str, bytes]:
    """All that a reader can ask for, with its compressed forms."""
    folder = LocalTree(HOST).link.resolve()
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def batch() -> None:
    """Change, add and remove files as one batch does."""
    tree = LocalTree(HOST)
    for path, (content, stage) in CHANGED.items():
        tree.stage(File(path, content), stage)
    tree.commit(REMOVED)
    tree.settle()


def undo() -> None:
    """Let all be as it was at first."""
    tree = LocalTree(HOST)
    for path, content in FIRST.items():
        tree.stage(File(path, content), Stage.PAGE)
    tree.commit(sorted(CHANGED.keys() - FIRST.keys()))
    tree.settle()


@pytest.fixture
def disk(settings) -> Disk:
    """A disk on which the first files lie."""
    undo()
    return Disk(Path(settings.PUBLIC_ROOT) / ".releases")


def promises(disk: Disk) -> list[int]:
    """Before which events a batch had been promised: its journal is on the disk, and its folder was synced, too."""
    named = f"/{journal.NAME}"
    return [
        number + 2 for number, event in enumerate(disk.events) if getattr(event, "after", "").endswith(named)
    ]


class Restarts:
    """What readers see when a publisher has started again: the same whenever the same is left."""

    def __init__(self) -> None:
        self._shown: dict[frozenset, dict[str, bytes]] = {}

    def wrong(self, disk: Disk, moments: range, *allowed: dict[str, bytes]) -> list[str]:
        """Return at which cuts readers see anything else than one of `allowed`."""
        return [
            f"before {disk.events[moment : moment + 1]}: {name}"
            for moment in moments
            for name, luck in LUCK.items()
            if self._after(disk.left(moment, luck), disk.root) not in allowed
        ]

    def _after(self, left: Left, root: Path) -> dict[str, bytes]:
        key = frozenset(left.items())
        if key not in self._shown:
            lay(left, root)
            LocalTree(HOST).recover()
            self._shown[key] = shown()
        return self._shown[key]


def test_reader_has_all_of_a_batch_or_nothing_whenever_the_power_is_cut(disk, monkeypatch):
    before = shown()
    with monkeypatch.context() as patch:
        disk.watch(patch)
        batch()
        after, end = shown(), len(disk.events)
        undo()
    assert shown() == before
    assert {str(path) for path in disk.root.rglob("*")} == disk.names(), "something was done unseen"
    restarts, (one, other) = Restarts(), promises(disk)
    assert restarts.wrong(disk, range(one), before, after) == []
    assert restarts.wrong(disk, range(one, end), after) == []
    assert restarts.wrong(disk, range(end, other), after, before) == []
    assert restarts.wrong(disk, range(other, len(disk.events) + 1), before) == []


def test_reader_has_all_of_a_batch_whose_publisher_was_killed_before_the_power_was_cut(disk, monkeypatch):
    first = disk.left(0, LUCK["what was not synced is lost"])
    with monkeypatch.context() as patch:
        disk.watch(patch)
        batch()
    after, restarts = shown(), Restarts()
    (promised,) = promises(disk)
    for kill_at in range(promised, len(disk.events)):
        lay(first, disk.root)
        again = Disk(disk.root)
        with monkeypatch.context() as patch:
            again.watch(patch)
            again.kill_at = kill_at
            with pytest.raises(Killed):
                batch()
            again.kill_at = -1
            LocalTree(HOST).recover()
        last = len(again.events)
        assert restarts.wrong(again, range(last - 3, last + 1), after) == []  # when the journal goes
