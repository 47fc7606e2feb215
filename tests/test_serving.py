"""A reader asks the embedded server: files of the published tree, whatever else is running or not."""

import contextlib
import gzip
import os
import re
import socket
from pathlib import Path

import brotli
import pytest
from django.urls import URLPattern, get_resolver

from cms.publishing.reading import addresses
from cms.publishing.reading.conditions import encodings
from tests.serving import Served, serving, until

pytestmark = [pytest.mark.own_site, pytest.mark.django_db]

FILL = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from pathlib import Path
from django.conf import settings
from wagtail.models import PageViewRestriction, Site
from cms.accounts.models import User
from cms.moderation.approvals import Approval
from cms.moderation.putting_live import put_live
from cms.publishing.models import Publication
from home.models import StandardPage
from home.office import open_office

home = open_office(
    code="36", name="KPU Provinsi Banten", short_name="KPU Banten", level="provinsi", hostname="localhost"
)
closed = home.add_child(instance=StandardPage(title="Rapat tertutup", slug="rapat", live=False))
put_live(closed, Approval.Kind.STRUCTURE, clean=False)
PageViewRestriction.objects.create(page=closed, restriction_type="login")
person = User.objects.create_superuser("admin", "admin@kpu.example", "sandi-yang-panjang")
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[1]
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.save()
(settings.VAR_ROOT / "session").write_text(session.session_key)
# What tests lay down by hand would be healed or retired away every five minutes, were it nobody's.
for name in ("kab-lebak.localhost", "baru.localhost", "tukar.localhost"):
    Site.objects.create(hostname=name, port=80, root_page=home)
for site in Site.objects.all():
    Publication.objects.create(site_id=site.pk, hostname=site.hostname, is_paused=True)
