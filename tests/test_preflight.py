"""Pemeriksaan through its doors: the panel on the form, the command, what holds an article back, an office's rules."""

import datetime as dt
import json
import re
import time
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield
from wagtail.users.models import UserProfile

from cms.media.models import Document, Image
from cms.moderation.checks import Level, blocking, run_checks
from home.demo.articles import samples
from home.roles import ensure_collection
from news.blocks.catalogue import BODY_BLOCKS
from news.models import NewsArticlePage, NewsIndexPage, PolicyWindow, Section, WordListEntry
from tests.test_demo import SEED

LEAD = "KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para pemangku kepentingan."
WORDS = "<p>Rapat dibuka Rabu, 25 Maret 2022, dan kedepannya digelar lagi.</p>"


@pytest.fixture
def codes():
    """The codes of what is found in a page."""
    return lambda page: [finding.code for finding in run_checks(page)]


@pytest.fixture
def writer(client, office, colleague):
    """A writer of KPU Provinsi Banten, logged in."""
    user = colleague("Penulis", office)
    client.force_login(user)
    return user


def body_of(*paragraphs: str) -> dict[str, str]:
    """Return the form's part of a body of these paragraphs."""
    blocks = [("paragraph", rich_text(words)) for words in paragraphs]
    return nested_form_data({"body": streamfield(blocks), "attachments": streamfield([])})


@pytest.fixture
def new_form(office, empty_form):
    """The form of a new article as a browser sends it: `new_form(body=[...], title=...)`; and where to ask."""

    def _new_form(body=(WORDS,), **fields):
        index = NewsIndexPage.objects.child_of(office).get()
        form = empty_form(reverse("wagtailadmin_pages:add", args=["news", "newsarticlepage", index.pk]))
        shown = {name: form.getlist(name) for name in form if not name.startswith(("action-", "body-"))}
        section = Section.objects.filter(site__root_page=office).first()
        usual = {"title": "Rapat Pleno", "lead": LEAD, "section": section.pk, "slug": ""}
        ask = reverse("check_new_page", args=["news", "newsarticlepage", index.pk])
        return ask, shown | body_of(*body) | usual | fields

    return _new_form


def found_in(answer) -> dict[str, str]:
    """Return what the panel shows: the words of each finding by its code."""
    items = re.findall(r'data-code="(\w+)">.*?<p[^>]*>\s*(.*?)\s*</p>', answer.json()["html"], re.S)
    return dict(items)


# --- the panel


def test_writer_of_a_new_article_sees_what_is_wrong_before_anything_is_saved(client, writer, new_form):
    address, data = new_form()
    answer = client.post(address, data)
    found = found_in(answer)
    assert "25 Maret 2022 jatuh pada hari Jumat, bukan Rabu" in found["weekday_mismatch"]
    assert "kedepannya" in found["spelling"]
    assert answer.json()["counts"]["error"] == 1
    assert answer.json()["summary"].startswith("1 kesalahan, ")
    assert not NewsArticlePage.objects.exists()


def test_every_finding_leads_to_its_block_and_carries_its_change(client, writer, new_form):
    address, data = new_form()
    block = "5f0c9a52-4e0a-4c28-8a57-3a8f4a7f7c11"
    html = client.post(address, data | {"body-0-id": block}).json()["html"]
    fixes = [json.loads(raw.replace("&quot;", '"')) for raw in re.findall(r'fix-param="([^"]*)"', html)]
    spelling = next(fix for fix in fixes if fix["old"] == "kedepannya")
    assert spelling == {
        "action": "replace", "path": f"body.{block}", "value": "ke depannya", "old": "kedepannya", "nth": 0,
    }  # fmt: skip
    places = [json.loads(raw.replace("&quot;", '"')) for raw in re.findall(r'place-param="([^"]*)"', html)]
    assert {"path": f"body.{block}", "found": "kedepannya", "nth": 0} in places


