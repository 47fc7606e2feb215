"""The published trees on disk: which release a host shows at this moment, and what it says of old addresses."""

import os
from pathlib import Path
from typing import NamedTuple

from cms.publishing.reading.rules import Rule, Rules, read_rules
from cms.publishing.reading.shelf import Stamp, stamp_of, status_of

# Seconds for which what was seen on disk is believed. Each look lets go of the interpreter's lock, and under load
# getting it back costs more than the rest of the answer; a reader does not notice a hundredth of a second.
MOMENT = 0.01


class Tree:
    """One release folder, and its `_redirects` as they stand on disk."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._stamp: Stamp | None = None
        self._rules = Rules()
        self._until = 0.0  # when to look again

    def rule_for(self, path: str, now: float) -> Rule | None:
        """Return what `_redirects` says of `path`; a list that changed counts after a MOMENT."""
        if now >= self._until:
            self._look(f"{self.folder}/_redirects")
            self._until = now + MOMENT
        return self._rules.find(path)

    def _look(self, path: str) -> None:
        status = status_of(path)
        stamp = stamp_of(status) if status else None
        if stamp != self._stamp:
            self._rules = read_rules(Path(path)) if stamp else Rules()
            self._stamp = stamp


class _Seen(NamedTuple):
    until: float  # when to look again
    target: str
    tree: Tree


class Trees:
    """The trees of all hosts below `root`, where each is a link to its release, or a plain folder."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._seen: dict[str, _Seen] = {}

    def of(self, host: str, now: float) -> Tree | None:
        """Return the tree that `host` shows, None without one; a link that was swapped counts after a MOMENT.

        A tree without a front page is one that is being published for the first time: nobody's site yet.
        """
        seen = self._seen.get(host)
        if seen and now < seen.until:
            return seen.tree
        place = f"{self._root}/{host}"
        if status_of(f"{place}/index.html") is None:
            return None
        try:
            target = os.readlink(place)  # noqa: PTH115 (asked at every look)
        except OSError:
            target = ""
        tree = seen.tree if seen and seen.target == target else Tree(os.path.realpath(place))
        self._seen[host] = _Seen(now + MOMENT, target, tree)
        return tree

    def look_again(self, host: str) -> None:
        """Believe nothing that was seen of `host` before."""
        self._seen.pop(host, None)
