"""A program reads the JSON that stands beside a page."""

import datetime as dt
import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import translation
from wagtail.api import APIField
from wagtail.models import Page, Site, get_page_models, pages
from wagtail.rich_text import RichText

from cms.api.twin import BODY, FRAME, plan_of, twin_bytes, twin_of
from cms.media.models import Document, Image, Rendition
from cms.media.pictures import filter_spec
from cms.moderation.models import TrashPage
from cms.publishing import epoch
from cms.publishing.lookup import lookup_for
from cms.publishing.office import office_of_page, office_of_site
from home.demo.articles import load_article, samples
from home.demo.mapping import Files
from home.models import HomePage, StandardPage
from news.body import render_body
from news.framing import framed_body
from news.models import Correction, NewsArticlePage, NewsIndexPage, Section, Topic
from news.outward import outward
from news.representing import told
from news.shelf import Shelf
from tests import uploads
from tests.block_examples import NAMES, example

SEED = Path(__file__).parent.parent / "home" / "demo" / "seed.txt"
OUR_PAGES = [
    model for model in get_page_models() if model not in (Page, TrashPage)
]  # a trash is told to nobody
HERE = "http://localhost:8000"


@pytest.fixture
def seed(office) -> NewsArticlePage:
    """The real article, in an office that is marked as an example."""
    office.is_demo = True
    office.save()
    load_article(samples()[0], office, Files({}, {}))
    return NewsArticlePage.objects.get(slug=samples()[0]["slug"])


@pytest.fixture
def photo(db):
    """Upload a photo; `photo("Rapat", ready=False)` has no sizes yet."""

    def _photo(title: str, ready: bool = True) -> Image:
        image = Image.objects.create(
            title=title, file=ContentFile(uploads.photograph(), name=f"asli-{title}.jpg"), credit="Humas"
        )
        if ready:
            Image.objects.filter(pk=image.pk).update(state=Image.State.READY)
            Rendition.objects.update_or_create(
                image=image,
                filter_spec=filter_spec("jpeg", 480),
                focal_point_key="",
                defaults={"file": "images/x-480.jpg", "width": 480, "height": 360},
            )
        return image

    return _photo


@pytest.fixture
def full(write, photo):
    """Write an article with one of everything: every block, and all that stands around the body."""

    def _full(title: str, **fields: object) -> NewsArticlePage:
        shown, letter = (
            photo(title),
            Document.objects.create(title="Surat", file_size=3, official_number="12/2024"),
        )
        Document.objects.filter(pk=letter.pk).update(file="dokumen/surat.txt", official_date="2024-05-25")
        link = f'<p>Lihat <a linktype="document" id="{letter.pk}">surat</a> dan <a href="/cari/">cari</a></p>'
        shot = {"image": shown.pk, "alt": "Orang duduk", "caption": "", "credit": ""}
        raws = [{"type": "paragraph", "value": link, "id": "7c1f"}, {"type": "image", "value": shot}]
        page = write(
            title,
            hero_image=shown,
            hero_alt="Orang duduk",
            attachments=[("document", letter)],
            event_date=dt.date(2022, 5, 25),
            updated_at=dt.datetime(2030, 5, 25, 13, 30, 0, 250, tzinfo=dt.UTC),
            body=json.dumps([*raws, *({"type": name, "value": example(name)} for name in NAMES)]),
            **fields,
        )
        page.topics.add(Topic.objects.get_or_create(name="Pemilu", slug="pemilu")[0])
        page.tags.add("rapat", "pleno")
        page.corrections.add(Correction(text="Tanggal keliru."), bulk=False)
        page.save()
        return page

    return _full


@pytest.fixture
def site(office, index, full) -> list[Page]:
    """A page of each type, read from the database."""
    full("Rapat Pleno", supersedes=full("Rapat Lama"), has_end_mark=True)
    index.intro = f'<p><a linktype="page" id="{office.pk}">Depan</a> <a href="/arsip/">Arsip</a></p>'
    index.save()
    office.add_child(
        instance=StandardPage(title="Kantor Kami", slug="kantor", body=[("paragraph", "<p>Di Serang.</p>")])
    )
    return list(Page.objects.descendant_of(office, inclusive=True).order_by("path").specific())


