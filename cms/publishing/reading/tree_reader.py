"""A reader's answer from the published tree: file, redirect, gone or not found, with everything HTTP asks."""

import time
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import quote

from django.utils.translation import gettext as _

from cms.media import playing
from cms.publishing.reading import addresses, conditions, leaving
from cms.publishing.reading.shelf import Shelf, StoredFile
from cms.publishing.reading.trees import Tree, Trees
from cms.publishing.reading_only import ALLOWED, refusal

_NOT_IN_304 = {"content-length", "content-type", "content-encoding", "content-disposition"}
_NOT_IN_ERRORS = {"etag", "last-modified", "accept-ranges"}


class Asked(Protocol):
    """The headers of a request, found by their name in lower case."""

    def get(self, key: str) -> str | None: ...


class Question(NamedTuple):
    """What a reader wants: `path` was percent-decoded once, `host` is a name without a port."""

    method: str
    host: str
    path: str
    query: str
    headers: Asked


class Answer(NamedTuple):
    """An answer that is ready to be sent: bytes, or the part `start` to `end` (exclusive) of a large file."""

    status: int
    headers: leaving.Headers
    body: bytes = b""
    file: StoredFile | None = None
    start: int = 0
    end: int = 0


class TreeReader:
    """Answers from the trees below `root`; whoever does more than read a file of theirs is refused."""

    def __init__(self, root: Path) -> None:
        self._trees = Trees(root)
        self._shelf = Shelf()

    def answer(self, asked: Question) -> Answer | None:
        """Return the answer; None when Django has to give it.

        That is so for a host without a tree, and for a stored file that is not published.
        """
        now = time.monotonic()
        tree = self._trees.of(asked.host, now)
        if tree is None:
            return None
        if answer := self._found(tree, asked, now):
            return answer
        # Nothing is there; or the release we believe in was just replaced by one where it is.
        self._trees.look_again(asked.host)
        newer = self._trees.of(asked.host, now)
        if newer and newer is not tree and (answer := self._found(newer, asked, now)):
            return answer
        if asked.path.startswith(addresses.STORED):
            return None
        return self._page(newer or tree, 404, asked)

    def _found(self, tree: Tree, asked: Question, now: float) -> Answer | None:
        path = asked.path
        rule = tree.rule_for(path, now)
        if rule and rule.status != HTTPStatus.GONE:
            return _redirect(rule.status, rule.target, asked)
        # A page that has come back lies there before the list of old addresses knows.
        if answer := self._lying(tree, asked):
            return (
                _as_gone(answer)
                if rule and rule.target == path and answer.status == HTTPStatus.OK
                else answer
            )
        return self._page(tree, HTTPStatus.GONE, asked) if rule else None

    def _lying(self, tree: Tree, asked: Question) -> Answer | None:
        path = asked.path
        if not addresses.may_be_file(path):
            return None
        is_folder = path.endswith("/")
        if file := self._find(tree, f"{path}index.html" if is_folder else path, asked):
            return _send(file, asked) if asked.method in ("GET", "HEAD") else _not_read(asked.method)
        if not is_folder and self._shelf.find(tree.folder, f"{path}/index.html", ()):
            return _redirect(HTTPStatus.MOVED_PERMANENTLY, f"{quote(path)}/", asked)
        return None

    def _find(self, tree: Tree, name: str, asked: Question) -> StoredFile | None:
        # A part is always one of the plain bytes.
        accept = "" if asked.headers.get("range") else asked.headers.get("accept-encoding") or ""
        return self._shelf.find(tree.folder, name, conditions.encodings(accept))

    def _page(self, tree: Tree, status: int, asked: Question) -> Answer:
        """Answer with the tree's own page for this status, or one sentence where the tree has none."""
        if file := self._find(tree, f"/{status}.html", asked):
            headers = [pair for pair in file.headers if pair[0] not in _NOT_IN_ERRORS]
            return _whole(file, status, [*headers, *leaving.for_other_sites(asked.path)])
        body = _("Halaman ini tidak ada.").encode()
        return Answer(status, _plain_headers(body), body)


def _plain_headers(body: bytes) -> leaving.Headers:
    return [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-length", str(len(body))),
        ("cache-control", leaving.REVALIDATE),
        *leaving.shared_headers(),
    ]


def _redirect(status: int, target: str, asked: Question) -> Answer:
    """Send the reader on, with what the address was asked with, unless the target says something itself."""
    address, hash_sign, place = target.partition("#")
    kept = f"?{asked.query}" if asked.query and "?" not in address else ""
    headers = [*_plain_headers(b""), *leaving.for_other_sites(asked.path)]
    return Answer(status, [("location", f"{address}{kept}{hash_sign}{place}"), *headers])


def _whole(file: StoredFile, status: int, headers: leaving.Headers) -> Answer:
    if file.body is None:
        return Answer(status, headers, file=file, end=file.size)
    return Answer(status, headers, file.body)


def _as_gone(notice: Answer) -> Answer:
    """Answer with a notice where something was, as what it is: 410."""
    headers = [pair for pair in notice.headers if pair[0] not in _NOT_IN_ERRORS]
    return notice._replace(status=HTTPStatus.GONE, headers=headers)


def _not_read(method: str) -> Answer:
    """Say what a file can be asked for, to whoever asks that or sends something to it."""
    if method == "OPTIONS":
        return Answer(HTTPStatus.NO_CONTENT, [("allow", ALLOWED), *leaving.shared_headers()])
    body = refusal().encode()
    return Answer(HTTPStatus.METHOD_NOT_ALLOWED, [("allow", ALLOWED), *_plain_headers(body)], body)


def _send(file: StoredFile, asked: Question) -> Answer:
    headers = asked.headers
    if conditions.has_it(file, headers.get("if-none-match"), headers.get("if-modified-since")):
        return Answer(304, [pair for pair in file.headers if pair[0] not in _NOT_IN_304])
    wanted = headers.get("range") if asked.method == "GET" else None
    if wanted and conditions.is_same(file, headers.get("if-range")):
        part = playing.wanted_part(wanted, file.size)
        if part:
            return _part(file, *part)
    return _whole(file, 200, file.headers)


def _part(file: StoredFile, first: int, last: int) -> Answer:
    """Answer with the bytes `first` to `last` (inclusive), or say that there are none."""
    headers = [pair for pair in file.headers if pair[0] != "content-length"]
    if first > last:
        return Answer(416, [*headers, ("content-range", f"bytes */{file.size}"), ("content-length", "0")])
    headers.append(("content-range", f"bytes {first}-{last}/{file.size}"))
    headers.append(("content-length", str(last - first + 1)))
    if file.body is None:
        return Answer(206, headers, file=file, start=first, end=last + 1)
    return Answer(206, headers, file.body[first : last + 1])