def test_the_panel_stands_on_the_form_and_knows_where_to_ask(client, writer, write, new_form):
    address, _data = new_form()
    add = address.replace("/pemeriksaan/baru/", "/pages/add/")
    assert f'data-warta-checks-url-value="{address}"' in client.get(add).text
    page = write("Rapat", live=False, owner=writer)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert f'data-warta-checks-url-value="{reverse("check_page", args=[page.pk])}"' in html
    assert 'role="status" aria-live="polite"' in html


def test_writer_with_nothing_to_mend_reads_so(client, writer, new_form, office):
    image = Image.objects.create(
        title="Pleno",
        file=get_test_image_file_jpeg(filename="rapat.jpg"),
        collection=ensure_collection(office),
    )
    spoken = "<p>\u201cRapat ini terbuka untuk semua,\u201d kata Ketua KPU.</p>"
    address, data = new_form((spoken,), hero_image=image.pk, hero_alt="Ketua membuka rapat", tags="rapat")
    answer = client.post(address, data).json()
    assert (answer["summary"], answer["counts"]) == ("Tidak ada catatan. Naskah siap diajukan.", {})


def test_writer_who_types_no_readable_date_is_told_and_the_rest_is_checked(client, writer, new_form):
    address, data = new_form(event_date="Rabu, 25 Maret 2022")
    found = found_in(client.post(address, data))
    assert "25 Maret 2022 jatuh pada hari Jumat, bukan Rabu" in found["unreadable"]
    assert "kedepannya" in found["spelling"]


def test_a_block_that_is_not_complete_yet_is_checked_as_it_stands(client, writer, new_form):
    cells = "Kecamatan\tPemilih\nSerang\t1\nCurug"  # a row too short to be saved
    blocks = [("paragraph", rich_text(WORDS)), ("table", {"caption": "Rekap", "cells": cells, "source": ""})]
    address, data = new_form()
    data = {name: value for name, value in data.items() if not name.startswith("body-")}
    found = found_in(client.post(address, data | nested_form_data({"body": streamfield(blocks)})))
    assert "kedepannya" in found["spelling"]
    assert "unreadable" in found


def test_an_empty_title_is_no_title_of_ours(client, writer, new_form):
    address, data = new_form(title="")
    assert client.post(address, data).status_code == 200


def test_checking_stores_nothing_and_lets_others_write(client, writer, write, new_form):
    page = write("Rapat", live=False, owner=writer)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    form = querydict_from_html(html, form_id="page-edit-form")
    data = {name: form.getlist(name) for name in form if not name.startswith(("action-", "body-"))}
    ways = [new_form(), (reverse("check_page", args=[page.pk]), data | body_of(WORDS))]
    for address, sent in ways:
        with CaptureQueriesContext(connection) as queries:
            assert "weekday_mismatch" in found_in(client.post(address, sent))
        said = [query["sql"].split()[0].upper() for query in queries]
        assert {"INSERT", "UPDATE", "DELETE", "BEGIN"} & set(said) == set()
        assert said[0] == "SELECT"  # no transaction around it all
        assert len(said) < 50
    page.refresh_from_db()
    assert "25 Maret" not in str(page.body.raw_data[0]["value"])


def test_nobody_checks_what_they_may_not_write(client, office, other_office, colleague, write, new_form):
    page = write("Rapat", live=False)
    client.force_login(colleague("Penulis", office))
    address, data = new_form()
    client.force_login(colleague("Penyunting", other_office))
    for each in (address, reverse("check_page", args=[page.pk])):
        assert client.post(each, data).status_code in {302, 403}
        assert client.get(each).status_code in {302, 403, 405}
    client.logout()
    assert client.post(address, data, headers={"x-requested-with": "XMLHttpRequest"}).status_code in {
        302,
        403,
    }