def shelf_of(*pages: Page) -> Shelf:
    """A filled shelf of the office of `pages`."""
    shelf = Shelf(office_of_page(pages[0]), pages)
    shelf.fill()
    return shelf


def told_of(page: Page) -> dict:
    """What a program reads beside `page`, from the bytes of the file."""
    fresh = type(page).objects.get(pk=page.pk)
    return json.loads(twin_bytes(fresh, shelf_of(fresh)))


@pytest.mark.parametrize("model", OUR_PAGES, ids=lambda model: model.__name__)
def test_every_public_field_of_every_page_type_is_told(model):
    plan = plan_of(model)
    names = [name for name, _tell in plan.fields] + (["body"] if plan.body else [])
    assert sorted(names) == sorted(field.name for field in model.api_fields)
    assert bool(plan.body) is hasattr(model, "body")


def test_program_gets_the_documented_keys_in_their_order_and_none_is_ever_missing(site):
    assert {type(page) for page in site} == set(OUR_PAGES)
    for page in site:
        twin = told_of(page)
        declared = [field.name for field in page.api_fields if field.name not in ("body", "language")]
        body = list(BODY) if hasattr(page, "body") else []
        assert list(twin) == [*FRAME, *declared, *body]
    empty = told_of(NewsArticlePage.objects.get(title="Rapat Lama"))
    assert (empty["supersedes"], empty["embargo_until"], empty["social_image"]) == (None, None, None)


def test_program_reads_the_same_of_a_page_as_from_the_api(client, site):
    for page in site:
        twin = told_of(page)
        answer = client.get(f"/api/v2/pages/{page.pk}/", headers={"host": "localhost:8000"}).json()
        for field in page.api_fields:
            assert twin[field.name] == answer[field.name], field.name
        meta = answer["meta"]
        assert [twin[name] for name in ("id", "title")] == [answer["id"], answer["title"]]
        for name in ("type", "slug", "seo_title", "search_description"):
            assert twin[name] == meta[name]
        assert twin["url"] == meta["html_url"] == f"{HERE}{twin['path']}"


def test_program_knows_where_a_twin_comes_from(seed, index):
    twin = told_of(seed)
    assert (twin["schema"], twin["type"], twin["language"]) == ("warta/page/1", "news.NewsArticlePage", "id")
    assert twin["uuid"] == str(seed.translation_key)
    assert twin["path"] == f"/berita/2022/03/{seed.slug}/"
    assert twin["office"] == {
        "name": "KPU Provinsi Banten", "short_name": "KPU Banten", "code": "36", "url": f"{HERE}/",
        "timezone": "Asia/Jakarta",
    }  # fmt: skip
    assert told_of(index)["language"] == "id"


def test_seed_gives_its_text_verbatim(seed):
    twin = told_of(seed)
    _section, title, *paragraphs, _share, _links, _count = SEED.read_text(encoding="utf-8").split("\n\n")
    assert twin["title"] == title
    assert twin["body_text"] == "\n\n".join(paragraphs)
    assert (
        unescape(re.sub(r"<[^>]+>", "", twin["body_html"].replace("</p>", "</p> "))).split()
        == " ".join(paragraphs).split()
    )
    assert [block["type"] for block in twin["body"]] == ["paragraph"] * 6
    assert twin["legacy_view_count"] == 33


