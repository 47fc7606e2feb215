"""Somebody tries Warta on their own machine: the demo is there, whole, and stays as they leave it."""

import datetime as dt
import json
import re
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import RequestFactory, override_settings
from django.urls import reverse
from wagtail.models import Collection, Page, Revision, Site, TaskState
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from cms.accounts.models import User
from cms.media.models import Document, Image
from cms.moderation.checks import blocking, run_checks
from cms.publishing import epoch
from home.demo import drawing, pictures, scenes, tour
from home.demo.articles import samples
from home.demo.people import PASSWORD
from home.models import HomePage
from news.models import Correction, NewsArticlePage
from tests.people import next_of, send

SEED = Path(__file__).parent.parent / "home" / "demo" / "seed.txt"
MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"
SLUGS = [sample["slug"] for sample in samples()]


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the demo once for this module, inside a transaction that its end takes back."""
    with django_db_blocker.unblock(), transaction.atomic():
        media = tmp_path_factory.mktemp("media")
        with override_settings(MEDIA_ROOT=media, PASSWORD_HASHERS=[MD5]):
            call_command("demo")
        yield media
        transaction.set_rollback(True)
    epoch.forget()


@pytest.fixture
def demo(_loaded, db, settings) -> None:
    """The demo, as `manage.py demo` loads it."""
    settings.MEDIA_ROOT = _loaded


@pytest.fixture
def seed(demo) -> NewsArticlePage:
    """The real article."""
    return NewsArticlePage.objects.get(slug=SLUGS[0])


def _rows() -> dict[str, int]:
    models = (Page, Site, User, Image, Document, Collection, Revision, Correction)
    return {model.__name__: model.objects.count() for model in models}


def _text(html: str) -> str:
    """Return the words of a piece of HTML as a reader's eye meets them: white space is one space."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


def test_demo_loaded_twice_is_the_demo_loaded_once(demo, capsys):
    before = _rows()
    assert (before["Site"], before["User"]) == (9, 8)
    call_command("demo")
    assert _rows() == before
    assert PASSWORD in capsys.readouterr().out


def test_demo_does_not_bring_back_what_somebody_deleted_or_undo_what_they_wrote(demo):
    NewsArticlePage.objects.get(slug=SLUGS[3]).delete()
    page = NewsArticlePage.objects.get(slug=SLUGS[1])
    page.title = "Judul baru"
    page.save()
    call_command("demo")
    assert not NewsArticlePage.objects.filter(slug=SLUGS[3]).exists()
    assert NewsArticlePage.objects.get(slug=SLUGS[1]).title == "Judul baru"


@pytest.mark.parametrize("slug", SLUGS)
def test_reader_opens_every_demo_article_on_the_site_of_its_office(client, demo, slug):
    page = NewsArticlePage.objects.get(slug=slug)
    host, _, path = page.full_url.removeprefix("http://").partition("/")
    answer = client.get(f"/{path}", headers={"host": host})
    assert answer.status_code == 200
    assert page.title in unescape(answer.text)


def test_reader_sees_the_seed_byte_for_byte(client, seed):
    answer = client.get(seed.url)
    page = _text(re.sub(r"<(style|script)\b.*?</\1>", "", answer.text, flags=re.S))
    _section, title, *paragraphs, _share, _links, _count = SEED.read_text(encoding="utf-8").split("\n\n")
    assert title in page
    assert len(paragraphs) == 6
    for paragraph in paragraphs:
        assert paragraph in page


def test_seed_keeps_what_its_source_printed(seed):
    assert (seed.legacy_view_count, seed.has_end_mark, seed.is_fictional) == (33, True, False)
    assert seed.dateline("KPU BANTEN") == "KPU BANTEN - Rabu, 25 Maret 2022 - "
    assert seed.event_date == dt.date(2022, 3, 25)
    assert (seed.lead, seed.author_unit, seed.hero_image_id) == ("", "", None)
    assert seed.url_path == f"/kantor-36/berita/2022/03/{seed.slug}/"


def test_composed_articles_say_that_they_are_composed(demo):
    composed = NewsArticlePage.objects.filter(slug__in=SLUGS[1:])
    assert composed.count() == 10
    assert all(page.is_fictional and "fiktif" in page.disclaimer for page in composed)
    assert all(page.hero_image and page.hero_alt for page in composed)