def test_what_is_no_form_of_ours_is_refused(client, writer, superuser, office, new_form):
    address, _data = new_form()
    assert client.post(address, {"title": "x"}).status_code == 400
    client.force_login(superuser)
    assert client.post(reverse("check_page", args=[office.pk]), {"title": "x"}).status_code == 404
    assert client.post(reverse("check_new_page", args=["home", "homepage", office.pk]), {}).status_code == 404
    assert client.post(reverse("check_new_page", args=["nothing", "there", office.pk]), {}).status_code == 404


def test_a_thousand_words_are_checked_while_one_breathes(client, writer, new_form):
    text = " ".join(block["value"] for block in samples()[0]["body"]).split()
    words = (text * 2)[:1000]
    address, data = new_form([f"<p>{' '.join(words[at : at + 100])}</p>" for at in range(0, 1000, 100)])
    took = []
    for _time in range(5):
        start = time.process_time()
        assert client.post(address, data).status_code == 200
        took.append(time.process_time() - start)
    assert min(took) < 0.3


def test_english_speaking_editor_reads_the_findings_in_english(client, writer, new_form):
    address, data = new_form()
    UserProfile.objects.update_or_create(user=writer, defaults={"preferred_language": "en"})
    answer = client.post(address, data)
    assert "falls on Jumat, not Rabu" in found_in(answer)["weekday_mismatch"]


# --- the reference article


@pytest.fixture
def pasted(write):
    """The reference article as somebody pastes it whole from the old site, its date in the form."""
    lines = [line for line in SEED.read_text().splitlines() if line]
    title, *text = lines[1:]
    page = write(
        title,
        event_date=dt.date(2022, 3, 25),
        body=[("paragraph", f"<p>{escape(line)}</p>") for line in text],
    )
    page.lead = page.author_unit = ""
    page.published_at = dt.datetime(2022, 3, 25, 5, tzinfo=dt.UTC)
    return page


def test_every_fault_of_the_reference_article_is_found(pasted):
    found = run_checks(pasted)
    for expected in samples()[0]["expected_checks"]:
        same = [
            each for each in found if each.code == expected["code"] and each.level == expected["severity"]
        ]
        words = expected.get("found", "").partition(" (")[0]
        hits = [each for each in same if words.lower() in f"{each.found} {each.message}".lower()]
        assert len(hits) >= expected.get("count", 1), expected
        for wanted in expected.get("suggest", ()):
            assert any(wanted in proposed(hit) for hit in hits), expected


def proposed(finding) -> set[str]:
    """Return what a finding's changes lead to, days as ISO dates."""
    values = {fix.value for fix in finding.fixes}
    days = {f"{y}-{m}-{d}" for value in values for d, m, y in re.findall(r"^(\d\d)/(\d\d)/(\d{4})$", value)}
    spelled = {"2022-05-25"} if any("Rabu, 25 Mei 2022" in value for value in values) else set()
    return values | days | spelled


def test_the_date_that_fits_weekday_and_season_is_proposed_first(pasted):
    wrong = next(each for each in run_checks(pasted) if each.code == "weekday_mismatch")
    assert [fix.label for fix in wrong.fixes][:2] == [
        "Rabu, 25 Mei 2022 (cocok dengan bulan Syawal)",
        "Rabu, 23 Maret 2022",
    ]


def test_correcting_the_date_of_an_imported_article_corrects_its_printed_dateline(
    client, office, superuser, write
):
    page = write(
        "Naskah Asal",
        event_date=dt.date(2022, 3, 25),
        printed_dateline="KPU BANTEN - Rabu, 25 Maret 2022 - ",
        published_at=dt.datetime(2022, 3, 25, 5, tzinfo=dt.UTC),
    )
    assert "weekday_mismatch" in [each.code for each in blocking(page)]
    client.force_login(superuser)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = querydict_from_html(client.get(address).text, form_id="page-edit-form")
    data = {name: form.getlist(name) for name in form if not name.startswith(("action-", "body-"))}
    data |= body_of("<p>Rapat.</p>") | {"show_dateline": "on"}
    client.post(address, data | {"action-publish": "1"})
    page.refresh_from_db()
    assert page.dateline("KPU BANTEN") == "KPU BANTEN - Rabu, 25 Maret 2022 - "
    answer = client.post(reverse("check_page", args=[page.pk]), data | {"event_date": "25/05/2022"})
    assert "weekday_mismatch" not in found_in(answer)
    client.post(address, data | {"event_date": "25/05/2022"})  # a draft at first
    page.refresh_from_db()
    assert page.dateline("KPU BANTEN") == "KPU BANTEN - Rabu, 25 Maret 2022 - "
    page.latest_revision.publish()
    page.refresh_from_db()
    assert page.dateline("KPU BANTEN") == "KPU BANTEN - Rabu, 25 Mei 2022 - "
    assert blocking(page) == []