def test_every_block_carries_id_type_and_value(full):
    twin = told_of(full("Rapat"))
    assert all(list(block) == ["id", "type", "value"] for block in twin["body"])
    assert twin["body"][0]["id"] == "7c1f"
    assert {block["type"] for block in twin["body"]} == set(NAMES)
    assert all(block["value"] for block in twin["body"] if block["type"] not in ("divider", "related"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ([("paragraph", "<p>Satu.</p>"), ("paragraph", "<ul><li>Dua</li></ul>")], "B - Satu.\n\nDua\n\n***"),
        ([("paragraph", "<ul><li>Satu</li></ul>"), ("paragraph", "<p>Dua.</p>")], "Satu\n\nB - Dua. ***"),
        ([("quote", {"text": "Jujur.", "attribution": "Sekar"})], "B\n\nJujur.\nSekar\n\n***"),
        ([], "B\n\n***"),
    ],
)
def test_text_has_dateline_and_end_mark_where_the_page_has_them(write, body, text):
    page = write("Rapat", body=[(name, RichText(raw) if name == "paragraph" else raw) for name, raw in body],
                 dateline_place="B", has_end_mark=True)  # fmt: skip
    twin = told_of(page)
    assert twin["body_text"] == text
    shown = unescape(re.sub(r"<[^>]+>", " ", twin["body_html"])).replace("—", " ").split()
    assert shown == text.split()


def test_who_has_the_html_of_the_page_does_not_pay_for_it_twice(client, rf, site):
    for page in site:
        if not hasattr(page, "body"):
            continue
        request = rf.get("/", headers={"host": "localhost:8000"})
        office = office_of_page(page)
        look, raw = lookup_for(request, office), page.body.raw_data
        is_article = isinstance(page, NewsArticlePage)
        shown = (
            framed_body(raw, look, page.dateline(office.dateline), page.has_end_mark)
            if is_article
            else render_body(raw, look)
        )
        address = page.full_url.removeprefix(HERE)
        assert str(shown) in client.get(address, headers={"host": "localhost:8000"}).text
        shelf = shelf_of(page)
        assert twin_bytes(page, shelf, shown) == twin_bytes(page, shelf)
        assert twin_of(page, shelf, "<p>Sudah</p>")["body_html"] == "<p>Sudah</p>"


def addresses_in(value: object, key: str = "") -> set[str]:
    """Every address a twin gives, those inside HTML among them."""
    if isinstance(value, dict):
        return set().union(*(addresses_in(part, name) for name, part in value.items()))
    if isinstance(value, list):
        return set().union(*(addresses_in(part, key) for part in value))
    if not isinstance(value, str):
        return set()
    found = {value} if key in ("url", "src", "csv") or key.endswith("_url") else set()
    for name, inside in re.findall(r'<\w[^>]*? (href|src|srcset|poster|data-src)="([^"]*)"', value):
        found |= {part.split()[0] for part in inside.split(", ")} if name == "srcset" else {inside}
    return found - {""}


def test_every_address_is_absolute(site):
    given = set().union(*(addresses_in(told_of(page)) for page in site))
    assert {address for address in given if not re.match(r"https?://|#|tel:|mailto:", address)} == set()
    assert f"{HERE}/cari/" in given
    assert any(address.endswith("/rapat-pleno/tabel-1.csv") for address in given)
    assert any(address.startswith(f"{HERE}/media/") for address in given)


def test_words_that_look_like_markup_stay_as_they_were_written(write):
    words = '<p>Tulis href="/x" atau src="/y" &lt;a href="/z"&gt;, lalu <a href="/cari/">cari</a>.</p>'
    html = told_of(write("Rapat", body=[("paragraph", RichText(words))], show_dateline=False))["body_html"]
    assert html.strip() == words.replace('<a href="/', f'<a href="{HERE}/')


def test_html_of_a_twin_runs_nothing(full):
    assert "<script" not in told_of(full("Rapat"))["body_html"]


def test_originals_and_the_notes_of_the_office_are_never_told(full, photo, write):
    pending = photo("Belum", ready=False)
    shown = {"image": pending.pk, "alt": "Orang duduk", "caption": "", "credit": ""}
    manuscript = Document.objects.create(title="Naskah asal rahasia", file_size=3)
    page = full("Rapat", source_document=manuscript, review_by=dt.date(2031, 1, 2), photo_consent=True)
    waiting = write(
        "Foto Menyusul",
        hero_image=pending,
        social_image=pending,
        body=json.dumps([{"type": "image", "value": shown}]),
    )
    for twin in (told_of(page), told_of(waiting)):
        text = json.dumps(twin)
        assert "asli-" not in text and "original" not in text
        assert "Naskah asal" not in text and "2031-01-02" not in text
        assert not {"photo_consent", "contains_personal_data", "review_by", "source_document"} & set(twin)
    assert told_of(waiting)["hero_image"]["url"] is None


