"""A cache before the site forgets what has changed, and nothing else; one that fails is told again."""

import datetime as dt
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from tests.test_publishing import address

pytestmark = pytest.mark.django_db


class Cache(BaseHTTPRequestHandler):
    """A cache that forgets what it is told to, and says what it is told to say."""

    def __init__(self, told: list[str], answers: list[int], *arguments) -> None:
        self._told, self._answers = told, answers
        super().__init__(*arguments)

    def do_PURGE(self) -> None:
        """Forget one address."""
        self._told.append(f"http://{self.headers['host']}{self.path}")
        self.send_response(self._answers[0])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """The tests' output is not its place."""


@pytest.fixture
def answers() -> list[int]:
    """The status the cache answers with."""
    return [200]


@pytest.fixture
def forgotten(settings, answers):
    """The addresses the cache was told to forget."""
    told: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Cache, told, answers))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    settings.WAGTAILFRONTENDCACHE = {
        "default": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": f"http://127.0.0.1:{server.server_port}",
        }
    }
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


def test_reader_behind_a_cache_gets_a_new_article_at_every_address_that_shows_it(forgotten, site, write):
    write("Berita pertama")
    site.publish()
    forgotten.clear()
    article = write("Berita kedua")
    site.publish()
    host = "http://localhost:8000"
    assert {f"{host}{address(article)}", f"{host}/", f"{host}/berita/", f"{host}/feed.xml"} <= set(forgotten)
    assert f"{host}{address(article)}index.json" in forgotten
    assert not any("/static/" in url for url in forgotten)


def test_cache_forgets_an_article_that_was_withdrawn(forgotten, site, write):
    article, _other = write("Akan ditarik"), write("Tetap ada")
    site.publish()
    forgotten.clear()
    article.unpublish()
    site.publish()
    assert f"http://localhost:8000{address(article)}" in forgotten


@pytest.mark.parametrize("status", [403, 500])
def test_cache_that_fails_stops_nobody_and_is_told_again(forgotten, answers, site, write, status):
    answers[:] = [status]
    article = write("Berita pertama")
    site.publish()
    assert "Berita pertama" in site.page(address(article))
    assert len(forgotten) == 1  # one failure is enough to let it rest
    answers[:] = [200]
    site.publish(timezone.now() + dt.timedelta(minutes=10))
    assert f"http://localhost:8000{address(article)}" in forgotten


def test_cache_that_does_not_hold_an_address_is_told_once(forgotten, answers, site, write):
    answers[:] = [404]
    write("Berita pertama")
    site.publish()
    told = len(forgotten)
    site.publish(timezone.now() + dt.timedelta(minutes=10))
    assert told > 1
    assert len(forgotten) == told


def test_cache_that_is_away_stops_nobody(forgotten, settings, site, write):
    settings.WAGTAILFRONTENDCACHE["default"]["LOCATION"] = "http://127.0.0.1:1"
    article = write("Berita pertama")
    site.publish()
    assert "Berita pertama" in site.page(urlsplit(article.full_url).path)


def test_cache_forgets_nothing_while_the_bucket_behind_it_lags(forgotten, settings, site, write):
    settings.PUBLIC_BUCKET = {
        "endpoint_url": "http://127.0.0.1:1",
        "bucket_name": "warta",
        "access_key": "kunci",
        "secret_key": "sandi",
        "region_name": "us-east-1",
    }
    write("Berita pertama")
    site.publish()
    assert forgotten == []