# --- what holds an article back


def test_an_error_holds_back_and_other_words_make_another_one(write):
    page = write("Rapat", live=False, body=[("paragraph", WORDS)])
    (error,) = blocking(page)
    assert error.code == "weekday_mismatch"
    page.body = [("paragraph", "<p>Selasa, 25 Maret 2022.</p>")]
    (other,) = blocking(page)
    assert other.fingerprint != error.fingerprint


def test_the_name_of_a_finding_stays_when_the_article_is_saved_and_read_again(write):
    page = write("Rapat", body=[("paragraph", WORDS)])
    names = [each.fingerprint for each in run_checks(NewsArticlePage.objects.get(pk=page.pk))]
    page.save_revision()
    again = NewsArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [each.fingerprint for each in run_checks(again)] == names


def test_the_gravest_comes_first(write):
    ranks = [each.level.rank for each in run_checks(write("Rapat", body=[("paragraph", WORDS)]))]
    assert ranks == sorted(ranks)


# --- what lies beside the text


def test_personal_data_in_names_of_files_is_found(write, codes):
    number = "3604120405800001"
    image = Image.objects.create(title=f"ktp-{number}", file=get_test_image_file_jpeg())
    document = Document.objects.create(title=f"KK {number}", file=ContentFile(b"x", name="kk.txt"))
    page = write("Rapat", hero_image=image, hero_alt="Kartu")
    assert "personal_data" in codes(page)
    page = write("Rapat lain", attachments=[("document", document)])
    assert "personal_data" in codes(page)


def test_links_to_pages_that_are_gone_or_hidden_are_found(write, codes, index):
    other, draft = write("Tujuan"), write("Konsep", live=False)

    def linked(target: str) -> NewsArticlePage:
        return write("Rapat", slug="", body=[("paragraph", f"<p><a {target}>lihat</a></p>")])

    def levels(target: str) -> list[str]:
        return [each.level for each in run_checks(linked(target)) if each.code == "link_dead"]

    assert levels(f'linktype="page" id="{other.pk}"') == []
    assert levels(f'linktype="page" id="{draft.pk}"') == [Level.WARNING]
    assert levels('linktype="page" id="999999"') == [Level.ERROR]
    assert levels('linktype="document" id="999999"') == [Level.ERROR]
    assert levels(f'href="{other.full_url}"') == []
    assert levels(f'href="{other.url}"') == []
    assert levels(f'href="{other.url[:-1]}-salah/"') == [Level.ERROR]
    assert levels('href="http://localhost:8000/tidak-ada/"') == [Level.ERROR]
    for elsewhere in ("https://bps.go.id/", "/cari/", "/rubrik/x/", "/", "mailto:a@kpu.go.id", "#atas"):
        assert levels(f'href="{elsewhere}"') == [], elsewhere
    old = other.url
    other.slug = "pindah"
    other.save_revision().publish()
    assert levels(f'href="{old}"') == []  # readers are sent on
    other.unpublish()
    assert levels(f'linktype="page" id="{other.pk}"') == [Level.WARNING]


