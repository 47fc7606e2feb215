"""A reader comes by an old address below that of a page: an archive, the data of a table, an earlier text."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from home.models import StandardPage
from news.models import Correction
from tests.publishing import address
from tests.test_old_addresses import MARCH, ask, by_nginx, is_right, lines
from tests.test_publishing import republish

__all__ = ["ask"]
pytestmark = pytest.mark.django_db
TABLE = [("table", {"caption": "Suara", "cells": [["TPS", "Suara"], ["1", "12"]]})]


def test_reader_of_the_archive_of_a_renamed_index_is_led_to_the_same_month(site, index, write, office, ask):
    article = write("Rapat pleno", published_at=MARCH)
    site.publish()
    old = address(article)
    republish(index, slug="kabar")
    site.publish()
    for rest in ("", "arsip/", "arsip/2026/", "arsip/2026/03/"):
        assert ask(f"/berita/{rest}") == (301, f"/kabar/{rest}")
        assert by_nginx(site, f"/berita/{rest}") == f"/kabar/{rest}"
    assert ask(old) == (301, old.replace("berita", "kabar", 1))
    assert "/berita/arsip/* /kabar/arsip/:splat 301" in lines(site)
    assert ask("/berita/tidak-ada/") == (404, "")
    assert is_right(site)
    office.refresh_from_db()
    office.add_child(instance=StandardPage(title="Berita lain", slug="berita"))
    site.publish()
    assert ask("/berita/") == (200, "")
    assert lines(site, "/berita/arsip/") == []
    assert ask("/berita/arsip/") == (404, "")
    assert is_right(site)


def test_whoever_reads_the_data_and_the_earlier_text_of_an_article_that_moved_is_led_there(site, write, ask):
    article = write("Rapat pleno", body=TABLE)
    Correction.objects.create(page=article, text="Dua belas.", earlier_text={"title": "Rapat pleno"})
    site.publish()
    old = address(article)
    assert ask(f"{old}tabel-1.csv") == (200, "")
    republish(article, slug="rapat-terbuka")
    site.publish()
    article.refresh_from_db()
    now = address(article)
    for rest in ("tabel-1.csv", "versi/1/"):
        assert ask(f"{old}{rest}") == (301, f"{now}{rest}")
        assert by_nginx(site, f"{old}{rest}") == f"{now}{rest}"
        assert ask(f"{now}{rest}") == (200, "")
    assert ask(f"{old}tabel-2.csv") == (404, "")
    assert is_right(site)


@pytest.mark.parametrize("deed", ["unpublish", "delete"])
def test_whoever_reads_the_data_of_a_table_that_was_taken_down_is_told_that_it_is_gone(
    site, write, ask, deed
):
    article = write("Rapat pleno", body=TABLE)
    site.publish()
    old = f"{address(article)}tabel-1.csv"
    getattr(article, deed)()
    site.publish()
    assert ask(old) == (410, "")
    assert f"{old} /410.html 410" in lines(site)
    assert by_nginx(site, old) == "410"
    assert is_right(site)


def test_redirect_that_is_not_for_good_is_answered_as_such_by_every_server(site, write, ask):
    article = write("Rapat pleno")
    redirect = Redirect.objects.create(old_path="/rapat", redirect_page=article, is_permanent=False)
    Redirect.objects.create(old_path="/pleno", redirect_page=article)
    site.publish()
    assert ask("/rapat/") == (302, address(article))
    assert ask("/pleno/") == (301, address(article))
    assert f"/rapat/ {address(article)} 302" in lines(site)
    assert by_nginx(site, "/rapat/") == ""
    assert lines(site, "/rapat/", "nginx-temporary.map") == [f'"/rapat/" "{address(article)}";']
    assert "canonical" not in site.page("/rapat/") and "canonical" in site.page("/pleno/")
    assert is_right(site)
    redirect.is_permanent = True
    redirect.save()
    site.publish()
    assert ask("/rapat/") == (301, address(article))
    assert not (site.folder / "nginx-temporary.map").exists()
    assert is_right(site)


def test_editor_is_told_that_no_file_knows_what_stands_after_a_question_mark(client, superuser, office):
    client.force_login(superuser)
    form = {"old_path": "/index.php?id=5", "is_permanent": "on", "redirect_link": "/berita/"}
    assert "tanda tanya (?)" in client.post(reverse("wagtailredirects:add"), form).text
    assert not Redirect.objects.exists()


def test_data_of_a_table_on_a_standing_page_is_a_file_and_moves_with_it(site, office, ask):
    page = office.add_child(instance=StandardPage(title="Hasil", slug="hasil", body=TABLE))
    site.publish()
    assert 'href="tabel-1.csv"' in site.page("/hasil/")
    assert ask("/hasil/tabel-1.csv") == (200, "")
    republish(page, slug="hasil-akhir")
    site.publish()
    assert ask("/hasil/tabel-1.csv") == (301, "/hasil-akhir/tabel-1.csv")
    assert is_right(site)
