"""An editor names a page, or redirects an address, where the site itself answers: readers keep what stands there."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from home.models import StandardPage
from news.models import Section
from tests.publishing import address
from tests.test_old_addresses import MARCH, ask, by_nginx, file_under, is_right, lines
from tests.test_publishing import republish

__all__ = ["ask"]
pytestmark = pytest.mark.django_db
AWAY = "https://contoh.id/"


@pytest.mark.parametrize(
    "slug", ["ralat", "topik", "rubrik", "cari", "admin", "api", "naskah", "static", "_util"]
)
def test_page_cannot_take_the_address_of_a_list_or_a_door(office, slug):
    with pytest.raises(ValidationError) as told:
        office.add_child(instance=StandardPage(title="Ralat kami", slug=slug))
    assert "slug" in told.value.message_dict
    assert not StandardPage.objects.filter(slug=slug).exists()


def test_page_of_the_name_of_a_list_gets_the_next_free_address(office, site):
    page = office.add_child(instance=StandardPage(title="Ralat"))
    site.publish()
    register = site.page("/ralat/")
    assert address(page) == "/ralat-2/" and site.page("/ralat-2/")
    page.delete()
    site.publish()
    assert site.page("/ralat/") == register
    assert site.differences() == []


def test_list_is_not_said_to_be_gone_because_a_page_stood_there_once(office, site, write, ask):
    file_under(write("Rapat pleno", published_at=MARCH))
    page = office.add_child(instance=StandardPage(title="Topik", slug="topik-2"))
    StandardPage.objects.filter(pk=page.pk).update(slug="topik", url_path=f"{office.url_path}topik/")
    StandardPage.objects.get(pk=page.pk).delete()  # as it was possible once
    site.publish()
    assert ask("/topik/") == (200, "")
    assert [line for line in lines(site) if line.startswith("/topik/ ")] == []
    assert is_right(site)


def test_administrator_is_told_which_old_pages_stand_at_the_sites_own_addresses(client, superuser, office):
    page = office.add_child(instance=StandardPage(title="Topik kami", slug="topik-2"))
    below = page.add_child(instance=StandardPage(title="Arsip kami", slug="arsip-2"))
    innocent = page.add_child(instance=StandardPage(title="Topik lain", slug="topik"))
    StandardPage.objects.filter(pk=page.pk).update(slug="topik")  # as it was possible once
    StandardPage.objects.filter(pk=below.pk).update(slug="arsip")
    client.force_login(superuser)
    report = client.get(reverse("health")).text
    assert "“Topik kami” berdiri di alamat yang dipakai situs sendiri (“topik”)" in report
    assert "“Arsip kami” berdiri di alamat yang dipakai situs sendiri (“arsip”)" in report
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in report
    assert innocent.title not in report
    republish(page, slug="topik-kami")
    republish(below, slug="arsip-kami")
    assert "dipakai situs sendiri" not in client.get(reverse("health")).text


def test_editor_is_told_that_a_page_cannot_stand_at_the_address_of_search(client, superuser, office):
    client.force_login(superuser)
    form = {"title": "Cari kami", "slug": "cari", "lead": "", "body-count": "0"}
    answer = client.post(reverse("wagtailadmin_pages:add", args=["home", "standardpage", office.pk]), form)
    assert "Slug" in answer.text and "sudah" in answer.text
    assert not StandardPage.objects.filter(slug="cari").exists()


def test_page_moved_below_the_office_cannot_take_the_address_of_a_list(client, superuser, office):
    above = office.add_child(instance=StandardPage(title="Tentang", slug="perihal"))
    page = above.add_child(instance=StandardPage(title="Ralat", slug="ralat"))
    client.force_login(superuser)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, office.pk]))
    page.refresh_from_db()
    assert address(page) == "/perihal/ralat/"


def test_page_cannot_take_the_address_of_an_archive_that_is_none(client, office):
    above = office.add_child(instance=StandardPage(title="Tentang", slug="perihal"))
    with pytest.raises(ValidationError):
        above.add_child(instance=StandardPage(title="Arsip", slug="arsip"))


@pytest.mark.parametrize(
    "path", ["/topik/", "/ralat/", "/ralat/2026/", "/cari", "/naskah/x/", "/hitung/", "/_util/"]
)
def test_editor_cannot_redirect_an_address_at_which_the_site_answers(client, superuser, site, write, path):
    file_under(write("Rapat pleno", published_at=MARCH))
    site.publish()
    before = {each: site.page(each) for each in ("/topik/", "/ralat/")}
    client.force_login(superuser)
    form = {"old_path": path, "is_permanent": "on", "redirect_link": AWAY}
    assert "Alamat ini dipakai situs sendiri" in client.post(reverse("wagtailredirects:add"), form).text
    Redirect.objects.create(old_path=path.rstrip("/"), redirect_link=AWAY)  # by another door
    site.publish()
    assert before == {each: site.page(each) for each in before}
    assert lines(site, AWAY) == []
    assert site.differences() == []


def test_redirect_at_the_archive_of_an_index_leads_only_while_there_is_none(site, index, write, ask):
    write("Rapat pleno", published_at=MARCH)
    for path in ("/berita/arsip", "/berita/arsip/2026/03", "/kabar/arsip/2026/03"):
        Redirect.objects.create(old_path=path, redirect_link=AWAY)
    site.publish()
    assert ask("/berita/arsip/") == ask("/berita/arsip/2026/03/") == (200, "")
    assert ask("/kabar/arsip/2026/03/") == (301, AWAY)
    assert is_right(site)
    republish(index, slug="kabar")
    site.publish()
    assert ask("/berita/arsip/") == ask("/berita/arsip/2026/03/") == (301, AWAY)
    assert by_nginx(site, "/berita/arsip/2026/03/") == AWAY
    assert ask("/kabar/arsip/2026/03/") == (200, "")
    assert is_right(site)


def test_redirect_below_a_section_leads_only_while_there_is_none(site, office, write, ask):
    section = Section.objects.filter(site=office.get_site()).first()
    write("Rapat pleno", published_at=MARCH, section=section)
    Redirect.objects.create(old_path="/rubrik/lama/arsip", redirect_link=AWAY)
    Redirect.objects.create(old_path=f"/rubrik/{section.slug}/arsip", redirect_link=AWAY)
    site.publish()
    assert ask(f"/rubrik/{section.slug}/arsip/") == (200, "")
    assert ask("/rubrik/lama/arsip/") == (301, AWAY)
    assert is_right(site)
    section.slug = "lama"
    section.save()
    site.publish()
    assert ask("/rubrik/lama/arsip/") == (200, "")
    assert is_right(site)


@pytest.mark.parametrize(
    ("typed", "kept"), [("//jahat/", ""), ("/a%20b/%2e%2e/", ""), ("http://lama.example/berita/", "/berita")]
)
def test_editor_is_told_about_the_old_address_as_it_will_be_kept(client, superuser, office, typed, kept):
    client.force_login(superuser)
    form = {"old_path": typed, "is_permanent": "on", "redirect_link": AWAY}
    answer = client.post(reverse("wagtailredirects:add"), form)
    assert ("Alamat ini dipakai situs sendiri" in answer.text) is (not kept)
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ([kept] if kept else [])


def test_editor_is_told_that_a_redirect_without_a_target_leads_nowhere(client, superuser, office):
    client.force_login(superuser)
    form = {"old_path": "/lama/", "is_permanent": "on"}
    assert (
        "Pilih halaman tujuan atau tulis alamat tujuan"
        in client.post(reverse("wagtailredirects:add"), form).text
    )
    assert not Redirect.objects.exists()
    client.post(reverse("wagtailredirects:add"), {**form, "redirect_page": office.pk})
    assert Redirect.objects.get().redirect_page_id == office.pk