def test_every_kind_of_block_can_be_checked(write):
    body = [
        {"type": name, "value": block.get_prep_value(block.get_preview_value()), "id": f"b-{name}"}
        for name, block in BODY_BLOCKS.child_blocks.items()
    ]
    page = write("Segala blok", live=False)
    page.body = NewsArticlePage._meta.get_field("body").to_python(json.dumps(body))
    found = run_checks(page)
    assert {each.code for each in found if each.level == Level.ERROR} <= {"personal_data"}
    assert all(each.message and each.fingerprint for each in found)


def test_a_block_of_a_kind_that_no_longer_exists_is_passed_over(write):
    page = write("Rapat", live=False)
    page.body = NewsArticlePage._meta.get_field("body").to_python(json.dumps([{"type": "lama", "value": 1}]))
    assert blocking(page) == []


def test_an_archive_is_checked_with_a_handful_of_queries(write, django_assert_max_num_queries):
    other = write("Tujuan")
    body = [
        ("paragraph", f'<p><a linktype="page" id="{other.pk}">a</a> {number}</p>') for number in range(30)
    ]
    page = NewsArticlePage.objects.get(pk=write("Rapat", body=body).pk)
    run_checks(page)  # the office is read once for all of them
    with django_assert_max_num_queries(14):
        run_checks(page)


# --- the command


def checked(*arguments: str) -> tuple[str, bool]:
    """Return what the command says, and whether it ends well."""
    out = StringIO()
    try:
        call_command("preflight", *arguments, stdout=out)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


def test_operator_checks_everything_live_from_a_shell(write, other_office, capsys):
    page = write("Rapat Keliru", body=[("paragraph", WORDS)])
    write("Konsep Keliru", body=[("paragraph", WORDS)], live=False)
    told, is_well = checked()
    assert not is_well
    assert "Rapat Keliru" in told
    assert "weekday_mismatch" in told
    assert "spelling" in told
    assert "no_direct_quote" not in told
    assert "Konsep" not in told
    assert "100%" in capsys.readouterr().err
    told, _is_well = checked("--level", "info")
    assert "no_direct_quote" in told
    rows = json.loads(checked("--format", "json", "--level", "error")[0])
    assert [(row["page"], row["code"], row["host"]) for row in rows] == [
        (page.pk, "weekday_mismatch", "localhost")
    ]
    assert rows[0]["fingerprint"] == blocking(page)[0].fingerprint
    assert checked("--host", "kab-lebak.localhost") == ("Tidak ada catatan.\n", True)
    assert not checked("--host", "tidak.ada")[1]


def test_operator_learns_with_the_exit_code_that_all_is_well(write):
    write("Rapat")
    assert checked()[1]


# --- the office's own rules


def test_an_office_adds_words_and_allows_others(write, codes, office, other_office, index):
    site = office.get_site()
    page = write("Rapat", body=[("paragraph", "<p>Kedepannya para stakeholder menyukai kopdar.</p>")])
    before = codes(page)
    assert before.count("spelling") == 1
    WordListEntry.objects.create(site=site, wrong="kedepannya", kind="allowed")
    WordListEntry.objects.create(site=site, wrong="kopdar", right="pertemuan", kind="spelling")
    WordListEntry.objects.create(site=other_office.get_site(), wrong="para", right="semua")
    found = [each for each in run_checks(page) if each.code == "spelling"]
    assert [each.found for each in found] == ["kopdar"]
    assert found[0].fixes[0].value == "pertemuan"


def test_a_quiet_period_of_the_province_holds_in_its_regencies_and_ends(office, other_office, colleague):
    today = timezone.localdate()
    window = PolicyWindow.objects.create(
        site=office.get_site(), name="Masa tenang", starts=today, ends=today, terms="Hartini Wijaya\n\n"
    )
    index = NewsIndexPage.objects.child_of(other_office).get()
    page = index.add_child(
        instance=NewsArticlePage(
            title="Rapat", lead=LEAD, author_unit="Humas",
            section=Section.objects.filter(site__root_page=other_office).first(),
            body=[("paragraph", "<p>Hartini Wijaya hadir.</p>")], live=False,
        )
    )  # fmt: skip
    page.has_unpublished_changes = True
    assert [each.code for each in blocking(page)] == ["neutrality"]
    page.go_live_at = timezone.now() + dt.timedelta(days=2)
    assert blocking(page) == []
    page.go_live_at = None
    window.includes_below = False
    window.save()
    assert blocking(page) == []


