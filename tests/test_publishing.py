"""Readers get files: after whatever an editor does, exactly those a clean build of the same database gives."""

import datetime as dt
import json
import os
import shutil

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from cms.media.models import Document
from cms.publishing import code
from cms.publishing.reconciling import reconcile
from cms.publishing.trees.local import LocalTree
from home.models import StandardPage
from news.models import Correction, NewsArticlePage, NewsIndexPage, Section, Topic
from tests import uploads
from tests.publishing import PublishedSite, address

pytestmark = pytest.mark.django_db


def republish(page, **fields) -> None:
    """Edit a page and publish it, as the admin does."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_reader_finds_a_published_article_in_a_file(site, write):
    article = write("Rapat pleno dibuka")
    site.publish()
    assert "Rapat pleno dibuka" in site.page(address(article))
    assert "Rapat pleno dibuka" in site.page("/")
    assert "Rapat pleno dibuka" in site.page("/berita/")
    assert site.differences() == []


def test_api_consumer_finds_the_twin_beside_the_page(site, write):
    article = write("Rapat pleno dibuka")
    site.publish()
    twin = json.loads((site.folder / address(article).strip("/") / "index.json").read_text())
    assert twin["title"] == "Rapat pleno dibuka"


def test_nothing_to_publish_writes_nothing(site, write):
    write("Rapat pleno dibuka")
    site.publish()
    assert site.publish() == []


def test_draft_is_in_no_file(site, write):
    write("Rapat pleno dibuka")
    write("Naskah rahasia", live=False)
    site.publish()
    assert not any("rahasia" in path.read_text() for path in site.folder.rglob("*.html"))
    assert not any("rahasia" in path.read_text() for path in site.folder.rglob("*.json"))


def test_edited_title_reaches_every_page_that_shows_it(site, write):
    first, second = write("Judul lama"), write("Berita kedua")
    site.publish()
    republish(first, title="Judul baru")
    site.publish()
    assert "Judul baru" in site.page(address(second))
    assert "Judul lama" not in site.page("/berita/")
    assert site.differences() == []


def test_unpublished_article_leaves_every_page_and_its_address_says_gone(site, write):
    article, _other = write("Akan ditarik"), write("Tetap ada")
    site.publish()
    gone = address(article)
    article.unpublish()
    site.publish()
    assert site.page(gone) == ""
    assert "Akan ditarik" not in site.page("/berita/")
    assert f"{gone} /410.html 410" in (site.folder / "_redirects").read_text()
    assert site.differences() == []


def test_reader_of_an_old_link_loses_nothing_and_a_thousand_redirects_cost_no_more(client, site, write):
    article = write("Rapat pleno")
    site.publish()
    Redirect.objects.create(old_path="/lama", redirect_page=article)
    assert client.get("/lama/?utm_source=wa").headers["Location"] == f"{address(article)}?utm_source=wa"
    with CaptureQueriesContext(connection) as few:
        client.get("/lama/")
    rows = (Redirect(old_path=f"/lama-{number}", redirect_link="/") for number in range(1000))
    Redirect.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as many:
        client.get("/lama/")
    assert len(many) <= len(few)


@pytest.mark.parametrize(
    "path", ["/../../keluar", "/x/../../y", "/index.html", "/feed.xml", "/_redirects", "/.env", "/static/x"]
)
def test_redirect_can_neither_leave_the_tree_nor_stop_its_office(client, superuser, site, write, path):
    site.publish()
    before = site.paths()
    client.force_login(superuser)
    form = {"old_path": path, "is_permanent": "on", "redirect_link": "https://contoh.id/"}
    answer = client.post(reverse("wagtailredirects:add"), form)
    assert "Alamat ini dipakai situs sendiri" in answer.content.decode()
    Redirect.objects.create(old_path=path, redirect_link="https://contoh.id/")  # by another door
    article = write("Tetap terbit")
    site.publish()
    assert "Tetap terbit" in site.page(address(article))
    assert not any("keluar" in new or ".." in new for new in site.paths() - before)
    assert not (site.folder.parent / "keluar").exists()
    assert site.differences() == []


def test_one_more_redirect_among_many_touches_nothing_else(site, other_office, write):
    article = write("Tujuan")
    province = Site.objects.get(hostname="localhost")
    for number in range(30):
        Redirect.objects.create(old_path=f"/lama-{number}", site=province, redirect_page=article)
    site.publish()
    Redirect.objects.create(old_path="/lama/berita.php", site=province, redirect_link="/berita/")
    done = site.publish()
    assert sum(batch.rendered for batch in done) <= 3
    assert "/berita/" in site.page("/lama/berita.php/")
    moved = Redirect.objects.get(old_path="/lama-3")
    moved.old_path = "/pindah"
    moved.save()
    site.publish()
    assert site.page("/pindah/") and not site.page("/lama-3/")
    for each in Site.objects.all():
        assert reconcile(each, LocalTree(each.hostname), deep=True) == 0
        assert PublishedSite(each.hostname).differences() == []


@pytest.mark.parametrize("change", ["gz", "br", "none"])
def test_compressed_form_a_defacer_changes_or_takes_away_is_found_and_healed(site, write, change):
    write("Berita pertama")
    site.publish()
    place = site.folder / "berita" / f"index.html.{change if change != 'none' else 'gz'}"
    kept = place.stat()
    if change == "none":
        place.unlink()
    else:
        other = (site.folder / f"index.html.{change}").read_bytes()
        place.write_bytes(other)
        os.utime(place, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert site.differences() == ["berita/index.html"]
    assert reconcile(Site.objects.get(hostname="localhost"), LocalTree("localhost"), deep=True) == 1
    site.publish()
    assert site.differences() == []


def test_links_a_defacer_puts_into_the_tree_are_found_and_taken_out(site, write, tmp_path):
    article = write("Berita pertama")
    site.publish()
    right = site.paths()
    shutil.move(site.folder / "berita", tmp_path / "berita")
    (site.folder / "berita").symlink_to(tmp_path / "berita")
    (site.folder / "judi").symlink_to(tmp_path)
    (site.folder / "putus").symlink_to(tmp_path / "tidak-ada")
    shutil.move(site.folder / "index.json", tmp_path)
    (site.folder / "index.json").symlink_to(tmp_path / "index.json")
    twin = f"{address(article).strip('/')}/index.json"
    assert {"berita", "judi", "putus", "index.json", "berita/index.html", twin} <= set(site.differences())
    assert reconcile(Site.objects.get(hostname="localhost"), LocalTree("localhost"), deep=True)
    site.publish()
    assert site.differences() == []
    assert site.paths() == right
    assert not any(path.is_symlink() for path in site.folder.rglob("*"))
    assert (tmp_path / "berita" / "index.html").exists()


def test_old_address_leads_to_the_new_one_after_a_new_slug(site, write):
    article = write("Rapat pleno")
    site.publish()
    old = address(article)
    republish(article, slug="rapat-pleno-terbuka")
    site.publish()
    article.refresh_from_db()
    assert f"{old} {address(article)} 301" in (site.folder / "_redirects").read_text()
    assert address(article) in site.page(old)
    assert site.differences() == []


def test_deleted_article_is_gone(site, write):
    article, _other = write("Akan dihapus"), write("Tetap ada")
    site.publish()
    article.delete()
    site.publish()
    assert "Akan dihapus" not in site.page("/")
    assert site.differences() == []


def test_private_branch_leaves_the_tree_and_comes_back(site, write, index):
    article = write("Untuk semua")
    site.publish()
    restriction = PageViewRestriction.objects.create(page=index, restriction_type="login")
    site.publish()
    assert site.page(address(article)) == ""
    assert site.differences() == []
    restriction.delete()
    site.publish()
    assert "Untuk semua" in site.page(address(article))
    assert site.differences() == []


def test_backdated_article_stands_in_its_old_month(site, write):
    for day in range(1, 6):
        write(f"Berita {day}", published_at=dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC))
    site.publish()
    write("Berita lama", published_at=dt.datetime(2019, 5, 2, 9, tzinfo=dt.UTC))
    site.publish()
    assert "Berita lama" in site.page("/berita/arsip/2019/05/")
    assert site.differences() == []


def test_reader_of_a_year_finds_the_way_to_the_years_beside_it(site, write):
    years = {
        year: write(f"Berita {year}", published_at=dt.datetime(year, 5, 2, 9, tzinfo=dt.UTC))
        for year in (2015, 2019)
    }
    site.publish()
    assert 'href="/berita/arsip/2015/"' in site.page("/berita/arsip/2019/")
    assert 'href="/berita/arsip/2019/"' in site.page("/berita/arsip/2015/")
    write("Berita 2017", published_at=dt.datetime(2017, 1, 1, 9, tzinfo=dt.UTC))
    site.publish()
    assert 'href="/berita/arsip/2017/"' in site.page("/berita/arsip/2019/")
    assert 'href="/berita/arsip/2015/"' not in site.page("/berita/arsip/2019/")
    years[2015].unpublish()
    site.publish()
    assert "arsip/2015/" not in site.page("/berita/arsip/2017/")
    assert site.differences() == []


def test_renamed_section_and_topic_reach_every_page(site, write):
    topic = Topic.objects.first()
    article = write("Rapat pleno")
    article.topics = [topic]
    article.save()
    section = article.section
    site.publish()
    section.name, section.slug = "Kabar", "kabar"
    section.save()
    topic.name = "Daftar pemilih"
    topic.save()
    site.publish()
    assert "Kabar" in site.page(address(article))
    assert "Daftar pemilih" in site.page("/topik/")
    assert site.differences() == []


def test_new_section_has_a_page_before_its_first_article(site, office):
    site.publish()
    Section.objects.create(site=office.get_site(), name="Sanggahan", slug="sanggahan")
    site.publish()
    assert "Sanggahan" in site.page("/rubrik/sanggahan/")
    assert site.differences() == []


def test_changed_menu_reaches_every_page(site, write, office):
    article = write("Rapat pleno")
    site.publish()
    office.refresh_from_db()
    office.main_menu = [("link", {"text": "Menu Baru", "page": None, "url": "/topik/"})]
    republish(office)
    site.publish()
    assert "Menu Baru" in site.page(address(article))
    assert site.differences() == []


def test_correction_reaches_the_page(site, write):
    article = write("Rapat pleno")
    site.publish()
    Correction.objects.create(page=article, text="Jumlah yang benar adalah dua belas.")
    site.publish()
    assert "dua belas" in site.page(address(article))
    assert site.differences() == []


def test_style_sheet_of_any_application_that_a_deploy_changed_reaches_readers(
    site, settings, tmp_path, monkeypatch
):
    monkeypatch.setattr(code, "digest", code.digest.__wrapped__)
    site.publish()
    changed = tmp_path / "kiriman" / "moderation" / "watermark.css"
    changed.parent.mkdir(parents=True)
    changed.write_text("body { color: teal }")
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, tmp_path / "kiriman"]
    site.publish()
    assert (site.folder / "static" / "moderation" / "watermark.css").read_text() == "body { color: teal }"
    assert site.differences() == []


def test_moved_standard_page_takes_those_below_with_it(site, office):
    about = StandardPage.objects.get(slug="tentang")
    contact = StandardPage.objects.get(slug="kontak")
    child = about.add_child(instance=StandardPage(title="Sejarah", slug="sejarah"))
    site.publish()
    old = address(child)
    StandardPage.objects.get(pk=about.pk).move(contact, "last-child")
    site.publish()
    child.refresh_from_db()
    assert "Sejarah" in site.page(address(child))
    assert address(child) in site.page(old)
    assert site.differences() == []


def test_redirect_an_editor_made_is_in_the_list(site, write):
    site.publish()
    Redirect.objects.create(old_path="/lama", redirect_link="/berita/", site=Site.objects.get())
    site.publish()
    assert "/lama/ /berita/ 301" in (site.folder / "_redirects").read_text()
    assert site.differences() == []


def test_province_shows_its_regency_and_follows_it(site, other_office, write):
    PublishedSite("kab-lebak.localhost").publish()
    index = NewsIndexPage.objects.child_of(other_office).get()
    lebak = index.add_child(
        instance=NewsArticlePage(
            title="Kabar Lebak",
            lead="Lebak.",
            author_unit="Humas",
            body=[],
            section=Section.objects.get(slug="berita-terkini", site=other_office.get_site()),
        )
    )
    site.publish()
    assert "Kabar Lebak" in site.page("/")
    republish(lebak, title="Kabar dari Lebak")
    site.publish()
    assert "Kabar dari Lebak" in site.page("/")
    assert site.differences() == []


def test_news_sitemap_forgets_an_article_after_two_days(site, write):
    now = timezone.now().replace(microsecond=0)
    article = write("Segar", published_at=now)
    site.publish(now)
    news = site.folder / "sitemap-news.xml"
    assert address(article) in news.read_text()
    site.publish(now + dt.timedelta(days=2, seconds=1))
    assert address(article) not in news.read_text()
    assert site.differences() == []


def test_new_page_that_cannot_be_rendered_leaves_no_dead_link(site, write):
    broken = write("Halaman rusak")
    with connection.cursor() as cursor:
        body = '[{"type": "heading", "value": 7, "id": "x"}]'
        cursor.execute("UPDATE news_newsarticlepage SET body = %s WHERE page_ptr_id = %s", [body, broken.pk])
    batches = site.publish()
    assert sum(batch.failed for batch in batches) == 1
    assert "belum dapat ditampilkan" in site.page(address(broken))
    assert address(broken) in site.page("/berita/")
    broken.refresh_from_db()
    republish(broken, body=[("paragraph", "<p>Sudah benar.</p>")])
    site.publish()
    assert "Sudah benar." in site.page(address(broken))
    assert site.differences() == []


def test_page_that_cannot_be_rendered_keeps_its_last_good_file(site, write):
    broken, other = write("Halaman rusak"), write("Halaman sehat")
    site.publish()
    before = site.page(address(broken))
    republish(broken, title="Halaman rusak sekali")
    with connection.cursor() as cursor:  # as no editor could, but an old import did
        body = '[{"type": "heading", "value": 7, "id": "x"}]'
        cursor.execute("UPDATE news_newsarticlepage SET body = %s WHERE page_ptr_id = %s", [body, broken.pk])
    republish(other, title="Halaman bugar")
    batches = site.publish()
    assert sum(batch.failed for batch in batches) == 1
    assert site.page(address(broken)) == before
    assert "Halaman bugar" in site.page("/berita/")


@pytest.fixture
def letter(db) -> Document:
    """A document in a collection of its own."""
    collection = Collection.get_first_root_node().add_child(name="Surat")
    file = ContentFile(uploads.pdf(1), name="surat.pdf")
    return Document.objects.create(title="Surat", file=file, collection=collection)


def test_document_replaced_while_its_last_page_is_taken_down_leaves_no_file(site, write, letter):
    article = write("Surat edaran", attachments=[("document", letter)])
    site.publish()
    assert any(path.startswith("dokumen/") for path in site.paths())
    letter.file = ContentFile(uploads.pdf(2), name="surat.pdf")
    letter.save()
    article.unpublish()
    site.publish()
    assert not any(path.startswith("dokumen/") for path in site.paths())
    assert site.differences() == []


def test_document_of_a_collection_made_private_leaves_the_tree_and_comes_back(site, write, letter):
    write("Surat edaran", attachments=[("document", letter)])
    site.publish()
    restriction = CollectionViewRestriction.objects.create(
        collection=letter.collection, restriction_type="login"
    )
    site.publish()
    assert not any(path.startswith("dokumen/") for path in site.paths())
    assert site.differences() == []
    restriction.delete()
    site.publish()
    assert any(path.startswith("dokumen/") for path in site.paths())
    assert site.differences() == []


def test_worker_learns_of_a_new_port_that_another_process_was_told(site, other_office):
    site.publish()
    known = Site.get_site_root_paths()
    province = Site.objects.get(hostname="localhost")
    province.port = 9000
    province.save()
    # The worker's own memory, which nobody clears for it.
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, known, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
    site.publish()
    page = PublishedSite("kab-lebak.localhost").page("/")
    assert "http://localhost:9000/" in page
    assert "http://localhost:8000/" not in page


def test_publisher_finds_nothing_to_heal_in_a_tree_it_has_just_made(site, write):
    write("Contoh rekaan", is_fictional=True)
    write("Berita nyata", published_at=timezone.now() - dt.timedelta(days=70))
    site.publish()
    row = Site.objects.get(hostname="localhost")
    assert reconcile(row, LocalTree("localhost"), deep=True) == 0
    assert site.publish() == []


@pytest.mark.parametrize("year", [1826, 1899, 2040, 2190])
def test_reader_finds_every_list_right_with_an_article_of_another_age(site, write, year):
    """Positions in lists are numbers of 64 bits; what code has dated otherwise stops nobody."""
    near = write("Rapat pleno dibuka")
    site.publish()
    moment = dt.datetime(year, 11, 25, 10, tzinfo=dt.UTC)
    far = write("Peristiwa dari masa lain", published_at=moment, updated_at=max(moment, timezone.now()))
    site.publish()
    assert "Peristiwa dari masa lain" in site.page(address(far))
    assert site.differences() == []
    republish(far, title="Judul dari masa lain")
    republish(near, title="Rapat pleno ditutup")
    site.publish()
    assert "Judul dari masa lain" in site.page("/berita/")
    assert site.differences() == []


def test_page_is_published_where_somebody_has_put_a_file_in_place_of_its_folder(site, write):
    article = write("Rapat pleno dibuka")
    site.publish()
    folder = site.folder / address(article).strip("/")
    shutil.rmtree(folder)
    folder.write_text("slot")
    republish(article, title="Rapat pleno ditutup")
    site.publish()
    assert "Rapat pleno ditutup" in site.page(address(article))
