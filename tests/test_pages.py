"""What a reader meets on the public pages, and what machines and editors read out of them."""

import datetime as dt
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils.html import escape
from wagtail.models import PageViewRestriction

from cms.media.models import Document
from cms.publishing import epoch
from home.models import HomePage, StandardPage
from news import listing
from news.models import Correction, NewsArticlePage, Section, Topic

SEED = json.loads((Path(__file__).parent / "data" / "naskah_asal.json").read_text(encoding="utf-8"))
PUBLISHED = dt.datetime(2022, 5, 25, 13, 5, tzinfo=dt.UTC)


class Page(HTMLParser):
    """A page as its reader's browser takes it apart: elements with attributes, and the words inside them."""

    VOID = {"meta", "link", "img", "input", "br", "source"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[tuple[str, int]] = []
        self._words: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._words.append([])
        if tag not in self.VOID:
            self._open.append((tag, len(self.elements) - 1))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for _tag, place in self._open:
            self._words[place].append(data)

    def texts(self, tag: str, css_class: str = "") -> list[str]:
        """Return the words of each such element, white space as a browser shows it."""
        return [
            " ".join("".join(words).split())
            for (name, attrs), words in zip(self.elements, self._words, strict=True)
            if name == tag and (not css_class or css_class in (attrs.get("class") or "").split())
        ]

    def values(self, tag: str, attribute: str, **having: str) -> list[str]:
        """Return one attribute of each such element."""
        return [
            attrs[attribute] or ""
            for name, attrs in self.elements
            if name == tag and attribute in attrs and having.items() <= attrs.items()
        ]


@pytest.fixture
def read(client):
    """Open an address as a reader: `read("/berita/")` returns the page taken apart."""

    def _read(address: str, status: int = 200) -> Page:
        answer = client.get(address)
        assert answer.status_code == status
        return Page(answer.content.decode())

    return _read


@pytest.fixture
def seed(write) -> NewsArticlePage:
    """The office's real article, as its importer brings it: no lead, no unit, its own printed dateline."""
    moment = dt.datetime(2022, 3, 25, 5, 0, tzinfo=dt.UTC)
    page = write(
        SEED["title"],
        slug=SEED["slug"],
        body=[("paragraph", f"<p>{escape(text)}</p>") for text in SEED["paragraphs"]],
        event_date=moment.date(),
        printed_dateline=SEED["dateline"],
        has_end_mark=True,
        published_at=moment,
        first_published_at=moment,
        legacy_view_count=33,
    )
    NewsArticlePage.objects.filter(pk=page.pk).update(lead="", author_unit="")
    return page


def test_reader_finds_the_imported_article_byte_for_byte(read, seed):
    page = read(seed.url)
    article = page.html[page.html.index("<article") : page.html.index("</article>")]
    shown = Page(re.sub(r"</?(?:span|strong)[^>]*>", "", article[article.index('class="body"') - 5 :]))
    text = [
        page.texts("a", "label")[0],
        page.texts("h1")[0],
        *shown.texts("p")[: len(SEED["paragraphs"])],
        page.texts("h2")[0],
        page.texts("p", "views")[0],
    ]
    assert "\n\n".join(text) == SEED["printed"]


def test_dateline_runs_straight_into_the_first_sentence(read, seed):
    assert (
        '<p><span class="dateline">KPU BANTEN - Rabu, 25 Maret 2022 - </span>Ketua KPU Republik Indonesia,'
        in read(seed.url).html
    )


def test_dateline_and_end_mark_stand_alone_where_no_paragraph_takes_them(read, write):
    page = write(
        "Hasil Pleno",
        body=[("heading", {"text": "Hasil <pleno>", "level": "2"})],
        event_date=dt.date(2022, 5, 25),
        dateline_place="<SERANG>",
        has_end_mark=True,
    )
    html = read(page.url).html
    assert '<p class="dateline-alone">&lt;SERANG&gt; - Rabu, 25 Mei 2022</p>' in html
    assert '<p><span class="end-mark" aria-hidden="true">***</span></p>' in html


def test_dateline_waits_for_the_first_paragraph_of_the_text(read, write):
    page = write(
        "Tanya Jawab Pemutakhiran",
        body=[
            ("callout", {"style": "info", "title": "Ringkasnya", "text": "<p>Cek nama Anda.</p>"}),
            ("heading", {"text": "Siapa yang didata", "level": "2"}),
            ("paragraph", "<ul><li>Warga Banten</li></ul><p>Semua warga yang berumur 17 tahun.</p>"),
            ("paragraph", "<p>Petugas datang ke rumah.</p>"),
        ],
        event_date=dt.date(2022, 5, 25),
        dateline_place="SERANG",
    )
    html = read(page.url).html
    dateline = '<span class="dateline">SERANG - Rabu, 25 Mei 2022 - </span>'
    assert f"</ul><p>{dateline}Semua warga yang berumur 17 tahun.</p>" in html
    assert html.count("dateline") == 1


def test_reader_sees_when_by_whom_and_how_often(read, write):
    page = read(
        write(
            "Rapat Pleno",
            writers="Rina Marlina",
            photographer="Dedi",
            editor_name="Sari",
            published_at=PUBLISHED,
            updated_at=PUBLISHED + dt.timedelta(days=1),
            legacy_view_count=1234,
        ).url
    )
    words = page.texts("div", "byline")[0]
    assert "Rina Marlina Humas KPU Provinsi Banten" in words
    assert "Terbit: Rabu, 25 Mei 2022, pukul 20.05 WIB" in words
    assert "Diperbarui: Kamis, 26 Mei 2022, pukul 20.05 WIB" in words
    assert "Foto: Dedi; Penyunting: Sari" in words
    assert "2022-05-25T20:05:00+07:00" in page.values("time", "datetime")
    assert page.texts("p", "views") == ["Telah dilihat 1.234 kali"]


def test_count_of_a_new_article_waits_hidden_for_the_living_one(read, write):
    page = write("Rapat Pleno")
    assert [
        attrs for name, attrs in read(page.url).elements if name == "p" and attrs.get("class") == "views"
    ] == [{"class": "views", "data-reads": str(page.pk), "data-legacy": "0", "hidden": None}]


def test_reader_is_told_an_article_is_fictional_and_search_engines_stay_away(read, write):
    page = read(write("Contoh", is_fictional=True, disclaimer="Naskah ini contoh.").url)
    assert "Naskah ini contoh." in page.texts("p", "notice")
    assert page.values("meta", "content", name="robots") == ["noindex"]
    assert not read(write("Nyata").url).values("meta", "content", name="robots")


def test_reader_of_an_opinion_is_told_whose_it_is(read, write):
    page = read(write("Merawat Arsip", kind="opinion", author_role="Arsiparis").url)
    assert page.texts("p", "notice") == [
        "Tulisan ini pendapat penulisnya dan tidak mewakili sikap KPU Provinsi Banten."
    ]
    assert page.texts("span", "kind") == ["Opini"]


def test_reader_meets_a_correction_before_the_text(read, write, client):
    page = write("Alat Peraga")
    page.corrections.add(Correction(made_at=PUBLISHED, text="Yang benar 29 kecamatan."), bulk=False)
    page.save()
    html = read(page.url).html
    assert html.index("Yang benar 29 kecamatan.") < html.index('class="body"')
    assert "Ralat</strong>" in html
    assert "Rabu, 25 Mei 2022, pukul 20.05 WIB" in html


def test_reader_of_an_announcement_sees_what_makes_it_official(read, write):
    first = write("Pengumuman Lama", kind="announcement")
    file = Document.objects.create(title="Lampiran", file=SimpleUploadedFile("lampiran.txt", b"Lampiran"))
    Document.objects.filter(pk=file.pk).update(file_size=421_888, page_count=3)
    page = read(
        write(
            "Pengumuman Baru",
            kind="announcement",
            official_number="214/PL.02.1-Pu/3673/2026",
            official_date=dt.date(2026, 10, 2),
            signatory_role="Ketua KPU",
            valid_from=dt.date(2026, 10, 2),
            valid_until=dt.date(2026, 10, 30),
            supersedes=first,
            attachments=[("document", file)],
        ).url
    )
    assert page.texts("dd") == [
        "214/PL.02.1-Pu/3673/2026",
        "2 Oktober 2026",
        "Ketua KPU",
        "2 Oktober 2026 sampai 30 Oktober 2026",
        "Pengumuman Lama",
    ]
    assert "TXT, 412,0 KB, 3 halaman" in page.texts("section", "attachments")[0]


def test_reader_passes_an_article_on_with_one_tap(read, write):
    page = read(write("Satu & Dua: 100% “Jujur”?").url)
    address = page.values("link", "href", rel="canonical")[0]
    links = page.values("a", "href", rel="noopener nofollow")
    whatsapp, facebook, x, telegram = [parse_qs(urlsplit(link).query) for link in links]
    assert whatsapp == {"text": [f"Satu & Dua: 100% “Jujur”?\n{address}"]}
    assert facebook == {"u": [address]}
    assert x == telegram == {"text": ["Satu & Dua: 100% “Jujur”?"], "url": [address]}


def test_machines_read_who_wrote_what_and_when(read, write):
    page = read(write("</script> & Kawan", published_at=PUBLISHED).url)
    article, trail = [
        json.loads(text)
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.html)
    ]
    assert article["headline"] == "</script> & Kawan"
    assert article["datePublished"] == "2022-05-25T20:05:00+07:00"
    assert article["publisher"]["name"] == "KPU Provinsi Banten"
    assert [step["name"] for step in trail["itemListElement"]] == [
        "Beranda",
        "Berita",
        "Berita Terkini",
        "</script> & Kawan",
    ]
    assert page.values("meta", "content", property="og:type") == ["article"]
    assert page.values("meta", "content", property="og:title") == ["</script> & Kawan"]
    assert page.values("meta", "content", property="article:published_time") == ["2022-05-25T20:05:00+07:00"]


