"""A reader who looks at everything: every file whole, every link leads somewhere, nothing published is missing."""

import gzip
import json
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import brotli

from cms.publishing.reading.addresses import is_live
from cms.publishing.reading.tree_reader import Question, TreeReader

_IN_PAGE = re.compile(r'(?:href|src)="(?:https?://localhost:8000)?(/[^"#?]*)')
_IN_DATA = re.compile(r"https?://localhost:8000(/[^\"#?<\s]*)")
_UNPACK = {".gz": gzip.decompress, ".br": brotli.decompress}
ROOTS = ("/", "/berita/", "/feed.xml", "/sitemap.xml", "/robots.txt")


class Reader:
    """Asks as a browser asks the embedded server, and knows what it has seen in this round."""

    def __init__(self, root: Path, host: str = "localhost") -> None:
        self.folder = root / host
        self._host = host
        self._server = TreeReader(root)

    def get(self, path: str) -> tuple[int, str, bytes]:
        """Return status, target of a redirect, and body; 200 for what Django answers."""
        answer = self._server.answer(Question("GET", self._host, unquote(path), "", {}))
        if answer is None:
            return 404, "", b""
        body = answer.body or (Path(answer.file.path).read_bytes() if answer.file else b"")
        return answer.status, dict(answer.headers).get("location", ""), body

    def leads_somewhere(self, path: str) -> bool:
        """Whether a reader who follows a link to `path` reads something there."""
        for _step in range(4):
            if is_live(path):
                return True
            status, target, _body = self.get(path)
            if status not in (301, 302):
                return status == 200
            path = urlsplit(target).path
        return False

    def is_read_whole(self, path: str) -> bool:
        """Whether a reader of a page gets it, or is sent to it, to its last byte."""
        status, target, body = self.get(path)
        if status == 301:
            return self.is_read_whole(urlsplit(target).path)
        return status == 200 and body.rstrip().endswith(b"</html>")

    def crawl(self, roots: Iterable[str] = ROOTS) -> list[str]:
        """Follow every link from the front page, feeds and site maps; return the links that lead nowhere."""
        broken, rest, seen = [], [(path, path) for path in roots], set(roots)
        while rest:
            path, source = rest.pop()
            status, target, body = self.get(path)
            if status in (301, 302):
                found = {urlsplit(target).path}
            elif status == 200:
                found = links(path, body)
            else:
                # Who reads on while others publish may hold an older page: what does it name now?
                if path in links(source, self.get(source)[2]) and not self.leads_somewhere(path):
                    broken.append(f"{path} named by {source}")
                continue
            new = {each for each in found - seen if not is_live(each)}
            seen |= new
            rest += [(each, path) for each in new]
        return broken

    def damaged(self) -> list[str]:
        """Return the files that are not whole, with the compressed forms the server would send."""
        folder = self.folder.resolve()
        return [
            str(path.relative_to(folder))
            for path in folder.rglob("*")
            if path.is_file() and not (is_whole(path) and is_fitting(path))
        ]

    def complaints(self, published: Iterable[str], gone: Iterable[str] = ()) -> list[str]:
        """Return in words everything a reader would find wrong; `gone` must be read nowhere."""
        return [
            *(f"damaged: {path}" for path in self.damaged()),
            *(f"dangling: {path}" for path in self.crawl()),
            *(f"missing: {path}" for path in published if not self.leads_somewhere(path)),
            *(f"still there: {path}" for path in gone if self.get(path)[0] == 200),
        ]


def links(path: str, body: bytes) -> set[str]:
    """Return the addresses of this site a file names."""
    if path.endswith(("/", ".html")):
        return set(_IN_PAGE.findall(body.decode()))
    if path.endswith((".xml", ".json", ".txt")):
        return set(_IN_DATA.findall(body.decode()))
    return set()


def is_whole(path: Path) -> bool:
    """Whether a file is all there."""
    content = path.read_bytes()
    try:
        match path.suffix:
            case ".html":
                return content.rstrip().endswith(b"</html>")
            case ".json":
                return json.loads(content) is not None
            case ".xml":
                return ElementTree.fromstring(content) is not None  # noqa: S314 (our own)
    except (ValueError, ElementTree.ParseError):
        return False
    return True


def is_fitting(path: Path) -> bool:
    """Whether a compressed form says what its file says, or is one the server passes over."""
    plain = path.with_suffix("")
    if path.suffix not in _UNPACK or not plain.is_file():
        return True
    if path.stat().st_mtime_ns != plain.stat().st_mtime_ns:
        return True
    return _UNPACK[path.suffix](path.read_bytes()) == plain.read_bytes()