@pytest.mark.parametrize("slug", SLUGS[1:])
def test_nothing_holds_a_composed_article_back(demo, slug):
    found = run_checks(NewsArticlePage.objects.get(slug=slug))
    assert {each.code for each in found} <= {"title_long"}


def test_the_checks_find_what_is_wrong_with_the_seed(seed):
    found = {(each.code, each.level.value) for each in run_checks(seed)}
    missing = [
        (each["code"], each.get("found"))
        for each in samples()[0]["expected_checks"]
        if (each["code"], each["severity"]) not in found
    ]
    assert missing == []
    wrong = next(each for each in run_checks(seed) if each.code == "weekday_mismatch")
    assert [fix.value for fix in wrong.fixes] == ["25/05/2022", "23/03/2022"]


def test_the_seed_names_a_chairman_who_was_none_yet_until_its_date_is_mended(seed):
    doubted = [found for found in run_checks(seed) if found.code == "name_at_date"]
    assert ["sejak" in doubted[0].message or "12 April 2022" in doubted[0].message] == [True]
    seed.event_date = dt.date(2022, 5, 25)
    assert "name_at_date" not in {found.code for found in run_checks(seed)}


def test_approver_finds_a_queue_to_try_and_nothing_that_holds_it_back(client, demo):
    client.force_login(User.objects.get(username="penyetuju"))
    queue = client.get("/admin/antrean/").text
    assert "Kelas Pemilu Keliling Dibuka di Empat Kecamatan" in queue
    assert "Layanan Tatap Muka" in queue
    for state in TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).order_by("pk"):
        assert blocking(state.revision.as_object()) == []


def _log_in(client, name: str) -> None:
    client.force_login(User.objects.get(username=name))


def _turn(client, name: str, step: int = 1) -> str:
    """The step of the tour whose turn it has to be, as the home of `name` tells it."""
    _log_in(client, name)
    steps = re.findall(r'<li data-state="(\w+)"[^>]*>(.*?)</li>', client.get("/admin/").text, re.S)
    states = [state for state, _words in steps]
    assert states == ["done"] * (step - 1) + ["now"] + ["later"] * (4 - step)
    return steps[step - 1][1]