def test_description_of_an_old_article_is_its_opening(read, seed):
    description = read(seed.url).values("meta", "content", name="description")[0]
    assert description.startswith("Ketua KPU Republik Indonesia, Anggota")
    assert len(description) <= 200


@pytest.fixture
def every_page(office, write) -> list[str]:
    """The address of every kind of page of an office that has all of them."""
    topic = Topic.objects.get(slug="data-pemilih")
    for number in range(3):
        page = write(f"Rapat {number}", published_at=PUBLISHED + dt.timedelta(days=40 * number))
        page.topics.add(topic)
        page.save()
    write("Pengumuman", kind="announcement")
    HomePage.objects.filter(pk=office.pk).update(
        is_demo=True, address="Jalan Contoh 1", phone="(0254) 1", email="a@b.example", hours="08.00-16.00 WIB"
    )
    return [
        "/",
        "/berita/",
        "/berita/arsip/",
        "/berita/arsip/2022/",
        "/berita/arsip/2022/05/",
        "/rubrik/berita-terkini/",
        "/topik/",
        "/topik/data-pemilih/",
        "/tentang/",
        "/cari/",
        page.url,
    ]


def test_every_page_says_what_it_is(read, every_page):
    for address in every_page:
        page = read(address)
        assert page.values("html", "lang") == ["id"], address
        assert len(page.texts("h1")) == 1, address
        assert page.texts("h1")[0], address
        assert page.texts("title")[0].endswith("KPU Provinsi Banten"), address
        assert page.values("meta", "content", name="description")[0], address
        [canonical] = page.values("link", "href", rel="canonical")
        assert canonical == f"http://localhost:8000{address}"


