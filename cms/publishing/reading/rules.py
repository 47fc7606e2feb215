"""What `_redirects` says of old addresses: those of its lines that mean something to us."""

from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from cms.publishing.for_servers import BELOW, REST

MOVED = (301, 302, 307, 308)


class Rule(NamedTuple):
    """What happens at an old address: moved to `target`, or gone (410)."""

    status: int
    target: str


class Rules:
    """The rules of one list: for single addresses, and for all that begin as one does."""

    def __init__(self) -> None:
        self._single: dict[str, Rule] = {}
        self._below: dict[str, Rule] = {}
        self._longest = 0  # characters of an address in `_below`

    def add(self, old: str, rule: Rule) -> None:
        """Let `rule` hold at an address, or for all that begins with it if it ends so."""
        if not old.endswith(f"/{BELOW}"):
            self._single.setdefault(old, rule)
            return
        above = old.removesuffix(BELOW)
        self._below.setdefault(above, rule)
        self._longest = max(self._longest, len(above))

    def find(self, path: str) -> Rule | None:
        """Return the rule for `path`, with or without its last slash; its target says where exactly that leads."""
        rule = self._single.get(path) or self._single.get(f"{path}/")
        return rule or (self._find_below(path) if self._below else None)

    def _find_below(self, path: str) -> Rule | None:
        head = f"{path}/"[: self._longest]  # the path may be as long as a request may
        end = head.find("/", 1) + 1
        while end:
            if rule := self._below.get(head[:end]):
                return Rule(rule.status, rule.target.replace(REST, quote(path[end:])))
            end = head.find("/", end) + 1
        return None


def read_rules(file: Path) -> Rules:
    """Read lines `/old/ /new/ 301`, `/old/* /new/:splat 301` and `/old/ /410.html 410`; others say nothing to us."""
    rules = Rules()
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:  # taken away just now
        return rules
    for line in text.splitlines():
        parts = line.split()
        if len(parts) != 3 or not parts[0].startswith("/") or not parts[2].isdecimal():
            continue
        old, target, status = unquote(parts[0]), quote(parts[1], safe="/:?#[]@!$&'()*+,;=%~"), int(parts[2])
        if status == HTTPStatus.GONE or (status in MOVED and _is_address(target)):
            rules.add(old, Rule(status, target))
    return rules


def _is_address(target: str) -> bool:
    return target.startswith(("https://", "http://")) or (target[:1] == "/" and target[:2] != "//")
