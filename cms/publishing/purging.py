"""Telling caches before the site (Varnish, Squid, nginx, Cloudflare, CloudFront) which addresses look different now."""

import logging
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import quote

import structlog
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.contrib.frontend_cache.utils import get_backends
from wagtail.models import Site

from cms.publishing import owing
from cms.publishing.many_rows import in_chunks
from cms.publishing.owing import To

logger = structlog.get_logger(__name__)
_FILES = 300  # of a slice: the office is held meanwhile
_TOGETHER = 10  # files whose addresses a service takes in one request (Cloudflare: 30 addresses)
_TIMEOUT = 5.0  # seconds
_NOT_KNOWN = {404, 412}  # what caches say of an address they do not hold: nothing to forget there


def purge(site: Site) -> bool:
    """Let caches forget one slice of what has changed; False if one of them failed, and the rest waits.

    The caller holds the office's lock.
    """
    backends = [each for each in get_backends().values() if each.invalidates_hostname(site.hostname)]
    rows = list(owing.waiting(site.pk, To.CACHE)[:_FILES])
    for part in in_chunks(rows, min(map(_size, backends), default=_FILES)):
        urls = [url for row in part for url in addresses(site.root_url, row.path)]
        if not all(_has_forgotten(backend, urls) for backend in backends):
            return False
        owing.settle(part)
    logger.info("caches_purged", host=site.hostname, files=len(rows))
    return True


def addresses(root_url: str, path: str) -> list[str]:
    """Return the addresses readers may ask the file `path` at: `berita/index.html` is `/berita/` too."""
    url = f"{root_url}/{quote(path)}"
    return [url, url.removesuffix("index.html")] if f"/{path}".endswith("/index.html") else [url]


def _size(backend: BaseBackend) -> int:
    """Return how many files are told at once; one, where Wagtail would ask one by one in any case."""
    return 1 if type(backend).purge_batch is BaseBackend.purge_batch else _TOGETHER


def _has_forgotten(backend: BaseBackend, urls: list[str]) -> bool:
    try:
        with _patience(), _failures() as failures:
            backend.purge_batch(urls)
    except Exception:
        logger.exception("purge_failed", backend=type(backend).__name__, first=urls[0])
        return False
    if failures:
        logger.warning("purge_failed", backend=type(backend).__name__, first=urls[0], reason=failures[0])
    return not failures


@contextmanager
def _patience() -> Generator[None]:
    """Give up on a cache that does not answer: Wagtail's HTTP backend sets no limit of its own."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_TIMEOUT)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


class _Listener(logging.Handler):
    """Hears what fails in this thread: Wagtail's backends log it and raise nothing."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is a failure."""
        arguments = record.args if isinstance(record.args, tuple) else ()
        if record.thread == self._thread and not _NOT_KNOWN.intersection(arguments[1:2]):
            self.heard.append(record.getMessage())


@contextmanager
def _failures() -> Generator[list[str]]:
    listener = _Listener()
    root = logging.getLogger()
    root.addHandler(listener)
    try:
        yield listener.heard
    finally:
        root.removeHandler(listener)
