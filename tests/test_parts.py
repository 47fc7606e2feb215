"""An import of many articles goes out in parts: nothing leads nowhere meanwhile, and a small edit need not wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.models import PageViewRestriction, Site

from cms.media import processing
from cms.media.models import Image
from cms.publishing import outbox, parts, publisher, settling
from cms.publishing.models import Batch, Dirty
from news.models import NewsArticlePage, Section, Topic
from tests import uploads
from tests.newsroom import add_picture
from tests.probing import Reader
from tests.publishing import PublishedSite, address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Parts of eight outputs, so that a dozen articles are many."""
    monkeypatch.setattr(parts, "WIDE", 8)


def batches(site: PublishedSite) -> Iterator[Batch]:
    """Publish batch by batch; after each a reader follows every link there is, and none has come to lead nowhere."""
    row = Site.objects.get(hostname=site.hostname)
    before = broken_links()
    settling.spread()
    while batch := publisher.publish_site(row):
        assert broken_links() <= before
        yield batch


def broken_links() -> set[str]:
    """Return the links that lead nowhere: the menu of the tests' office names sections it has not."""
    return {link.split()[0] for link in Reader(Path(settings.PUBLIC_ROOT)).crawl()}


@pytest.fixture
def bring(write):
    """Import articles, all at once, with a topic nobody has used."""

    def _bring(count: int) -> list[NewsArticlePage]:
        topic = Topic.objects.create(name="Arsip lama", slug="arsip-lama")
        pages = [write(f"Berita lama {number}", published_at=None) for number in range(count)]
        for page in pages:
            page.topics = [topic]
            page.save()
        return pages

    return _bring


def test_reader_is_led_nowhere_while_an_import_comes_in_parts(site, write, bring):
    write("Berita pertama")
    site.publish()
    bring(20)
    done = [batch.rendered for batch in batches(site)]
    assert len(done) > 4
    assert max(done) <= 16
    assert "Berita lama 19" in site.page("/berita/")
    assert not Dirty.objects.exists()
    assert site.differences() == []


def test_nobody_is_shown_a_part_of_an_import(site, bring):
    site.publish()
    bring(12)
    made = set()
    for _batch in batches(site):
        pages = {path for path in site.paths() if path.startswith("berita/") and "berita-lama" in path}
        if len(made) < 24:
            assert "Berita lama" not in site.page("/berita/") or len(pages) == 24
        made |= pages
    assert site.differences() == []


def test_small_edit_overtakes_an_import(site, write, bring, monkeypatch):
    monkeypatch.setattr(parts, "WIDE", 32)
    other = Section.objects.filter(site__hostname=site.hostname).order_by("pk")[1]
    old, *_others = [write(f"Siaran {number}", section=other) for number in range(7)]
    site.publish()
    bring(70)
    coming = batches(site)
    next(coming)
    old.title = "Judul yang diralat"
    old.save_revision().publish()
    next(coming)
    assert Dirty.objects.filter(turn=parts.Turn.NEW_PAGE).exists()
    assert "Judul yang diralat" in site.page(address(old))
    for _batch in coming:
        pass
    assert site.differences() == []


def test_article_of_an_import_that_is_withdrawn_before_its_turn_never_appears(site, write, bring):
    write("Berita pertama")
    site.publish()
    pages = bring(20)
    coming = batches(site)
    next(coming)
    pages[3].unpublish()
    PageViewRestriction.objects.create(page=pages[17], restriction_type=PageViewRestriction.LOGIN)
    for _batch in coming:
        assert not any("berita-lama-3/" in path or "berita-lama-17/" in path for path in site.paths() - {""})
    assert site.differences() == []


def test_withdrawn_article_goes_at_once_beside_an_import(site, write, bring):
    old = write("Berita pertama")
    site.publish()
    bring(20)
    coming = publisher.publish_site
    row = Site.objects.get(hostname=site.hostname)
    coming(row)
    old.unpublish()
    coming(row)
    assert site.page(address(old)) == ""
    site.publish()
    assert site.differences() == []


def test_renamed_section_of_the_site_moves_at_once(site, write, index):
    for number in range(6):
        write(f"Berita {number}")
    site.publish()
    index.slug = "kabar"
    index.save_revision().publish()
    for _batch in batches(site):
        pass
    assert outbox.waiting().count() == 0
    assert site.differences() == []


def test_pages_keep_their_picture_until_each_has_the_new_one(site, write):
    hero = Image.objects.get(pk=add_picture("red").pk)
    for number in range(12):
        write(f"Berita {number}", hero_image=hero, hero_alt="Petugas")
    site.publish()
    hero.file = ContentFile(uploads.photograph(60, 30), name="biru.jpg")
    hero.save()
    processing.process(hero.pk)
    assert len(list(batches(site))) > 1
    assert site.differences() == []
