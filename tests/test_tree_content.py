"""What lies in the trees of a newsroom: what Django answers, links that lead somewhere, nothing of a draft."""

import datetime as dt
import gzip
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import brotli
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.media import processing
from cms.media.models import Document, Image
from cms.publishing import epoch, publisher, recording
from cms.publishing.models import Failure, Publication
from cms.publishing.reading.addresses import is_live
from cms.publishing.trees.local import LocalTree
from home.models import StandardPage
from news.models import NewsArticlePage, NewsIndexPage
from tests import uploads
from tests.plain import plain_settings

LINKS = {"href", "src", "srcset", "poster", "action", "data-src"}
STATES = ("naskah", "terjadwal", "kedaluwarsa", "tertutup", "ditarik", "suntingan", "cabang")


@pytest.fixture(scope="module")
def _trees(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """Load the demo and hide things in it, publish, all once, inside a transaction that the module's end takes back."""
    root = tmp_path_factory.mktemp("trees")
    with django_db_blocker.unblock(), transaction.atomic():
        # The demo's pictures wait for a worker there is none of: three are made here.
        with override_settings(**{**plain_settings(root), "TASKS": settings.TASKS}):
            call_command("demo")
            for image in Image.objects.order_by("pk")[:3]:
                processing.process(image.pk)
            hidden = [
                hide(state, index) for index in NewsIndexPage.objects.order_by("pk")[:2] for state in STATES
            ]
            leave_addresses()
            list(publisher.publish_pending())
            for page in hidden:
                withdraw(page)
            list(publisher.publish_pending())
            assert not Failure.objects.exists()
        yield root
        transaction.set_rollback(True)
    epoch.forget()


@pytest.fixture
def trees(_trees, db, settings) -> Path:
    """The published trees of the demo, by host."""
    settings.MEDIA_ROOT, settings.PUBLIC_ROOT = _trees / "media", _trees / "public"
    epoch.forget()
    return _trees / "public"


def hide(state: str, index: NewsIndexPage) -> NewsArticlePage:
    """Write an article that says `kanari` everywhere and is, or soon will be, nobody's to read."""
    word = f"kanari{state}"
    image = Image(title=f"{word} gambar", description=f"{word} alternatif", credit=f"{word} kredit")
    image.file = ContentFile(uploads.photograph(90 + len(state), 60), name=f"{word}.jpg")
    image.save()
    processing.process(image.pk)
    file = ContentFile(uploads.pdf(len(state)), name=f"{word}.pdf")
    document = Document.objects.create(title=f"{word} lampiran", official_number=word, file=file)
    was_public = state in (
        "kedaluwarsa",
        "ditarik",
        "cabang",
    )  # an address that was public may be called gone
    page = NewsArticlePage(
        title=f"{word} judul",
        slug=f"berita-{state}" if was_public else word,
        lead=f"{word} teras",
        author_unit=f"{word} unit",
        section=NewsArticlePage.objects.exclude(section=None)
        .filter(path__startswith=index.path)
        .first()
        .section,
        hero_image=image,
        hero_alt=f"{word} foto",
        body=[("paragraph", f"<p>{word} isi</p>"), ("documents", {"items": [document]})],
        attachments=[("document", document)],
        live=state not in ("naskah", "terjadwal"),
    )
    if state == "suntingan":
        page.title = page.lead = page.author_unit = page.hero_alt = "Yang terbit"
        page.slug, page.hero_image, page.body, page.attachments = "yang-terbit", None, [], []
    index.add_child(instance=page)
    page.tags.add(f"{word} tagar")
    if page.live and state != "suntingan":
        page.save()
    return page


def withdraw(page: NewsArticlePage) -> None:
    """Bring a page into the state its words name."""
    state = page.slug.removeprefix("kanari").removeprefix("berita-")
    if state == "terjadwal":
        page.go_live_at = timezone.now() + dt.timedelta(days=1)
        page.save_revision().publish()
    elif state == "kedaluwarsa":
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
        call_command("publish_scheduled", verbosity=0)
    elif state == "tertutup":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif state == "ditarik":
        page.unpublish()
    elif state == "yang-terbit":
        page.title = page.lead = "kanarisuntingan"
        page.body = [("paragraph", "<p>kanarisuntingan</p>")]
        page.save_revision()
    elif state == "cabang":
        branch = page.get_parent().get_parent().add_child(instance=StandardPage(title="Ruang", slug="ruang"))
        PageViewRestriction.objects.create(page=branch, restriction_type="password", password="kanarisandi")
        branch.add_child(
            instance=StandardPage(title="kanaricabang", slug="kanaricabang", lead="kanaricabang")
        )
        page.delete()


def leave_addresses() -> None:
    """Let a page have moved, and one be gone."""
    moved, gone = NewsArticlePage.objects.live().order_by("pk")[:2]
    moved.slug = "alamat-baru"
    moved.save(clean=False)
    gone.unpublish()


def hosts() -> dict[str, Site]:
    return {site.hostname: site for site in Site.objects.order_by("pk")}


def files(trees: Path, host: str) -> dict[str, bytes]:
    """Return every file of a tree, compressed forms under their own names."""
    folder = (trees / host).resolve()
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items())}