def test_what_was_public_before_a_quiet_period_stays_so(write, office):
    page = write("Rapat", body=[("paragraph", "<p>Paslon 01 hadir.</p>")])
    page.last_published_at = timezone.now() - dt.timedelta(days=9)
    page.has_unpublished_changes = False
    today = timezone.localdate()
    PolicyWindow.objects.create(site=office.get_site(), name="Masa tenang", starts=today, ends=today)
    assert blocking(page) == []
    page.has_unpublished_changes = True
    assert [each.code for each in blocking(page)] == ["neutrality"]


def words_screen(name: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_news_wordlistentry:{name}", args=args)


def windows_screen(name: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_news_policywindow:{name}", args=args)


@pytest.mark.parametrize(
    ("role", "words", "windows"), [("Penulis", 302, 302), ("Penyunting", 200, 302), ("Penyetuju", 200, 200)]
)
def test_editors_keep_the_words_and_approvers_the_quiet_periods(
    client, office, colleague, role, words, windows
):
    client.force_login(colleague(role, office))
    assert client.get(words_screen("list")).status_code == words
    assert client.get(words_screen("add")).status_code == words
    assert client.get(windows_screen("list")).status_code == windows
    assert client.get(windows_screen("add")).status_code == windows


def test_an_editor_adds_a_word_for_the_own_office_alone(client, office, other_office, colleague):
    client.force_login(colleague("Penyunting", office))
    site, theirs = office.get_site(), other_office.get_site()
    assert f'value="{site.pk}" selected' in client.get(words_screen("add")).text
    fields = {"site": site.pk, "wrong": " KOPDAR ", "right": "pertemuan", "kind": "spelling"}
    assert client.post(words_screen("add"), fields).status_code == 302
    entry = WordListEntry.objects.get()
    assert entry.wrong == "kopdar"
    assert "sudah ada di daftar" in client.post(words_screen("add"), fields).text
    assert (
        "Isi kata yang seharusnya"
        in client.post(words_screen("add"), fields | {"wrong": "x", "right": ""}).text
    )
    assert (
        client.post(words_screen("add"), fields | {"wrong": "curian", "site": theirs.pk}).status_code == 200
    )
    other = WordListEntry.objects.create(site=theirs, wrong="lain", right="liyan")
    assert "lain" not in re.sub(r"<[^>]+>", " ", client.get(words_screen("list")).text).split()
    for name in ("edit", "delete", "history", "usage"):
        assert client.get(words_screen(name, other.pk)).status_code == 302, name
    assert client.post(words_screen("delete", other.pk)).status_code == 302
    assert WordListEntry.objects.filter(pk=other.pk).exists()
    assert client.get(words_screen("edit", entry.pk)).status_code == 200


def test_an_approver_declares_a_quiet_period(client, office, colleague):
    client.force_login(colleague("Penyetuju", office))
    fields = {
        "site": office.get_site().pk,
        "name": "Masa tenang",
        "starts": "11/02/2029",
        "ends": "13 Februari 2029",
        "terms": "",
    }
    assert client.post(windows_screen("add"), fields).status_code == 302
    assert PolicyWindow.objects.get().ends == dt.date(2029, 2, 13)
    answer = client.post(windows_screen("add"), fields | {"ends": "10/02/2029"})
    assert "tidak boleh mendahului hari pertama" in answer.text


def test_somebody_who_edits_one_article_keeps_no_rules(client, office, write, django_user_model):
    group = Group.objects.create(name="Tamu")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=write("Rapat"), permission=change)
    guest = django_user_model.objects.create_user("tamu", password="sandi-yang-panjang")
    guest.groups.add(group)
    client.force_login(guest)
    assert client.get(words_screen("list")).status_code == 302