def test_no_page_makes_a_browser_ask_another_host(read, every_page):
    for address in every_page:
        page = read(address)
        sources = [
            value
            for attribute in ("src", "srcset", "data-src", "poster", "action")
            for name, attrs in page.elements
            if (value := attrs.get(attribute))
        ]
        sources += [
            href
            for name, attrs in page.elements
            if name == "link" and attrs.get("rel") != "canonical" and (href := attrs["href"])
        ]
        assert sources
        assert [source for source in sources if not re.match(r"/(?!/)", source)] == [], address
        assert " style=" not in page.html
        assert "<style" not in page.html


def test_only_share_links_lead_elsewhere(read, every_page):
    for address in every_page:
        page = read(address)
        shared = page.values("a", "href", rel="noopener nofollow")
        away = [href for href in page.values("a", "href") if urlsplit(href).netloc]
        assert [href for href in away if href not in shared and "localhost" not in href] == [], address


def test_reader_gets_no_cookie_and_no_user_bar(client, every_page):
    for address in every_page:
        answer = client.get(address)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert b"userbar" not in answer.content


def test_editor_gets_the_user_bar_on_the_live_page(client, superuser, write):
    page = write("Rapat Pleno")
    client.force_login(superuser)
    assert b"wagtail-userbar" in client.get(page.url).content


def test_reader_walks_from_the_archive_to_a_month_and_on(read, every_page):
    assert "/berita/arsip/2022/05/" in read("/berita/arsip/").values("a", "href")
    month = read("/berita/arsip/2022/05/")
    assert month.texts("h1") == ["Mei 2022"]
    assert "/berita/arsip/2022/07/" in month.values("a", "href")
    read("/siaran/arsip/", status=404)
    read("/berita/arsip/1999/", status=404)