def _correct_the_date(client, page: NewsArticlePage):
    """Send the form as the writer leaves it who follows the tour."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = querydict_from_html(client.get(address).text, form_id="page-edit-form")
    data = {name: form.getlist(name) for name in form if not name.startswith(("action-", "body-"))}
    paragraphs = [("paragraph", rich_text(str(block.value))) for block in page.body]
    data |= nested_form_data({"body": streamfield(paragraphs), "attachments": streamfield([])})
    data |= {"event_date": "25/05/2022", "published_at": "25/05/2022 00:00"}
    data |= {"lead": "KPU RI memberi pengarahan kepada KPU se-Provinsi Banten di Aula KPU Provinsi Banten."}
    data |= {"change_kind": "ralat", "change_wrong": "25 Maret 2022", "change_right": "25 Mei 2022"}
    return client.post(address, data | {"show_dateline": "on", "has_end_mark": "on", "action-submit": "1"})


def _shown_to_approve(client, state: TaskState) -> str:
    return _text(client.get(reverse("moderation_review", args=[state.pk])).text)


def test_tour_is_for_people_of_the_province_alone(client, demo):
    assert "Buka artikelnya" in _turn(client, "penulis")
    for name in ("penyunting", "penyetuju", "moderator", "auditor", "admin"):
        assert "Masuk sebagai penulis; sandinya sama." in _turn(client, name)
    _log_in(client, "penulis.lebak")
    assert "warta-tour" not in client.get("/admin/").text


def test_readme_tells_the_tour_the_home_gives(client, demo):
    readme = (SEED.parent.parent.parent / "README.md").read_text(encoding="utf-8")
    told = readme.partition("## A first tour")[2].partition("\n## ")[0]
    assert re.findall(r"^\d\. `(\w+)`", told, re.M) == [each for each in tour.ACCOUNTS.values() if each]
    _turn(client, "penulis")
    home = client.get("/admin/").text
    for words in ("Buka artikelnya", "Rabu, 25 Mei 2022", "Pemeriksaan", "Ralat"):
        assert words in told
        assert words in home
    for account in re.findall(r"`(pen\w+)`", told):
        assert User.objects.filter(username=account).exists()


def test_real_office_meets_no_tour(client, seed, settings):
    _log_in(client, "penulis")
    settings.ALLOWED_HOSTS_GIVEN = ["testserver"]
    assert "warta-tour" not in client.get("/admin/").text
    settings.ALLOWED_HOSTS_GIVEN = []
    HomePage.objects.filter(code="36").update(is_demo=False)
    assert "warta-tour" not in client.get("/admin/").text


@pytest.mark.four_eyes
def test_date_of_the_seed_is_corrected_by_whose_turn_it_is(client, seed):
    assert reverse("wagtailadmin_pages:edit", args=[seed.pk]) in _turn(client, "penulis")
    assert _correct_the_date(client, seed).status_code == 302
    state = NewsArticlePage.objects.get(pk=seed.pk).current_workflow_task_state
    assert "Masuk sebagai penyunting" in _turn(client, "penulis", 2)
    for step, name in ((2, "penyunting"), (3, "penyetuju")):
        assert reverse("moderation_review", args=[state.pk]) in _turn(client, name, step)
        assert "KPU BANTEN - Rabu, 25 Maret 2022 -" in _shown_to_approve(client, state)
        assert "25 Maret 2022" in client.get(seed.url).text
        send(client, state, "setuju")
        state = next_of(state)
    page = NewsArticlePage.objects.get(pk=seed.pk)
    assert page.url == seed.url.replace("/2022/03/", "/2022/05/")
    assert page.url in _turn(client, "penulis", 4)
    assert {"weekday_mismatch", "season_mismatch", "date_order"}.isdisjoint(
        each.code for each in run_checks(page)
    )
    assert "KPU BANTEN - Rabu, 25 Mei 2022 - Ketua" in _text(client.get(page.url).text)
    assert page.corrections.get().right == "25 Mei 2022"


def test_operator_finds_the_wrong_date_among_everything_live(demo):
    told = StringIO()
    with pytest.raises(CommandError, match="3 kesalahan"):
        call_command("preflight", format="json", stdout=told)
    found = json.loads(told.getvalue())
    assert {each["title"] for each in found if each["level"] == "error"} == {samples()[0]["title"]}
    assert {"weekday_mismatch", "season_mismatch"} <= {each["code"] for each in found}


def test_announcement_brings_its_letters(demo):
    page = NewsArticlePage.objects.get(slug=SLUGS[2])
    assert page.official_number == "214/PL.02.1-Pu/3673/2026"
    assert page.valid_until == dt.date(2026, 10, 30)
    letters = Document.objects.filter(collection__name="KPU Kota Serang").order_by("pk")
    assert [letter.page_count for letter in letters] == [3, 12, 1]


def test_correction_of_the_sample_is_a_correction_here(demo):
    correction = NewsArticlePage.objects.get(slug=SLUGS[9]).corrections.get()
    assert correction.kind == "ralat"
    assert "29 kecamatan" in correction.text


def test_notice_that_ran_out_long_ago_is_still_there_to_read(demo):
    assert NewsArticlePage.objects.get(slug=SLUGS[10]).expire_at is None


def test_editor_opens_the_press_release_and_the_live_coverage_of_the_demo(client, demo):
    client.force_login(User.objects.get(username="admin"))
    for page in NewsArticlePage.objects.filter(slug__in=[SLUGS[3], SLUGS[8]]):
        assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_demo_people_log_in_with_the_printed_password(demo):
    request = RequestFactory().post("/admin/login/")
    for name in ("penulis", "penyetuju.lebak@kpu.example"):
        assert authenticate(request, username=name, password=PASSWORD)


def test_demo_sites_follow_the_port_of_the_server(demo, settings):
    settings.PORT = 8777
    call_command("demo")
    assert set(Site.objects.values_list("port", flat=True)) == {8777}
    assert HomePage.objects.get(code="36.02").full_url == "http://kab-lebak.localhost:8777/"


def test_pictures_are_the_same_bytes_every_time():
    assert pictures.draw("genangan") == pictures.draw("genangan")
    small = drawing.Canvas("#ffffff", 480, 480)
    scenes.emblem(small)
    assert small.as_png() == pictures.draw("lambang")


def test_editor_may_save_what_the_demo_loaded(demo):
    for page in NewsArticlePage.objects.all():
        page.body.stream_block.clean(page.body)
