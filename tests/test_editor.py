"""Somebody of an office sits down to write: the form, the editor's home, the lists behind it."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.media.models import Document, Image
from home.office import open_office
from home.roles import ensure_collection
from news import form_rules
from news.models import NewsArticlePage, NewsIndexPage, ReadCount, Section, Topic
from tests.uploads import pdf

TITLE = "Rapat Pleno Terbuka di Serang"
LEAD = "KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para pemangku kepentingan."
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def lebak(office):
    """A second office: KPU Kabupaten Lebak."""
    return open_office(
        code="36.02",
        name="KPU Kabupaten Lebak",
        short_name="KPU Lebak",
        level="kabupaten",
        hostname="lebak.localhost",
        port=8000,
    )


@pytest.fixture
def writer(client, office, colleague):
    """A writer of KPU Provinsi Banten, logged in."""
    user = colleague("Penulis", office)
    client.force_login(user)
    return user


@pytest.fixture
def fill(office, empty_form):
    """Fill the empty form in as a browser would; answers (address, fields)."""

    def _fill(**fields):
        address = reverse(
            "wagtailadmin_pages:add",
            args=["news", "newsarticlepage", NewsIndexPage.objects.child_of(office).get().pk],
        )
        form = empty_form(address)
        shown = {name: form.getlist(name) for name in form if not name.startswith("action-")}
        body = streamfield([("paragraph", rich_text("<p>Rapat dibuka pukul sembilan pagi.</p>"))])
        written = nested_form_data({"body": body, "attachments": streamfield([])})
        section = Section.objects.filter(site__root_page=office).first()
        usual = {"title": TITLE, "lead": LEAD, "section": section.pk, "slug": "rapat-pleno"}
        return address, shown | written | usual | fields

    return _fill


def complaints(answer) -> str:
    return " ".join(re.findall(r'error-message"[^>]*>(.*?)</p>', answer.text, re.S))


def test_writer_meets_six_fields_first_and_then_the_checks(client, writer, fill):
    address, _ = fill()
    first_tab = client.get(address).text.split('id="tab-tulis"')[1].split('id="tab-rincian"')[0]
    sections = re.findall(
        r'<section\s+class="w-panel[^"]*"\s+id="panel-child-tulis-(\w+)-section"', first_tab
    )
    assert len(sections) == 7, sections
    assert sections[-1] == "pemeriksaan"


def test_writer_who_types_the_number_of_a_file_of_another_office_is_shown_nothing_of_it(
    client, writer, fill, lebak
):
    room = ensure_collection(lebak)
    photo = Image.objects.create(title="Foto rahasia", file=get_test_image_file_jpeg(), collection=room)
    letter = Document.objects.create(
        title="Surat rahasia", file=ContentFile(pdf(), name="rahasia.pdf"), collection=room
    )
    link = f'<p>Baca <a linktype="document" id="{letter.pk}">surat ini</a>.</p>'
    pictured = {"image": photo.pk, "alt": "Foto saya", "caption": "", "credit": ""}
    one = {"count": 1, "0": {"deleted": "", "order": 0}}
    bodies = [
        [("image", pictured)],
        [("gallery", {"title": "Foto saya", "images": one | {"0": one["0"] | {"value": pictured}}})],
        [("documents", {"title": "", "items": one | {"0": one["0"] | {"value": letter.pk}}})],
        [("paragraph", rich_text(link))],
    ]
    typed = [nested_form_data({"body": streamfield(body)}) for body in bodies]
    for sent in ({"hero_image": photo.pk, "hero_alt": "Foto saya"}, *typed):
        answer = client.post(*fill(**sent))
        assert answer.status_code == 200, sent
        assert "bukan milik kantor Anda" in answer.text, sent
        assert "rahasia" not in answer.text, sent
        assert TITLE in answer.text
        assert "surat ini" in answer.text or "Foto saya" in answer.text or "documents" in answer.text
    assert not NewsArticlePage.objects.exists()


def test_writer_finds_the_unit_of_the_office_filled_in(client, writer, fill):
    _, fields = fill()
    assert fields["author_unit"] == ["Humas KPU Provinsi Banten"]


def test_writer_keeps_a_draft_of_which_only_the_title_is_written(client, writer, fill):
    address, fields = fill(lead="", section="", slug="", author_unit="")
    answer = client.post(address, fields)
    assert answer.status_code == 302, complaints(answer)
    page = NewsArticlePage.objects.get()
    assert (page.title, page.live, page.section) == (TITLE, False, None)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


@pytest.mark.parametrize("sent", [{"action-publish": "1"}, {"body-count": "abc"}, {"body-count": "9"}])
def test_form_no_browser_sends_is_refused_in_words_and_stores_nothing(client, write, superuser, sent):
    page = write("Rapat Pleno")
    client.force_login(superuser)
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "Lain", **sent})
    assert answer.status_code == 400
    assert "Permintaan tidak dapat dibaca" in answer.text
    assert page.get_latest_revision_as_object().title == "Rapat Pleno"


def test_autosave_keeps_what_is_too_long_to_be_published(client, writer, fill):
    tags = ", ".join(f"tagar {number}" for number in range(9))
    address, fields = fill(title="Panjang " * 15, lead="Pendek.", tags=tags)
    answer = client.post(address, fields, headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["success"]
    assert NewsArticlePage.objects.get().title == ("Panjang " * 15).strip()


def test_autosave_keeps_a_second_article_of_the_same_title(client, writer, fill):
    address, fields = fill(slug="rapat-pleno-terbuka-di-serang")
    client.post(address, fields)
    answer = client.post(address, fields, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.json()
    assert answer.json()["field_updates"]["slug"] == "rapat-pleno-terbuka-di-serang-2"
    again = client.post(answer.json()["url"], fields, headers={"accept": "application/json"})
    assert again.json()["field_updates"]["slug"] == "rapat-pleno-terbuka-di-serang-2"
    slugs = NewsArticlePage.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["rapat-pleno-terbuka-di-serang", "rapat-pleno-terbuka-di-serang-2"]


def test_writer_who_types_a_taken_address_is_told(client, writer, fill):
    address, fields = fill(slug="jadwal-kampanye")
    client.post(address, fields)
    answer = client.post(address, {**fields, "action-submit": "1"})
    assert "jadwal-kampanye" in complaints(answer)
    assert NewsArticlePage.objects.count() == 1


def test_writer_sees_the_preview_of_an_unfinished_draft(client, writer, fill):
    address, fields = fill(lead="", section="", slug="")
    preview = f"{address}preview/"
    assert client.post(preview, fields).json() == {"is_valid": True, "is_available": True}
    assert client.get(preview).status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Tulis judul berita"),
        ({"title": "Judul " * 20}, "Judul paling panjang 110 huruf; sekarang 119"),
        ({"lead": ""}, "Tulis teras berita"),
        ({"lead": "Terlalu pendek."}, "Teras berita 60 sampai 220 huruf; sekarang 15"),
        ({"lead": "panjang " * 30}, "Teras berita 60 sampai 220 huruf; sekarang 239"),
        ({"section": ""}, "Pilih rubrik"),
        ({"author_unit": ""}, "Isi unit penulis"),
        ({"tags": "satu, dua, tiga, empat, lima, enam, tujuh, delapan, sembilan"}, "sekarang 9"),
        ({"tags": "satu dua tiga empat lima enam tujuh delapan sembilan"}, "sekarang 9"),
        ({"valid_from": "02/06/2022", "valid_until": "01/06/2022"}, "tidak boleh mendahului awalnya"),
        ({"published_at": "02/06/2022 10.00", "updated_at": "01/06/2022 10.00"}, "mendahului waktu terbit"),
        ({"event_date": "05/25/2022"}, "Tulis tanggal seperti 25/05/2022"),
        ({"event_date": "31 Februari 2022"}, "Tulis tanggal seperti 25/05/2022"),
        ({"event_date": "Rabu, 25 Maret 2022"}, "25 Maret 2022 jatuh pada hari Jumat, bukan Rabu"),
        ({"embargo_until": "25/05/2022 jam tujuh"}, "Tulis tanggal dan jam seperti"),
        ({"slug": "Dengan Spasi"}, "Alamat hanya memuat huruf"),
    ],
)
def test_writer_is_told_what_to_mend_before_submitting(client, writer, fill, fields, words):
    address, data = fill(**fields)
    answer = client.post(address, data | {"action-submit": "1"})
    assert answer.status_code == 200
    assert words in complaints(answer)
    assert not NewsArticlePage.objects.exists()


def test_writer_is_asked_to_describe_the_photo_only_on_submitting(client, office, writer, fill):
    room = ensure_collection(office)
    image = Image.objects.create(title="Pleno", file=get_test_image_file_jpeg(), collection=room)
    address, data = fill(hero_image=image.pk, hero_alt=" ")
    assert client.post(address, data).status_code == 302
    asked = {"hero_image": image, "hero_alt": " "}
    assert dict(form_rules.broken(asked, form_rules.ALWAYS)) == {}
    assert "ceritakan isi foto" in dict(form_rules.broken(asked, form_rules.ALL))["hero_alt"]


def test_approver_cannot_publish_into_an_embargo(client, office, colleague, fill):
    client.force_login(colleague("Penyetuju", office))
    later = f"{timezone.localtime() + dt.timedelta(days=2):%d/%m/%Y %H:%M}"
    address, data = fill(embargo_until=later)
    assert "Embargo belum berakhir" in complaints(client.post(address, data | {"action-publish": "1"}))
    assert client.post(address, data | {"action-publish": "1", "go_live_at": later}).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        "25/05/2022",
        "25-5-2022",
        "25.05.2022",
        "2022-05-25",
        "25 Mei 2022",
        "25 mei 2022",
        "Rabu, 25 Mei 2022",
    ],
)
def test_writer_types_a_day_as_people_write_it(client, writer, fill, typed):
    address, data = fill(event_date=typed)
    assert client.post(address, data).status_code == 302
    assert NewsArticlePage.objects.get().event_date == dt.date(2022, 5, 25)


@pytest.mark.parametrize(
    "typed",
    ["25/05/2022 20:05", "25/05/2022 20.05", "25 Mei 2022 20.05", "Rabu, 25 Mei 2022, pukul 20.05 WIB"],
)
def test_writer_types_a_moment_as_people_write_it(client, writer, fill, typed):
    address, data = fill(embargo_until=typed)
    assert client.post(address, data).status_code == 302
    moment = NewsArticlePage.objects.get().embargo_until
    assert moment == dt.datetime(2022, 5, 25, 20, 5, tzinfo=JAKARTA)


def test_writer_is_warned_of_an_hour_in_another_zone(client, writer, fill):
    address, data = fill(embargo_until="25 Mei 2022 20.05 WITA")
    assert "tanpa WIB/WITA/WIT" in complaints(client.post(address, data))


def test_writer_types_a_day_in_a_block_as_people_write_it(client, writer, fill):
    def reply(received):
        block = {"sender": "Warga", "received": received, "text": rich_text("<p>Isi.</p>")}
        body = streamfield([("right_of_reply", block)])
        address, data = fill()
        data = {name: value for name, value in data.items() if not name.startswith("body-")}
        return client.post(address, data | nested_form_data({"body": body}))

    assert "Tulis tanggal seperti 25/05/2022" in reply("05/25/2022").text
    assert reply("25 Mei 2022").status_code == 302
    assert NewsArticlePage.objects.get().body.raw_data[0]["value"]["received"] == "2022-05-25"


def test_the_address_of_a_page_leaves_apostrophes_out(client, writer, fill):
    address, data = fill(title="Hasyim Asy\u2019ari dan Sa'diah Membuka Bimtek", slug="")
    assert client.post(address, data).status_code == 302
    assert NewsArticlePage.objects.get().slug == "hasyim-asyari-dan-sadiah-membuka-bimtek"


# --- the editor's home


def test_editor_finds_what_matters_today(client, office, write, colleague, fill):
    writer = colleague("Penulis", office)
    client.force_login(writer)
    address, data = fill(title="Naskah yang diajukan")
    client.post(address, data | {"action-submit": "1"})
    write("Konsep milik saya", live=False, owner=writer)
    read = write("Berita yang dibaca")
    ReadCount.objects.create(article=read, day=timezone.localdate(), count=41)
    home = client.get("/admin/").text
    assert "Konsep milik saya" in home
    assert "menunggu persetujuan" in home
    assert "dibaca 41 kali" in home
    assert reverse("write_article") in home
    assert 'href="http://localhost:8000/"' in home
    client.force_login(colleague("Penyetuju", office))
    waiting = client.get("/admin/").text.split('id="warta-waiting"')[1].split("</section>")[0]
    assert "Naskah yang diajukan" in waiting
    assert "Konsep milik saya" not in waiting


def test_editor_sees_nothing_of_another_office(client, office, lebak, write, colleague):
    write("Berita Banten")
    client.force_login(colleague("Penyetuju", lebak))
    home = client.get("/admin/").text
    assert "Berita Banten" not in home
    assert 'href="http://lebak.localhost:8000/"' in home


def test_newcomer_is_told_what_to_do_and_sees_no_advertisement(client, writer):
    home = client.get("/admin/").text
    for words in (
        "Tekan “Tulis berita” untuk memulai",
        "Tidak ada naskah yang menunggu",
        "Belum ada berita terbit",
    ):
        assert words in home
    assert "What's new" not in home
    assert "wagtail.org" not in home


def test_editors_home_costs_the_same_however_much_there_is(
    client, office, write, colleague, fill, django_assert_max_num_queries
):
    writer = colleague("Penulis", office)
    client.force_login(writer)
    for number in range(6):
        address, data = fill(title=f"Naskah {number}", slug=f"naskah-{number}")
        client.post(address, data | {"action-submit": "1"})
        article = write(f"Terbit {number}", owner=writer)
        ReadCount.objects.create(article=article, day=timezone.localdate(), count=number + 1)
    for role in ("Penulis", "Penyetuju"):
        if role != "Penulis":
            client.force_login(colleague(role, office))
        client.get("/admin/")
        with django_assert_max_num_queries(40):  # one asks for a demo, as no server with ALLOWED_HOSTS does
            client.get("/admin/")


def test_writer_of_one_office_comes_straight_to_the_empty_form(client, writer, office):
    index = NewsIndexPage.objects.child_of(office).get()
    assert client.get("/admin/tulis/").url == f"/admin/pages/add/news/newsarticlepage/{index.pk}/"


def test_administrator_of_several_offices_chooses_one(client, office, lebak, superuser):
    client.force_login(superuser)
    choice = client.get("/admin/tulis/").text
    assert "KPU Kabupaten Lebak" in choice
    assert "KPU Provinsi Banten" in choice


def test_person_who_may_write_nowhere_is_told_whom_to_ask(client, superuser, office, colleague):
    user = colleague("Penulis", office)
    user.groups.get().page_permissions.all().delete()
    client.force_login(user)
    assert "Minta administrator" in client.get("/admin/tulis/").text


# --- sections and topics


@pytest.fixture
def approver(client, office, lebak, colleague):
    """The approver of KPU Provinsi Banten, logged in; Lebak is there too."""
    user = colleague("Penyetuju", office)
    client.force_login(user)
    return user


def _address(name: str, item: object = None) -> str:
    return reverse(f"wagtailsnippets_news_section:{name}", args=[item.pk] if item else [])


def test_office_sees_and_edits_only_its_own_sections(client, approver, office, lebak):
    own = Section.objects.filter(site__root_page=office).first()
    other = Section.objects.create(site=lebak.sites_rooted_here.get(), name="Khas Lebak", slug="khas-lebak")
    listing = client.get(_address("list")).text
    assert own.name in listing
    assert "Khas Lebak" not in listing
    assert client.get(_address("edit", own)).status_code == 200
    for name in ("edit", "delete", "history", "usage"):
        assert client.get(_address(name, other)).status_code == 302, name
    assert client.post(_address("delete", other)).status_code == 302
    fields = {"name": "Dicuri", "slug": "dicuri", "position": 1, "site": other.site_id}
    assert client.post(_address("add"), fields).status_code == 200
    assert client.post(_address("edit", own), fields).status_code == 200
    assert not Section.objects.filter(name="Dicuri").exists()
    assert Section.objects.filter(name="Khas Lebak").exists()


def test_office_adds_a_section_of_its_own(client, approver, office):
    site = Site.objects.get(root_page=office)
    assert f'value="{site.pk}" selected' in client.get(_address("add")).text
    fields = {"name": "Pojok Data", "slug": "pojok-data", "position": 9, "site": site.pk}
    assert client.post(_address("add"), fields).status_code == 302
    assert "sudah ada" in client.post(_address("add"), fields).text


def test_section_in_use_is_not_deleted_and_the_person_is_told_why(client, approver, write, index):
    used = Section.objects.create(site=index.get_site(), name="Dipakai", slug="dipakai")
    page = write("Satu berita", section=used)
    for answer in (
        client.post(_address("delete", used), follow=True),
        client.post(f"/admin/bulk/news/section/delete/?id={used.pk}", follow=True),
    ):
        assert "masih dipakai 1 artikel" in answer.text
    page.section = Section.objects.exclude(pk=used.pk).filter(site=used.site).first()
    page.save_revision()
    page.save()
    client.post(_address("delete", used))
    assert not Section.objects.filter(pk=used.pk).exists()


def test_section_named_only_in_a_draft_is_not_deleted(client, approver, write, index):
    drafted = Section.objects.create(site=index.get_site(), name="Dipakai", slug="dipakai")
    page = write("Satu berita")
    page.section = drafted
    page.save_revision()
    assert "masih dipakai 1 artikel" in client.post(_address("delete", drafted), follow=True).text


def test_topics_are_kept_by_the_administrator_alone(client, approver, superuser, write):
    address = reverse("wagtailsnippets_news_topic:list")
    assert client.get(address).status_code == 302
    client.force_login(superuser)
    topic = Topic.objects.create(name="Pilkada", slug="pilkada")
    page = write("Satu berita")
    page.topics.add(topic)
    page.save()
    assert "Pilkada" in client.get(address).text
    delete = reverse("wagtailsnippets_news_topic:delete", args=[topic.pk])
    assert "masih dipakai 1 artikel" in client.post(delete, follow=True).text
    again = {"name": "Pilkada", "slug": "pilkada", "description": ""}
    refused = client.post(reverse("wagtailsnippets_news_topic:add"), again)
    assert "Topik dengan nama ini sudah ada" in refused.text


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}])
def test_editor_whose_text_finds_the_database_busy_is_told_to_save_again(
    client, writer, fill, monkeypatch, headers
):
    address, fields = fill(title=TITLE)

    def wait_in_vain(*_arguments: object, **_named: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(NewsArticlePage, "save_revision", wait_in_vain)
    answer = client.post(address, fields, headers=headers)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    words = answer.json()["message"] if headers else answer.content.decode()
    assert "belum tersimpan" in words
    assert not NewsArticlePage.objects.filter(title=TITLE).exists()