def test_reader_on_a_phone_gets_a_full_month_without_leads_and_a_huge_one_by_day(read, write, monkeypatch):
    monkeypatch.setattr(listing, "BRIEF", 2)
    monkeypatch.setattr(listing, "BY_DAY", 3)
    wib = dt.timezone(dt.timedelta(hours=7))
    for day in (25, 25, 26):
        write(f"Rapat {day}", lead="Isi teras.", published_at=dt.datetime(2022, 5, day, 1, tzinfo=wib))
    month = read("/berita/arsip/2022/05/")
    assert len(month.texts("article")) == 3
    assert "Isi teras." not in " ".join(month.texts("main"))
    write("Rapat 27", published_at=dt.datetime(2022, 5, 27, 1, tzinfo=wib))
    month = read("/berita/arsip/2022/05/")
    assert month.texts("h2")[:3] == ["Jumat, 27 Mei 2022", "Kamis, 26 Mei 2022", "Rabu, 25 Mei 2022"]
    assert [title for title in month.texts("a") if title.startswith("Rapat")] == [
        *("Rapat 27", "Rapat 26", "Rapat 25", "Rapat 25")
    ]


def test_front_page_leads_with_the_pinned_story_and_shows_nothing_twice(read, write):
    for number in range(4):
        write(f"Pengumuman {number}", kind="announcement")
    write("Disematkan", is_pinned=True, published_at=PUBLISHED)
    write("Terbaru")
    assert read("/").texts("h2", "card-title") == ["Disematkan"]
    assert "Terbaru" in read("/").texts("a")
    links = [href for href in read("/").values("a", "href") if "/berita/2" in href]
    assert len(links) == len(set(links)) == 6


def test_front_page_with_little_news_does_not_call_the_old_new(read, write):
    write("Pengumuman Jadwal", kind="announcement")
    write("Cerita Utama")
    write("Cerita Lama", published_at=PUBLISHED)
    page = read("/")
    assert "Berita lainnya" in page.texts("h2")
    assert "Berita terbaru" not in page.texts("h2")
    assert page.texts("a").count("Cerita Lama") == 1


def test_reader_is_sent_to_the_archive_only_for_what_the_list_does_not_show(read, write, monkeypatch):
    monkeypatch.setattr("news.listing.FRONT", 2)
    section = Section.objects.first()
    topic = Topic.objects.create(name="Gudang logistik", slug="gudang-logistik")
    lists = ["/berita/", f"/rubrik/{section.slug}/", f"/topik/{topic.slug}/"]
    for number in range(3):
        shown = [read(address).texts("p", "more") for address in lists]
        assert shown == [[], [], []], f"with {number} articles"
        write(f"Rapat {number}", topics=[topic])
    assert all(read(address).texts("p", "more") for address in lists)
    assert [len(read(address).texts("article")) for address in lists] == [2, 2, 2]


def test_reader_is_offered_only_sections_with_something_in_them(read, write, index):
    assert "Rubrik" not in read("/").texts("h2") + read("/berita/").texts("h2")
    name = write("Rapat Pleno").section.name
    for address in ("/", "/berita/"):
        links = next(text for text in read(address).texts("nav") if text.startswith("Rubrik"))
        assert links.removeprefix("Rubrik ").startswith(name)
        assert not any(other.name in links for other in Section.objects.exclude(name=name))


def test_caption_of_a_table_stays_when_the_table_scrolls(read, write):
    rows = [["Kota", "L", "P", "Jumlah"], ["Serang", "1", "2", "3"]]
    table = {"caption": "Rekapitulasi", "cells": rows, "first_column_is_header": True}
    html = read(write("Rekap", body=json.dumps([{"type": "table", "value": table}])).url).html
    assert '<figcaption id="tabel-1-judul">Rekapitulasi</figcaption>' in html
    assert html.index("tabel-1-judul") < html.index('class="table-scroll"')
    assert '<table aria-labelledby="tabel-1-judul">' in html
    assert "Geser tabel ke samping" in html


def test_front_page_of_a_new_office_is_not_broken(read, office):
    page = read("/")
    assert page.texts("p", "empty") == ["Belum ada berita yang terbit."]
    assert "/berita/" in page.values("a", "href")


def test_front_page_leads_to_the_other_offices(client, read, other_office):
    assert "http://kab-lebak.localhost:8000/" in read("/").values("a", "href")
    branch = client.get("/", headers={"host": "kab-lebak.localhost:8000"}).content.decode()
    assert "http://localhost:8000/" in Page(branch).values("a", "href")