def test_link_to_a_page_readers_cannot_open_is_only_its_words(write):
    draft = write("Naskah Rahasia", live=False)
    link = f'<p>Lihat <a linktype="page" id="{draft.pk}">itu</a>.</p>'
    page = write("Rapat", supersedes=draft, body=[("paragraph", RichText(link))])
    twin = told_of(page)
    assert twin["supersedes"] is None
    assert "rahasia" not in json.dumps(twin).lower()


def test_an_office_further_east_tells_the_time_by_its_own_clock(client, other_office):
    HomePage.objects.filter(pk=other_office.pk).update(timezone="Asia/Makassar")
    epoch.advance()
    index = NewsIndexPage.objects.child_of(other_office).get()
    night = dt.datetime(2022, 5, 25, 17, tzinfo=dt.UTC)
    given = {"lead": "x", "section": Section.objects.first(), "author_unit": "Humas", "published_at": night}
    page = index.add_child(instance=NewsArticlePage(title="Rapat", **given))
    page.corrections.add(Correction(text="Tanggal keliru.", made_at=night), bulk=False)
    page.save()
    twin = told_of(page)
    assert twin["published_at"] == twin["corrections"][0]["made_at"] == "2022-05-26T01:00:00+08:00"
    assert twin["office"]["timezone"] == "Asia/Makassar"
    answer = client.get(f"/api/v2/pages/{page.pk}/", headers={"host": "kab-lebak.localhost:8000"}).json()
    assert answer["published_at"] == twin["published_at"]
    assert answer["corrections"] == twin["corrections"]


def test_publishing_many_pages_asks_the_database_a_fixed_number_of_times(
    site, full, django_assert_num_queries
):
    articles = [full(f"Rapat {number}") for number in range(6)]
    office = office_of_site(Site.objects.get())

    def queries(pks: list[int]) -> int:
        epoch.forget()
        pages = list(Page.objects.filter(pk__in=pks).specific())
        before = len(connection.queries_log)
        shelf = Shelf(office, pages)
        shelf.fill()
        filling = len(connection.queries_log) - before
        with django_assert_num_queries(0):
            for page in pages:
                assert twin_bytes(page, shelf)
        return filling

    connection.force_debug_cursor = True
    own = [page.pk for page in site]
    try:
        queries(own)  # from here on Wagtail knows where sites begin
        few, many = queries(own), queries(own + [page.pk for page in articles])
    finally:
        connection.force_debug_cursor = False
    assert few == many <= 12


def test_twin_does_not_follow_the_language_of_who_publishes(full):
    page = full("Rapat")
    before = told_of(page)
    with translation.override("en"):
        assert told_of(page) == before


def test_twin_is_compact_utf8_that_ends_its_line(seed):
    page = NewsArticlePage.objects.get(pk=seed.pk)
    told = twin_bytes(page, shelf_of(page))
    assert told.endswith(b"}\n") and told.count(b"\n") == 1
    assert "Asy\u2019ari" in told.decode("utf-8")
    assert b'"schema":"warta/page/1","id":' in told


def test_developer_is_told_of_a_field_a_twin_could_not_tell(index, monkeypatch):
    # Into copies: Django's isolate_apps would let every app of "news" get ready, and check articles, a second time.
    monkeypatch.setitem(apps.all_models, "news", dict(apps.all_models["news"]))
    monkeypatch.setattr(pages, "PAGE_MODEL_CLASSES", [*pages.PAGE_MODEL_CLASSES])

    class Hiding(NewsIndexPage):
        api_fields = [APIField("title")]

        class Meta:
            proxy = True
            app_label = "news"

    class Foreign(Hiding):
        api_fields = [APIField("intro", serializer=object())]

        class Meta:
            proxy = True
            app_label = "news"

    for model in (Hiding, Foreign):
        with pytest.raises(ImproperlyConfigured):
            plan_of(model)
    with pytest.raises(TypeError):
        outward({"page": told("x", str)}, office_of_page(index))