"""
FRONT = "<title>Halaman depan</title>" + "isi " * 200
ARTICLE = "<title>Rapat pleno</title>" + "Rapat dibuka pukul sembilan. " * 200
ADDRESS = "/berita/2022/05/rapat-pleno/"
BIG = bytes(range(256)) * 4096  # 1 MiB: sent from disk, never kept
CAUGHT = "rahasia-di-luar-pohon"


@pytest.fixture(scope="module")
def site(tmp_path_factory, migrated_to):
    """A running installation whose office has published a few files."""
    folder = tmp_path_factory.mktemp("var")
    migrated_to(folder / "db.sqlite3")
    with serving(folder, FILL) as served:
        served.publish(
            {
                "index.html": FRONT,
                "404.html": "<title>Tidak ditemukan</title>" + "tidak ada " * 100,
                "410.html": "<title>Sudah ditarik</title>",
                "berita/2022/05/rapat-pleno/index.html": ARTICLE,
                "berita/2022/05/rapat-pleno/index.json": '{"title": "Rapat pleno"}',
                "berita/2022/05/rapat-pleno/tabel-1.csv": "kecamatan,suara\n",
                "feed.xml": "<feed/>",
                "sitemap.xml": "<urlset/>",
                "robots.txt": "User-agent: *\n",
                "static/site.0123456789ab.css": "body { color: black }\n" * 40,
                "media/gambar/1/foto.avif": b"\0\0\0\x1cftypavif",
                "media/film.mp4": BIG,
                "dokumen/7/jadwal.pdf": b"%PDF-1.7",
                "dokumen/8/suara.xlsx": b"PK",
                "_redirects": "/lama/ /tentang/ 301\n/luar/ https://kpu.example/ 301\n/ditarik/ /410.html 410\n"
                "/b%C3%A9/ /tentang/#tugas 301\n/jahat/ //evil.example/ 301\n"
                "/lama/index.json /tentang/index.json 301\n/ditarik/index.json /410.html 410\n"
                "/rubrik/usang/rss/ /feed.xml 301\n/rubrik/usang/* /rubrik/baru/:splat 301\n"
                "/topik/usang/* https://lebak.example/topik/usang/:splat 301\n/topik/hapus/* /410.html 410\n",
                "nginx-redirects.map": '"/lama/" "/tentang/";\n',
                "tentang/index.html": "<title>Tentang</title>",
                "lama/index.html": "<title>Pindah</title>",
                "kosong/isi/index.html": "<title>Isi</title>",
            }
        )
        (folder / CAUGHT).write_text(CAUGHT)
        (served.public / "localhost" / ".rahasia").write_text(CAUGHT)
        until(lambda: served.ask("/").body == FRONT.encode())  # what Django showed until now
        yield served


def is_from_django(answer) -> bool:
    """Whether Django gave it: its answers carry the id their line in the log has."""
    return "X-Request-ID" in answer.headers


def test_reader_gets_the_page_with_all_that_keeps_it_short(site: Served):
    answer = site.ask(ADDRESS)
    assert (answer.status, answer.body.decode()) == (200, ARTICLE)
    assert not is_from_django(answer)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer.headers["Content-Length"] == str(len(ARTICLE))
    assert re.fullmatch('"[0-9a-f]{32}"', answer.headers["ETag"])
    assert answer.headers["Last-Modified"].endswith(" GMT")
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Set-Cookie"] is None


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/", "text/html; charset=utf-8", "max-age=0, must-revalidate"),
        (f"{ADDRESS}index.json", "application/json", "max-age=0, must-revalidate"),
        (f"{ADDRESS}tabel-1.csv", "text/csv; charset=utf-8", "max-age=0, must-revalidate"),
        ("/feed.xml", "application/atom+xml; charset=utf-8", "max-age=0, must-revalidate"),
        ("/sitemap.xml", "application/xml; charset=utf-8", "max-age=0, must-revalidate"),
        ("/robots.txt", "text/plain; charset=utf-8", "max-age=0, must-revalidate"),
        ("/static/site.0123456789ab.css", "text/css; charset=utf-8", "max-age=31536000, immutable"),
        ("/media/gambar/1/foto.avif", "image/avif", "max-age=31536000, immutable"),
        ("/media/film.mp4", "video/mp4", "max-age=31536000, immutable"),
        ("/dokumen/7/jadwal.pdf", "application/pdf", "max-age=300"),
    ],
)
def test_browser_is_told_what_it_gets_and_how_long_it_may_keep_it(site: Served, path, kind, cache):
    answer = site.ask(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == f"public, {cache}"


def test_reader_sees_a_pdf_in_the_browser_and_saves_a_table(site: Served):
    assert site.ask("/dokumen/7/jadwal.pdf").headers["Content-Disposition"].startswith("inline")
    assert site.ask("/dokumen/8/suara.xlsx").headers["Content-Disposition"].startswith("attachment")


def test_app_of_another_site_may_read_the_twin_or_where_it_has_gone(site: Served):
    for path in (f"{ADDRESS}index.json", "/lama/index.json", "/ditarik/index.json"):
        assert site.ask(path).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in site.ask("/lama/").headers


def test_reader_finds_what_was_published_after_the_server_started(site: Served):
    assert site.ask("/berita/baru/").status == 404
    site.publish({"berita/baru/index.html": "<title>Baru</title>"})
    assert site.ask("/berita/baru/").body == b"<title>Baru</title>"
    site.publish({"berita/baru/index.html": "<title>Ralat</title>"})
    until(lambda: site.ask("/berita/baru/").body == b"<title>Ralat</title>")
    site.publish({}, ["berita/baru/index.html"])
    until(lambda: site.ask("/berita/baru/").status == 404)


def test_reader_who_has_the_page_is_told_so_in_a_few_bytes(site: Served):
    answer = site.ask(ADDRESS)
    tag, time = answer.headers["ETag"], answer.headers["Last-Modified"]
    for asked in ({"If_None_Match": tag}, {"If_None_Match": f'"x", W/{tag}'}, {"If_Modified_Since": time}):
        again = site.ask(ADDRESS, **asked)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert again.headers["Vary"] == "Accept-Encoding"
        assert again.headers["Content-Type"] is None


def test_reader_who_has_another_page_gets_this_one(site: Served):
    time = site.ask(ADDRESS).headers["Last-Modified"]
    for asked in (
        {"If_None_Match": '"x"'},
        {"If_None_Match": "nonsense"},
        {"If_None_Match": '"x"', "If_Modified_Since": time},  # the tag alone counts
        {"If_Modified_Since": "Wed, 25 May 2022 10:00:00 GMT"},
        {
            "If_Modified_Since": "Wed, 25 May 2095 10:00:00 GMT"
        },  # after a rollback the older file is the newer answer
        {"If_Modified_Since": "yesterday"},
    ):
        assert site.ask(ADDRESS, **asked).status == 200


def test_every_form_of_a_page_has_a_tag_of_its_own(site: Served):
    tags = {site.ask(ADDRESS, Accept_Encoding=wanted).headers["ETag"] for wanted in ("", "gzip", "br")}
    assert len(tags) == 3


@pytest.mark.parametrize("path", [ADDRESS, "/media/film.mp4", "/tidak-ada/", "/lama/", "/ditarik/"])
def test_head_tells_the_same_without_the_page(site: Served, path):
    full, head = site.ask(path), site.ask(path, "HEAD")
    assert (head.status, head.body) == (full.status, b"")
    told = {name: value for name, value in full.headers.items() if name != "date"}
    assert {name: value for name, value in head.headers.items() if name != "date"} == told
    assert head.headers["Content-Length"] == str(len(full.body))


@pytest.mark.parametrize(
    ("accepted", "given"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("gzip;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.1, gzip;q=0.5", "gzip"),
        ("gzip;q=nonsense", None),
        ("deflate, zstd", None),
        ("", None),
        ("x" * 5000 + ", br", None),  # nothing so long is remembered
    ],
)
def test_browser_gets_the_compressed_form_it_prefers(site: Served, accepted, given):
    answer = site.ask(ADDRESS, Accept_Encoding=accepted)
    assert answer.headers["Content-Encoding"] == given
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[given]
    assert unpack(answer.body).decode() == ARTICLE
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert encodings(accepted)[:1] == ((given,) if given else ())


def test_compressed_form_of_another_generation_is_not_served(site: Served):
    site.publish({"berita/lain/index.html": ARTICLE})
    variant = site.public / "localhost/berita/lain/index.html.br"
    variant.write_bytes(brotli.compress(b"sesuatu yang lama"))
    os.utime(variant, (1, 1))
    answer = site.ask("/berita/lain/", Accept_Encoding="br")
    assert (answer.headers["Content-Encoding"], answer.body.decode()) == (None, ARTICLE)
    assert site.ask("/berita/lain/", Accept_Encoding="br, gzip").headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/media/film.mp4", "/static/site.0123456789ab.css"])
def test_player_jumps_into_a_file(site: Served, path):
    whole = site.ask(path)
    size = len(whole.body)
    assert whole.headers["Accept-Ranges"] == "bytes"
    for wanted, part, told in (
        ("bytes=0-0", slice(0, 1), f"0-0/{size}"),
        ("Bytes=5-5", slice(5, 6), f"5-5/{size}"),  # names of units know no capitals
        ("bytes=100-299", slice(100, 300), f"100-299/{size}"),
        (f"bytes={size - 5}-", slice(size - 5, size), f"{size - 5}-{size - 1}/{size}"),
        ("bytes=-7", slice(size - 7, size), f"{size - 7}-{size - 1}/{size}"),
        (f"bytes=0-{size * 9}", slice(0, size), f"0-{size - 1}/{size}"),
        (f"bytes=-{size * 9}", slice(0, size), f"0-{size - 1}/{size}"),
    ):
        answer = site.ask(path, Range=wanted, Accept_Encoding="br")
        assert (answer.status, answer.body) == (206, whole.body[part])
        assert answer.headers["Content-Range"] == f"bytes {told}"
        assert answer.headers["Content-Encoding"] is None
        assert answer.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("wanted", [f"bytes={len(BIG)}-", f"bytes={len(BIG)}-{len(BIG) + 9}", "bytes=-0"])
def test_player_that_jumps_behind_the_end_is_told_the_size(site: Served, wanted):
    answer = site.ask("/media/film.mp4", Range=wanted)
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(BIG)}"


@pytest.mark.parametrize(
    "wanted",
    [
        "bytes=0-1,5-6",
        "bytes=5-2",
        "bytes=5-2x",
        "bytes=-",
        "bytes=abc",
        "bytes",
        "lines=1-2",
        f"bytes={'9' * 30}-",
    ],
)
def test_a_range_that_is_none_or_not_one_gets_the_whole_file(site: Served, wanted):
    answer = site.ask("/media/film.mp4", Range=wanted)
    assert (answer.status, answer.body) == (200, BIG)
    assert answer.headers["Content-Range"] is None


def test_player_continues_only_the_file_it_began(site: Served):
    whole = site.ask("/media/film.mp4")
    for same in (whole.headers["ETag"], whole.headers["Last-Modified"]):
        assert site.ask("/media/film.mp4", Range="bytes=0-9", If_Range=same).status == 206
    tag = whole.headers["ETag"]
    for other in ('"lain"', f"W/{tag}", "Wed, 25 May 2022 10:00:00 GMT", "kemarin"):
        answer = site.ask("/media/film.mp4", Range="bytes=0-9", If_Range=other)
        assert (answer.status, answer.body) == (200, BIG)
    assert site.ask("/media/film.mp4", Range="bytes=5-2", If_Range=tag).status == 200


def test_range_counts_for_get_alone(site: Served):
    assert site.ask("/media/film.mp4", "HEAD", Range="bytes=0-9").status == 200


def test_reader_of_a_large_file_gets_one_generation_of_it(site: Served):
    site.publish({"media/besar.mp4": BIG * 24})  # more than any buffer on the way takes
    with socket.create_connection(("127.0.0.1", site.port)) as slow:
        slow.sendall(b"GET /media/besar.mp4 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        received = slow.recv(100)
        site.publish({"media/besar.mp4": BIG[:600_000]})
        assert site.ask("/media/besar.mp4").body == BIG[:600_000]
        with slow.makefile("rb") as rest:
            received += rest.read()
    assert received.partition(b"\r\n\r\n")[2] == BIG * 24


def test_reader_who_leaves_in_the_middle_leaves_nothing_behind(site: Served):
    site.publish({"media/panjang.mp4": BIG * 16})
    for _reader in range(20):
        with socket.create_connection(("127.0.0.1", site.port)) as leaving:
            leaving.sendall(b"GET /media/panjang.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            leaving.recv(100)
    until(lambda: not open_files("panjang.mp4"))


def open_files(name: str) -> list[Path]:
    """The handles any process of this machine holds on files called so (where /proc tells)."""
    found = []
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            found += [handle] if handle.readlink().name == name else []
    return found


def test_reader_who_asks_for_nothing_there_is_gets_the_page_for_that(site: Served):
    for path in ("/tidak-ada/", "/berita/2022/05/tidak-ada/", "/tidak-ada.html", f"{ADDRESS}foto.jpg"):
        answer = site.ask(path, Accept_Encoding="gzip")
        assert answer.status == 404
        assert b"Tidak ditemukan" in gzip.decompress(answer.body)
        assert answer.headers["ETag"] is None
        assert not is_from_django(answer)


def test_page_of_a_status_is_never_a_page(site: Served):
    assert site.ask("/404.html").status == 404
    assert site.ask("/410.html").status == 404


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/lama/", "/tentang/"),
        ("/lama", "/tentang/"),
        ("/lama/?utm=surat&x=1", "/tentang/?utm=surat&x=1"),
        ("/luar/", "https://kpu.example/"),
        ("/b%C3%A9/", "/tentang/#tugas"),
        ("/b%c3%a9/?x=1", "/tentang/?x=1#tugas"),
        ("/tentang", "/tentang/"),
        ("/tentang?x=1", "/tentang/?x=1"),
        ("/lama/index.json", "/tentang/index.json"),
        ("/rubrik/usang/", "/rubrik/baru/"),
        ("/rubrik/usang", "/rubrik/baru/"),
        ("/rubrik/usang/arsip/2026/05/?utm=surat", "/rubrik/baru/arsip/2026/05/?utm=surat"),
        ("/rubrik/usang/feed.xml", "/rubrik/baru/feed.xml"),
        ("/rubrik/usang/rss/", "/feed.xml"),  # what is said of one address, before what is said of many
        ("/rubrik/usang/b%C3%A9/%3Fa%23b%0d%0aX:y", "/rubrik/baru/b%C3%A9/%3Fa%23b%0D%0AX%3Ay"),
        ("/topik/usang/arsip/", "https://lebak.example/topik/usang/arsip/"),
    ],
)
def test_reader_with_an_old_address_is_sent_on(site: Served, path, location):
    answer = site.ask(path)
    assert (answer.status, answer.headers["Location"]) == (301, location)


def test_nobody_is_sent_to_a_place_that_only_looks_like_ours(site: Served):
    assert site.ask("/jahat/").status == 404
    assert site.ask("//evil.example/tentang").status == 404


def test_reader_of_a_withdrawn_page_is_told_that_it_is_gone(site: Served):
    paths = (
        "/ditarik/",
        "/ditarik",
        "/ditarik/?x=1",
        "/ditarik/index.json",
        "/topik/hapus",
        "/topik/hapus/arsip/",
    )
    for path in paths:
        answer = site.ask(path)
        assert answer.status == 410
        assert b"Sudah ditarik" in answer.body


def test_list_that_only_begins_as_an_old_one_is_another(site: Served):
    for path in (
        "/rubrik/usangsekali/",
        "/rubrik/",
        f"/rubrik{'/a' * 4000}/",
        f"/rubrik/{'a' * 4000}/usang/",
    ):
        assert site.ask(path).status == 404


def test_reader_is_sent_on_as_soon_as_an_address_is_left(site: Served):
    rules = (site.public / "localhost/_redirects").read_text()
    site.publish({"_redirects": f"{rules}/baru-pindah/ /tentang/ 301\n"})
    until(lambda: site.ask("/baru-pindah/").status == 301)


OUTSIDE = [
    f"/../{CAUGHT}",
    f"/../../../{CAUGHT}",
    f"/%2e%2e/%2e%2e/%2e%2e/{CAUGHT}",
    f"/..%2f..%2f..%2f{CAUGHT}",
    f"/%2E%2E%2F%2E%2E%2F%2E%2E%2F{CAUGHT}",
    f"/berita/..%2f../../../../{CAUGHT}",
    f"/..\\..\\..\\{CAUGHT}",
    f"/..%5c..%5c..%5c{CAUGHT}",
    f"/%252e%252e/%252e%252e/%252e%252e/{CAUGHT}",
    f"/.%00./{CAUGHT}",
    f"/%c0%ae%c0%ae/%c0%ae%c0%ae/{CAUGHT}",
    "/.rahasia",
    "/%2erahasia",
    "/berita/../.rahasia",
    "/berita/%2e%2e/.rahasia",
    "/keluar.html",
    "/keluar/rahasia.html",
    "/_redirects",
    "/%5fredirects",
    "/_REDIRECTS",
    "/_headers",
    "/nginx-redirects.map",
    "/nginx-temporary.map",
    f"{ADDRESS}index.html.gz",
    f"{ADDRESS}index.html.br",
    f"{ADDRESS}index.html.BR",
    f"{ADDRESS}index.html/",
    f"{ADDRESS}index.html%00",
    "/kosong/",
    "/kosong",
    "/media/gambar/",
    "/berita/",
    "//",
    "/./",
    "/berita//2022/05/rapat-pleno/",
    f"/{'a' * 300}/",
    f"/{'a' * 5000}/",
    f"/{'a/' * 2000}",
]


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path[:40])
def test_nobody_gets_anything_but_the_published_files(site: Served, path):
    link = site.public / "localhost/keluar.html"
    if not link.is_symlink():
        (site.folder / "rahasia.html").write_text(CAUGHT)
        link.symlink_to(site.folder / "rahasia.html")
        (site.public / "localhost/keluar").symlink_to(site.folder)
    answer = site.ask(path)
    assert answer.status in (400, 404)
    assert CAUGHT.encode() not in answer.body
    assert b"Index of" not in answer.body


@pytest.mark.parametrize(
    "request_line",
    [b"GET /\0 HTTP/1.1", b"GET /a b HTTP/1.1", b"GET /\xff\xfe HTTP/1.1", b"GET ../.. HTTP/1.1"],
)
def test_a_request_that_is_none_is_refused(site: Served, request_line):
    answer = site.send(request_line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.status in (400, 404)


def test_server_answers_on_after_whatever_was_sent_to_it(site: Served):
    for noise in (b"\0\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"\x16\x03\x01", b"GET"):
        with socket.create_connection(("127.0.0.1", site.port)) as connection:
            connection.sendall(noise)
    assert site.ask(ADDRESS).status == 200


def test_each_host_has_a_tree_of_its_own(site: Served):
    site.publish({"index.html": "<title>Lebak</title>"}, host="kab-lebak.localhost")
    for name in ("kab-lebak.localhost", "KAB-LEBAK.localhost", "kab-lebak.localhost:8000"):
        assert site.ask("/", host=name).body == b"<title>Lebak</title>"
    assert site.ask(ADDRESS, host="kab-lebak.localhost").status == 404
    assert site.ask("/", host="localhost:8000").body == FRONT.encode()
    # Absolute form, as a proxy asks.
    asked = b"GET http://kab-lebak.localhost/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert site.send(asked).body == b"<title>Lebak</title>"


@pytest.mark.parametrize(
    "host",
    [
        "lain.example",
        "..",
        ".releases",
        ".releases/localhost/000001",
        "localhost/..",
        "",
        "a" * 300,
        "[::1",
        "%2e%2e",
    ],
)
def test_a_host_that_is_nobodys_gets_nothing_of_the_tree(site: Served, host):
    for path in ("/", "/index.html", "/localhost/"):
        answer = site.ask(path, host=host)
        assert answer.status in (400, 404)
        assert b"Halaman depan" not in answer.body


def test_a_request_without_a_host_gets_nothing_of_the_tree(site: Served):
    for answer in (site.send(b"GET / HTTP/1.0\r\n\r\n"), site.ask("/", host=None)):
        assert b"Halaman depan" not in answer.body


def test_a_host_whose_first_publication_is_under_way_is_not_half_a_site(site: Served):
    site.publish({"berita/satu/index.html": "<title>Satu</title>"}, host="baru.localhost")
    assert is_from_django(site.ask("/berita/satu/", host="baru.localhost"))
    site.publish({"index.html": "<title>Baru</title>"}, host="baru.localhost")
    assert site.ask("/berita/satu/", host="baru.localhost").body == b"<title>Satu</title>"


def test_visitor_of_the_bare_address_sees_the_site(site: Served):
    answer = site.ask("/", host=f"127.0.0.1:{site.port}")
    assert (answer.status, is_from_django(answer)) == (200, True)
    assert b"KPU Provinsi Banten" in answer.body


def test_reader_never_misses_a_page_while_the_office_is_built_anew(site: Served):
    def release(number: int) -> None:
        pages = {
            "index.html": "depan",
            f"hanya-{number}/index.html": "isi",
            "tetap/index.html": f"isi {number}",
        }
        before = site.release(pages, host="tukar.localhost")
        # A release that nobody is shown any more may go at once.
        for file in sorted(before.rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()

    for number in range(20):
        release(number)
        assert site.ask(f"/hanya-{number}/", host="tukar.localhost").status == 200
        assert site.ask("/tetap/", host="tukar.localhost").status == 200
    until(lambda: site.ask("/tetap/", host="tukar.localhost").body == b"isi 19")
    until(lambda: site.ask("/hanya-0/", host="tukar.localhost").status == 404)


FILES = (ADDRESS, f"{ADDRESS}index.json", "/media/film.mp4", "/dokumen/7/jadwal.pdf", "/robots.txt")
ALLOWED = "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", FILES)
def test_whoever_sends_something_to_a_file_is_told_that_it_can_only_be_read(site: Served, path):
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"):
        answer = site.ask(path, method)
        assert (answer.status, answer.headers["Allow"]) == (405, ALLOWED)
        assert answer.body.decode().startswith("Alamat ini hanya dapat dibaca")
        assert not is_from_django(answer)


@pytest.mark.parametrize("path", FILES)
def test_whoever_asks_what_can_be_asked_of_a_file_is_told_without_the_file(site: Served, path):
    answer = site.ask(path, "OPTIONS")
    assert (answer.status, answer.body, answer.headers["Allow"]) == (204, b"", ALLOWED)
    assert not is_from_django(answer)


def test_form_of_any_size_sent_to_a_page_is_answered_before_its_sender_gives_up(site: Served):
    body = b"x" * 30_000_000
    head = f"POST {ADDRESS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    assert site.send(head.encode() + body, "POST").status == 405


def test_nothing_can_be_sent_to_where_nothing_is(site: Served):
    assert [site.ask("/tidak-ada/", method).status for method in ("POST", "OPTIONS")] == [404, 404]
    assert site.ask("/ditarik/", "POST").status == 410


def test_what_takes_something_still_takes_it(site: Served):
    for path in ("/hitung/1/", "/admin/login/", "/_util/login/"):
        assert is_from_django(site.ask(path, "POST"))


def test_page_that_django_shows_is_only_read_too(site: Served):
    session = (site.folder / "session").read_text()
    for path, asked in (("/rapat/", {}), ("/tentang/", {"Cookie": f"sessionid={session}"}), ("/cari/", {})):
        until(lambda path=path, asked=asked: is_from_django(site.ask(path, "OPTIONS", **asked)))
        answer = site.ask(path, "OPTIONS", **asked)
        assert (answer.status, answer.body, answer.headers["Allow"]) == (204, b"", ALLOWED)
        answer = site.ask(path, "POST", **asked)
        assert (answer.status, answer.headers["Allow"]) == (405, ALLOWED)


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/cari/?q=rapat", "/hitung/1/", "/api/v2/", "/_util/login/"]
)
def test_what_lives_is_answered_live(site: Served, path):
    assert is_from_django(site.ask(path))


def test_every_live_door_is_known_to_the_server():
    for pattern in get_resolver().url_patterns:
        prefix = f"/{pattern.pattern}" if not isinstance(pattern, URLPattern) else ""
        if prefix.strip("/"):
            assert addresses.is_live(prefix) or prefix.startswith(addresses.STORED)


def test_stored_file_that_is_not_published_is_djangos_business(site: Served):
    for path in ("/dokumen/99/rahasia.pdf", "/media/gambar/9/x.avif", "/static/wagtailadmin/tidak-ada.css"):
        answer = site.ask(path)
        assert (answer.status, is_from_django(answer)) == (404, True)


def test_editor_with_a_session_sees_the_live_page_with_the_bar(site: Served):
    session = (site.folder / "session").read_text()
    answer = site.ask("/tentang/", Cookie=f"lain=1; sessionid={session}")
    assert (answer.status, is_from_django(answer)) == (200, True)
    assert b"wagtail-userbar" in answer.body
    assert not is_from_django(site.ask("/tentang/", Cookie="lain=1; xsessionid=1"))


def test_page_for_some_is_not_in_the_tree_and_still_answers_them(site: Served):
    until(lambda: is_from_django(site.ask("/rapat/")))
    for path in ("/rapat/", "/rapat/lampiran/"):
        assert is_from_django(site.ask(path))
    assert site.ask("/rapat/").status == 302
    assert not is_from_django(site.ask("/rapat-lain/"))
    session = (site.folder / "session").read_text()
    assert b"Rapat tertutup" in site.ask("/rapat/", Cookie=f"sessionid={session}").body


def test_every_public_page_answers_without_a_database(site: Served):
    session = (site.folder / "session").read_text()
    with site.without_database():
        assert site.ask("/admin/login/").status == 500
        for path in (
            "/",
            ADDRESS,
            f"{ADDRESS}index.json",
            "/static/site.0123456789ab.css",
            "/media/film.mp4",
        ):
            assert site.ask(path).status == 200
        assert site.ask("/tidak-ada/").status == 404
        assert site.ask("/lama/").status == 301
        assert site.ask("/ditarik/").status == 410
        # The editor loses the bar, not the page.
        assert site.ask(ADDRESS, Cookie=f"sessionid={session}").body.decode() == ARTICLE
        site.publish({"berita/tetap/index.html": "<title>Tetap</title>"})
        assert site.ask("/berita/tetap/").status == 200
    until(lambda: site.ask("/admin/login/").status == 200)
    until(lambda: is_from_django(site.ask("/rapat/")))