@pytest.mark.parametrize(
    "address", ["/", "/berita/", "/privasi/", "/cari/", "/topik/", "/berita/arsip/", "article"]
)
def test_whoever_sends_a_form_to_a_public_page_is_refused_in_one_sentence(write, address):
    page = write("Rapat Pleno")
    answer = Client(enforce_csrf_checks=True).post(page.url if address == "article" else address, {"q": "x"})
    assert answer.status_code == 405
    assert answer.content.decode().startswith("Alamat ini hanya dapat dibaca")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_phone_nobody_has_is_no_link(read, office):
    HomePage.objects.filter(pk=office.pk).update(phone="(0000) 000000")
    epoch.advance()
    assert "(0000) 000000" in read("/").html
    assert 'href="tel:' not in read("/").html
    HomePage.objects.filter(pk=office.pk).update(phone="(0254) 200-100")
    epoch.advance()
    assert 'href="tel:0254200100"' in read("/").html


def test_reader_without_access_meets_a_door_in_indonesian(client, office):
    page = StandardPage.objects.get(slug="privasi")
    shut = PageViewRestriction.objects.create(page=page, restriction_type="login")
    answer = client.get(page.url, follow=True)
    assert "Masuk untuk membuka" in answer.content.decode()
    refused = client.post("/_util/login/", {"username": "siapa", "password": "salah", "next": page.url})
    assert 'role="alert"' in refused.content.decode()
    shut.restriction_type, shut.password = "password", "rahasia-kantor"
    shut.save()
    door = client.get(page.url).content.decode()
    assert "Perlu kata sandi" in door
    action = Page(door).values("form", "action")[0]
    assert 'role="alert"' in client.post(action, {"password": "x", "return_url": page.url}).content.decode()
    opened = client.post(action, {"password": "rahasia-kantor", "return_url": page.url}, follow=True)
    assert page.title in opened.content.decode()


def test_reader_with_the_password_opens_an_article_that_is_not_for_everybody(client, write):
    page = write("Rapat tertutup")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="rahasia-kantor")
    door = client.get(page.url).content.decode()
    assert "Perlu kata sandi" in door and "Rapat dibuka pukul" not in door
    action = Page(door).values("form", "action")[0]
    opened = client.post(action, {"password": "rahasia-kantor", "return_url": page.url}, follow=True)
    assert "Rapat dibuka pukul" in opened.content.decode()
    assert "no-store" in opened.headers["Cache-Control"]


def test_lost_reader_is_led_home_and_to_the_search(read, office):
    page = read("/tidak-ada/", status=404)
    assert page.texts("h1") == ["Halaman tidak ditemukan"]
    assert {"/", "/cari/", "/berita/"} <= set(page.values("a", "href"))
    assert page.values("form", "action") == ["/cari/"] * 3
    assert page.values("meta", "content", name="robots") == ["noindex"]


def test_reader_of_an_unknown_host_is_told_so(client, office):
    office.get_site().__class__.objects.update(is_default_site=False)
    answer = client.get("/", headers={"host": "lain.localhost"})
    assert answer.status_code == 404
    assert "Tidak ada situs kantor di alamat ini" in answer.content.decode()


def test_reader_is_told_of_a_failure_in_indonesian(client, office, monkeypatch):
    monkeypatch.setattr("home.views.listing.sections", lambda office: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Terjadi gangguan" in answer.content.decode()


def _preview(page) -> str:
    request = RequestFactory().get("/", headers={"host": "localhost:8000"})
    request.is_preview = True
    request.preview_mode = ""
    answer = page.serve_preview(request, "")
    return answer.content.decode()


def test_editor_previews_an_article_with_nothing_in_it(index):
    draft = NewsArticlePage(title="", slug="")
    draft.set_url_path(index)
    html = _preview(draft)
    assert "Beranda" in html
    assert "data-reads" not in html


def test_editor_previews_every_kind_of_empty_page(office, index):
    for page in (
        StandardPage(title="", slug=""),
        HomePage(title="", slug=""),
        type(index)(title="", slug=""),
    ):
        page.set_url_path(office)
        assert "</html>" in _preview(page)


def test_section_tells_what_it_is_for(read, office):
    Section.objects.filter(site=office.get_site(), slug="opini").update(description="Pendapat penulisnya.")
    page = read("/rubrik/opini/")
    assert page.texts("p", "lead") == ["Pendapat penulisnya."]
    assert page.texts("p", "empty") == ["Belum ada berita di rubrik ini."]
