"""Readers get files: after whatever an editor does, exactly those a clean build of the same database gives."""

import datetime as dt
import json
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from home.models import StandardPage
from news.models import Correction, NewsArticlePage, NewsIndexPage, Section, Topic
from tests.publishing import PublishedSite

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree_aside(settings, tmp_path):
    settings.PUBLIC_ROOT = tmp_path / "public"


@pytest.fixture
def site(office) -> PublishedSite:
    """The published files of the office."""
    return PublishedSite("localhost")


def address(page) -> str:
    """Where readers find a page."""
    return urlsplit(page.full_url).path


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