# Drafts


def plain(name: str, content: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.decompress(content)
    return brotli.decompress(content) if name.endswith(".br") else content


def test_no_reader_finds_what_is_not_for_readers(trees):
    found = {
        f"{host}/{name}"
        for host in hosts()
        for name, content in files(trees, host).items()
        if b"kanari" in name.encode().lower() + plain(name, content).lower()
    }
    assert found == set()
    assert any("yang-terbit" in name for host in hosts() for name in files(trees, host))


# Links


class Links(HTMLParser):
    """Collects the addresses a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take addresses from attributes."""
        for name, value in attrs:
            if name == "srcset" and value:
                self.found |= {part.split()[0] for part in value.split(",") if part.split()}
            elif name in LINKS and value:
                self.found.add(value)


def links_of_html(text: str) -> set[str]:
    parser = Links()
    parser.feed(text)
    return parser.found


def links_of_xml(text: str) -> set[str]:
    locations = {part.split("</loc>")[0] for part in text.split("<loc>")[1:]}
    return {part.split('"')[0] for part in text.split('href="')[1:]} | locations


def links_of_json(value: object, key: str = "") -> set[str]:
    if isinstance(value, dict):
        return set().union(*(links_of_json(part, name) for name, part in value.items()), set())
    if isinstance(value, list):
        return set().union(*(links_of_json(part, key) for part in value), set())
    if not isinstance(value, str):
        return set()
    if "html" in key:
        return links_of_html(value)
    return {value} if key in ("url", "src", "csv") or key.endswith("_url") else set()


def links_of(name: str, content: bytes) -> set[str]:
    if name.endswith(".html"):
        return links_of_html(content.decode())
    if name.endswith(".xml"):
        return links_of_xml(content.decode())
    return links_of_json(json.loads(content)) if name.endswith(".json") else set()


def test_every_link_leads_to_a_file_or_a_live_door(trees):
    there = {host: files(trees, host).keys() for host in hosts()}
    dangling = set()
    for host, site in hosts().items():
        for name, content in files(trees, host).items():
            for link in links_of(name, content):
                parts = urlsplit(urljoin(f"{site.root_url}/{name.removesuffix('index.html')}", link))
                if (
                    parts.scheme not in ("http", "https")
                    or parts.hostname not in there
                    or is_live(parts.path)
                ):
                    continue
                path = unquote(parts.path).lstrip("/")
                path = f"{path}index.html" if path == "" or path.endswith("/") else path
                if path not in there[parts.hostname]:
                    dangling.add((host, name, link))
    assert dangling == set()


# What Django answers


FOR_SERVERS = ("_redirects", "nginx-redirects.map", "nginx-temporary.map")
STORED = ("static/", "media/", "dokumen/")


def test_every_file_is_what_django_answers_live(trees):
    different = {}
    for publication in Publication.objects.all():
        with recording.as_of(publication.as_of):
            different |= different_answers(publication.hostname)
    assert different == {}


def different_answers(host: str) -> dict[str, tuple[int, int]]:
    """Return the addresses at which Django does not answer what lies in the tree of `host`."""
    tree, client = LocalTree(host), Client(headers={"host": host})
    led = dict(line.split()[:2] for line in (tree.read("_redirects") or b"").decode().splitlines())
    gone = [path for path, target in led.items() if target == "/410.html"]
    names = sorted(
        name for name, _size in tree.paths() if name not in FOR_SERVERS and not name.startswith(STORED)
    )
    assert len(names) > 40
    found = {}
    for name in names:
        content, status, address = tree.read(name), 200, f"/{name.removesuffix('index.html')}"
        if name == "404.html":
            status, address = 404, "/berita/tidak-ada/"
        elif name == "410.html":
            status, address = 410, gone[0] if gone else ""
        elif address in led:
            status = 301
        answer = client.get(address) if address else None
        if answer and (answer.status_code != status or content != (answer.content or content)):
            found[f"{host}/{name}"] = (answer.status_code, status)
        if status == 301 and answer["Location"] != led[address]:
            found[f"{host}/{name}"] = answer["Location"]
    return found
