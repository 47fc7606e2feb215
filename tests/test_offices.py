"""An operator opens offices; each keeps to itself what is its own."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, Page, Site, Workflow

from cms.media.models import Document
from cms.publishing.office import office_of_page
from home.models import HomePage, StandardPage
from home.office import open_office
from news.models import NewsArticlePage, NewsIndexPage, Section, Topic
from tests.standing import REGENCY

LEBAK = {name: value for name, value in REGENCY.items() if name != "parent_code"}


def _rows() -> dict[str, int]:
    models = (Page, Site, Section, Topic, Group, Collection, Workflow)
    return {model.__name__: model.objects.count() for model in models}


def test_operator_opens_an_office_with_one_command(client, office, capsys):
    call_command("open_office", **LEBAK, parent_code="36")
    assert capsys.readouterr().out == "KPU Kabupaten Lebak siap di http://kab-lebak.localhost:8000\n"
    for path in ("/", "/berita/", "/tentang/", "/privasi/", "/aksesibilitas/", "/kontak/", "/rubrik/opini/"):
        assert client.get(path, headers={"host": "kab-lebak.localhost:8000"}).status_code == 200
    home = HomePage.objects.get(code="36.02")
    assert home.dateline == "KPU LEBAK"
    assert home.parent_office == office


def test_menus_of_a_new_office_lead_somewhere(client, other_office):
    office = office_of_page(other_office)
    menu = [link.url for link in (*office.main_menu, *office.footer_menu)]
    assert {"/", "/berita/", "/tentang/", "/privasi/", "/aksesibilitas/", "/kontak/"} <= set(menu)
    for url in menu:
        assert client.get(url, headers={"host": "kab-lebak.localhost"}).status_code == 200


def test_opening_an_office_again_adds_nothing(other_office):
    before = _rows()
    open_office(**LEBAK, parent_code="36")
    assert _rows() == before


def test_opening_an_office_again_keeps_what_the_office_edited(other_office):
    other_office.short_name, other_office.main_menu = "KPU Kab. Lebak", []
    other_office.save()
    StandardPage.objects.child_of(other_office).get(slug="kontak").delete()
    Section.objects.filter(site__root_page=other_office, slug="opini").delete()
    group = Group.objects.get(name="Penulis · KPU Lebak")
    group.permissions.clear()
    before = _rows()
    open_office(**LEBAK, parent_code="36")
    home = HomePage.objects.get(code="36.02")
    assert (home.short_name, list(home.main_menu)) == ("KPU Kab. Lebak", [])
    assert not group.permissions.exists()
    assert _rows() == before


def test_opening_an_office_fills_in_what_it_lost(other_office):
    Group.objects.get(name="Penyetuju · KPU Lebak").delete()
    NewsIndexPage.objects.child_of(other_office).get().delete()
    open_office(**LEBAK, parent_code="36")
    assert Group.objects.filter(name="Penyetuju · KPU Lebak").count() == 1
    assert NewsIndexPage.objects.child_of(HomePage.objects.get(code="36.02")).count() == 1
    assert Collection.objects.filter(name="KPU Lebak").count() == 1


def test_first_office_takes_the_place_of_wagtails_welcome_page(office):
    assert [page.title for page in Page.objects.filter(depth=2)] == ["KPU Provinsi Banten"]
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("localhost", 8000, True)


@pytest.mark.django_db
def test_a_page_somebody_wrote_at_the_root_is_not_taken_for_the_welcome_page():
    Page.objects.get(slug="home").add_child(instance=Page(title="Lama", slug="lama"))
    open_office(**{**LEBAK, "hostname": "lebak.localhost"})
    assert Page.objects.filter(slug="lama").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"parent_code": "99"}, "Kantor induk dengan kode 99 belum ada"),
        ({"code": "tiga"}, "Kode wilayah Kemendagri"),
        ({"timezone": "Asia/Serang"}, "zona waktu"),
        ({"level": "desa"}, "tingkat"),
        ({"hostname": "localhost"}, "Alamat localhost sudah dipakai KPU Provinsi Banten"),
        ({"short_name": "kpu banten"}, "Nama singkat kpu banten sudah dipakai kantor lain"),
        ({"code": "36"}, "Kantor 36 sudah beralamat localhost"),
        ({"hostname": "alamat dengan spasi"}, "alamat dengan spasi"),
        ({"port": 99999}, "porta"),
        ({"email": "bukan-surel"}, "surel"),
    ],
)
def test_operator_is_told_in_one_sentence_why_an_office_cannot_be_opened(office, wrong, said):
    before = _rows()
    with pytest.raises(CommandError, match=said):
        call_command("open_office", **{**LEBAK, **wrong})
    assert _rows() == before


def test_every_host_answers_with_its_own_office(client, office, other_office):
    def name(host: str) -> str:
        client.get("/", headers={"host": host})
        return client.get("/", headers={"host": host}).wsgi_request._warta_office.name

    assert name("localhost:8000") == name("localhost:8123") == "KPU Provinsi Banten"
    assert name("127.0.0.1:8000") == "KPU Provinsi Banten"
    assert name("kab-lebak.localhost:8000") == name("kab-lebak.localhost:8123") == "KPU Kabupaten Lebak"


def test_writer_finds_only_the_files_of_the_own_office(client, office, other_office, colleague):
    for home in (office, other_office):
        room = Collection.objects.get(name=home.short_name)
        Document.objects.create(
            title=f"Surat {home.short_name}", collection=room, file=ContentFile(b"x", name="surat.txt")
        )
    client.force_login(colleague("Penulis", other_office))
    shown = client.get(reverse("wagtaildocs_chooser:choose")).text
    assert "Surat KPU Lebak" in shown
    assert "Surat KPU Banten" not in shown


@pytest.mark.parametrize("role", ["Penulis", "Penyunting", "Penyetuju"])
def test_people_of_an_office_work_in_their_own_office_only(client, office, other_office, colleague, role):
    client.force_login(colleague(role, other_office))
    own, foreign = (NewsIndexPage.objects.child_of(home).get() for home in (other_office, office))
    add = "wagtailadmin_pages:add"
    assert client.get(reverse(add, args=["news", "newsarticlepage", own.pk])).status_code == 200
    assert client.get(reverse(add, args=["news", "newsarticlepage", foreign.pk])).status_code == 302
    assert client.get(reverse("wagtailadmin_pages:edit", args=[office.pk])).status_code == 302


def test_front_page_of_the_province_tells_what_the_offices_below_it_wrote(client, office, other_office):
    site = Site.objects.get(root_page=other_office)
    NewsIndexPage.objects.child_of(other_office).get().add_child(
        instance=NewsArticlePage(
            title="Kelas Demokrasi di Rangkasbitung",
            slug="kelas-demokrasi",
            lead="Sebanyak 240 pelajar mengikuti kelas demokrasi di Rangkasbitung, Selasa.",
            author_unit="Humas KPU Kabupaten Lebak",
            section=Section.objects.filter(site=site).first(),
        )
    )
    page = client.get("/", headers={"host": "localhost:8000"}).text
    address = f"http://kab-lebak.localhost:8000/berita/{timezone.localtime():%Y/%m}/kelas-demokrasi/"
    assert f'<a href="{address}">Kelas Demokrasi di Rangkasbitung</a>' in page
    assert client.get(address, headers={"host": "kab-lebak.localhost:8000"}).status_code == 200
    assert "Kelas Demokrasi" not in client.get("/berita/", headers={"host": "localhost:8000"}).text


@pytest.mark.parametrize(
    ("hostname", "said"),
    [
        ("localhost", "Nama host ini sudah dipakai situs lain"),
        ("LocalHost", "Nama host ini sudah dipakai situs lain"),
        ("../../tmp", "Nama host terdiri atas huruf"),
        ("kpu banten", "Nama host terdiri atas huruf"),
        ("KPU.Example", ""),
    ],
)
def test_administrator_is_told_which_host_names_files_can_be_kept_by(
    client, superuser, office, hostname, said
):
    client.force_login(superuser)
    form = {"hostname": hostname, "port": "8001", "site_name": "Lain", "root_page": office.pk}
    answer = client.post(reverse("wagtailsites:add"), form)
    assert said in answer.text
    assert Site.objects.filter(port=8001).exists() is (said == "")
    assert not Site.objects.filter(hostname="KPU.Example").exists()
    own = office.get_site()
    changed = {"hostname": own.hostname, "port": "9000", "root_page": office.pk, "is_default_site": "on"}
    assert client.post(reverse("wagtailsites:edit", args=[own.pk]), changed).status_code == 302


def test_way_of_the_manuscripts_is_not_named_like_a_stage_of_it(office):
    way = office.get_workflow()
    assert way.name == "Alur naskah KPU Banten"
    assert [stage.name for stage in way.tasks] == ["Penyuntingan KPU Banten", "Persetujuan KPU Banten"]


def test_upgrade_renames_the_way_of_an_open_office_unless_somebody_has_named_it(office, other_office):
    upgrade = import_module("cms.moderation.migrations.0011_workflow_names")
    own, other = office.get_workflow(), other_office.get_workflow()
    upgrade.name_it_as_before(apps, None)
    Workflow.objects.filter(pk=other.pk).update(name="Persetujuan Lebak, tiga tahap")
    assert _name(own) == "Persetujuan KPU Banten"
    upgrade.name_the_way(apps, None)
    assert (_name(own), _name(other)) == ("Alur naskah KPU Banten", "Persetujuan Lebak, tiga tahap")


def _name(workflow: Workflow) -> str:
    return Workflow.objects.get(pk=workflow.pk).name
