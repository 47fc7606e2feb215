"""An editor is told the truth about where a page stands between the newsroom and its readers."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.publishing import outbox, periodic
from cms.publishing.locks import is_held, office_lock
from cms.publishing.models import Batch, Change, Dirty, Failure, Publication
from cms.publishing.status import State, status_of, statuses_of
from cms.publishing.telling import again_in, words_of
from home.roles import APPROVER, EDITOR, WRITER
from news.models import NewsArticlePage

pytestmark = pytest.mark.django_db


def state_of(page) -> State:
    """Where a page stands, asked anew."""
    return status_of(Page.objects.get(pk=page.pk)).state


def site_id() -> int:
    """The id of the office's site."""
    return Site.objects.get(hostname="localhost").pk


def test_editor_sees_waiting_then_published_with_time_and_address(site, write):
    article = write("Rapat pleno")
    assert words_of(status_of(article)) == "Menunggu diterbitkan"
    site.publish()
    now = status_of(article)
    finished = Change.objects.filter(page_id=article.pk).latest("done_at").done_at
    assert now.state is State.PUBLISHED
    assert words_of(now) == f"Terbit pukul {timezone.localtime(finished):%H.%M.%S} WIB"
    assert now.address == article.full_url
    assert again_in(now) == 0


def test_editor_in_papua_sees_the_time_of_their_own_clock(site, office, write):
    article = write("Rapat pleno")
    office.timezone = "Asia/Jayapura"
    office.save_revision().publish()
    site.publish()
    assert words_of(status_of(article)).endswith(" WIT")


def test_editor_sees_the_day_of_an_article_that_was_published_before_today(site, write):
    article = write("Rapat pleno")
    site.publish()
    Change.objects.update(done_at=dt.datetime(2022, 5, 25, 13, 5, 7, tzinfo=dt.UTC))
    assert words_of(status_of(article)) == "Terbit 25 Mei 2022 pukul 20.05.07 WIB"


def test_editor_sees_that_the_page_is_being_made_while_the_publisher_is_at_work(site, write):
    site.publish()
    article = write("Rapat pleno")
    with office_lock(site_id()) as is_ours:
        assert is_ours
        assert state_of(article) is State.BEING_MADE
    assert state_of(article) is State.WAITING


def test_editor_is_not_told_of_work_by_a_publisher_that_was_killed(site, settings):
    folder = settings.PUBLIC_ROOT / ".locks"
    folder.mkdir(parents=True)
    (folder / "77.publish").write_text("999999999")
    assert not is_held(77)


def test_draft_has_nothing_to_be_told_of(site, write):
    site.publish()
    assert state_of(write("Konsep", live=False)) is State.NOT_PUBLIC


def test_private_page_has_nothing_to_be_told_of_once_it_has_left(site, write, index):
    article = write("Untuk semua")
    site.publish()
    PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert state_of(article) is State.WAITING
    site.publish()
    assert state_of(article) is State.NOT_PUBLIC


def test_editor_sees_the_withdrawal_wait_and_then_done(site, write):
    article = write("Akan ditarik")
    site.publish()
    article.unpublish()
    now = status_of(article)
    assert (now.state, words_of(now)) == (State.WAITING, "Menunggu ditarik dari situs")
    site.publish()
    assert words_of(status_of(article)) == "Tidak ada di situs"


def test_article_waits_while_its_branch_moves(site, write, index):
    article = write("Rapat pleno")
    site.publish()
    outbox.note_page(index, with_below=True)
    assert state_of(article) is State.WAITING


def test_article_waits_while_it_is_to_be_made_again(site, write):
    article = write("Rapat pleno")
    site.publish()
    Dirty.objects.create(site_id=site_id(), kind="article", ident=str(article.pk))
    assert state_of(article) is State.WAITING


def test_another_articles_change_leaves_this_one_published(site, write):
    article = write("Rapat pleno")
    site.publish()
    write("Berita kedua")
    assert state_of(article) is State.PUBLISHED


def test_section_of_the_same_number_says_nothing_of_the_page(site, write):
    article = write("Rapat pleno")
    site.publish()
    Failure.objects.create(site_id=site_id(), kind="section", ident=str(article.pk), cause="Rusak.")
    assert state_of(article) is State.PUBLISHED


def test_editor_sees_why_a_page_could_not_be_made(site, write):
    article = write("Rapat pleno")
    site.publish()
    Failure.objects.create(
        site_id=site_id(), kind="article", ident=str(article.pk), cause="Berkas tidak ditemukan: a.jpg."
    )
    now = status_of(article)
    assert now.state is State.FAILED
    assert "Belum terbit. Berkas tidak ditemukan: a.jpg." in words_of(now)
    assert "Pembaca masih melihat versi sebelumnya" in words_of(now)
    assert now.address


def test_editor_sees_that_the_disk_is_full(site, write):
    site.publish()
    article = write("Rapat pleno")
    Publication.objects.update(
        error="Berkas situs tidak dapat ditulis: No space left on device.", error_since=timezone.now()
    )
    now = status_of(article)
    assert now.state is State.STOPPED
    assert (
        words_of(now) == "Belum terbit. Berkas situs tidak dapat ditulis: No space left on device."
    )  # fmt: skip


def test_editor_reads_what_keeps_an_office_from_being_published_until_it_is(
    client, site, write, office, colleague, monkeypatch
):
    site.publish()
    article = write("Rapat pleno")
    with monkeypatch.context() as patch:
        patch.setattr("cms.publishing.planning.plan", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            site.publish()
    client.force_login(colleague(EDITOR, office))
    assert "Ada kesalahan di program" in client.get(reverse("publishing_report")).text
    assert "Ada kesalahan di program" in words_of(status_of(article))
    site.publish()
    assert "Ada kesalahan di program" not in client.get(reverse("publishing_report")).text
    assert status_of(article).state is State.PUBLISHED


def test_editor_sees_that_publishing_is_paused(site, write):
    site.publish()
    article = write("Rapat pleno")
    Publication.objects.update(is_paused=True)
    assert "sedang dihentikan" in words_of(status_of(article))


def test_status_costs_four_queries_and_fifty_statuses_no_more(site, write):
    pages = [write(f"Berita {number}") for number in range(50)]
    site.publish()
    status_of(pages[0])
    for some in (pages[:1], pages):
        with CaptureQueriesContext(connection) as queries:
            found = statuses_of(some)
        assert len(queries) <= 4
        assert {each.state for each in found.values()} == {State.PUBLISHED}


def test_screen_asks_again_until_the_page_is_published(client, site, write, office, colleague):
    client.force_login(colleague(EDITOR, office))
    article = write("Rapat pleno")
    address = reverse("publishing_status", args=[article.pk])
    waiting = client.get(address).json()
    assert (waiting["state"], waiting["again"]) == ("waiting", 1)
    site.publish()
    published = client.get(address).json()
    assert (published["state"], published["again"], published["address"]) == (
        "published",
        0,
        article.full_url,
    )


def test_writer_of_another_office_is_told_nothing(client, write, other_office, colleague):
    client.force_login(colleague(WRITER, other_office))
    article = write("Rapat pleno")
    assert client.get(reverse("publishing_status", args=[article.pk])).status_code == 404


def test_stranger_is_sent_to_the_door(client, write):
    address = reverse("publishing_status", args=[write("Rapat pleno").pk])
    assert client.get(address).status_code == 302


def test_editor_sees_the_status_in_the_editor_the_listing_and_after_unpublishing(
    client, site, superuser, write, index
):
    client.force_login(superuser)
    article = write("Rapat pleno")
    mark = f'data-warta-status-url-value="{reverse("publishing_status", args=[article.pk])}"'
    assert mark in client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    listing = client.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()
    assert mark in listing
    site.publish()
    assert mark not in client.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()
    answer = client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]), follow=True)
    assert "Menunggu ditarik dari situs" in answer.content.decode()


def test_listing_of_many_pages_costs_no_query_more_for_their_statuses(
    client, superuser, write, index, django_assert_max_num_queries
):
    client.force_login(superuser)
    write("Berita")
    address = reverse("wagtailadmin_explore", args=[index.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        write(f"Berita {number}")
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    asked = [
        sum("publishing_output" in query["sql"] for query in queries.captured_queries)
        for queries in (few, many)
    ]
    assert asked[0] == asked[1] <= 3  # header, side panel, list


def test_approver_publishes_and_sees_wait_then_published(client, site, office, colleague, write):
    approver = colleague(APPROVER, office)
    client.force_login(approver)
    article = write("Rapat pleno", live=False)
    article.save_revision()
    page = NewsArticlePage.objects.get(pk=article.pk)
    page.get_latest_revision().publish()
    answer = client.get(reverse("publishing_status", args=[article.pk]))
    assert answer.json()["words"] == "Menunggu diterbitkan"


def batches(count: int, **fields: object) -> None:
    """Batches of the office, as the publisher writes them down."""
    started = dt.datetime(2026, 5, 25, 13, 5, 7, tzinfo=dt.UTC)
    Batch.objects.bulk_create(
        Batch(
            **{
                "site_id": site_id(),
                "as_of": started,
                "started_at": started + dt.timedelta(minutes=number),
                "finished_at": started + dt.timedelta(minutes=number, milliseconds=240),
                "reason": f"Berita {number}",
                "written": 12,
                **fields,
            }
        )
        for number in range(count)
    )


def test_editor_reads_when_what_and_how_long(client, office, colleague):
    client.force_login(colleague(EDITOR, office))
    batches(1)
    html = client.get(reverse("publishing_report")).content.decode()
    assert "25 Mei 2026 pukul 20.05.07 WIB" in html
    assert "0,24 detik" in html
    assert "12 ditulis, 0 dihapus" in html


def test_report_is_not_filled_with_changes_that_changed_no_file(client, office, colleague):
    client.force_login(colleague(EDITOR, office))
    batches(1, reason="Berita terbit")
    batches(30, reason="Draf disimpan", written=0)
    html = client.get(reverse("publishing_report")).content.decode()
    assert "Berita terbit" in html
    assert "Draf disimpan" not in html


def test_report_of_a_thousand_batches_costs_no_more(client, office, colleague):
    client.force_login(colleague(EDITOR, office))
    address = reverse("publishing_report")
    batches(3)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    batches(1000, failed=1)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few) <= 40


def test_editor_finds_the_page_that_failed_and_its_cause(client, site, office, colleague, write):
    client.force_login(colleague(EDITOR, office))
    article = write("Naskah rusak")
    site.publish()
    Failure.objects.create(
        site_id=site_id(), kind="article", ident=str(article.pk), cause="Berkas tidak ditemukan: a.jpg."
    )
    html = client.get(reverse("publishing_report")).content.decode()
    assert f'<a href="{reverse("wagtailadmin_pages:edit", args=[article.pk])}">Naskah rusak</a>' in html
    assert "Berkas tidak ditemukan: a.jpg." in html


def test_editor_sees_what_waits_and_that_the_office_is_paused(client, site, office, colleague, write):
    client.force_login(colleague(EDITOR, office))
    site.publish()
    write("Rapat pleno")
    Publication.objects.update(is_paused=True)
    html = client.get(reverse("publishing_report")).content.decode()
    assert "1 perubahan menunggu." in html
    assert "sedang dihentikan" in html


def test_editor_of_another_office_sees_none_of_ours(client, office, other_office, colleague):
    client.force_login(colleague(EDITOR, other_office))
    batches(1, reason="Naskah kantor lain")
    Failure.objects.create(site_id=site_id(), kind="article", ident="1", cause="Rusak di kantor lain.")
    html = client.get(reverse("publishing_report")).content.decode()
    assert "kantor lain" not in html
    export = client.get(reverse("publishing_report"), {"export": "csv"}).getvalue().decode()
    assert "kantor lain" not in export
    filtered = client.get(reverse("publishing_report"), {"site_id": site_id()}).content.decode()
    assert "kantor lain" not in filtered


def test_person_of_no_office_gets_no_report(client, member, office):
    user = member("Editors")
    user.groups.clear()
    client.force_login(user)
    assert client.get(reverse("publishing_report")).status_code in (302, 403)


def test_administrator_filters_by_office_and_failure(client, superuser, office, other_office):
    client.force_login(superuser)
    other = Site.objects.get(hostname="kab-lebak.localhost").pk
    batches(1, reason="Provinsi")
    batches(1, reason="Lebak", site_id=other)
    batches(1, reason="Gagal sekali", failed=1)
    address = reverse("publishing_report_results")
    html = client.get(address, {"site_id": other}).content.decode()
    assert "Lebak" in html
    assert "Provinsi</td>" not in html
    html = client.get(address, {"failed": "ya"}).content.decode()
    assert "Gagal sekali" in html
    assert "Lebak</td>" not in html


def test_report_and_outbox_tell_of_a_quarter_and_of_all_that_waits(
    client, site, office, colleague, write, monkeypatch
):
    monkeypatch.setattr(periodic, "_works", {"old_changes": replace(periodic._works["old_changes"])})
    early = write("Rapat pertama")
    site.publish()
    long_ago = timezone.now() - dt.timedelta(days=91)
    Change.objects.update(at=long_ago, done_at=long_ago)
    Batch.objects.update(started_at=long_ago, reason="Lama sekali")
    waits = Change.objects.create(site_id=site_id(), scope="page", page_id=early.pk, at=long_ago)
    late = write("Rapat kedua")
    client.force_login(colleague(EDITOR, office))
    report = reverse("publishing_report")
    assert "Lama sekali" in client.get(report).text
    periodic.run_due(float("inf"))
    assert "Lama sekali" not in client.get(report).text
    assert not Change.objects.filter(done_at__lte=long_ago).exists()
    assert outbox.waiting().filter(pk=waits.pk).exists()
    site.publish()
    periodic.run_due(float("inf"))
    assert "Rapat kedua" in client.get(report).text
    assert [words_of(status_of(page))[:6] for page in (early, late)] == ["Terbit", "Terbit"]
    assert site.differences() == []


def test_export_runs_no_formula_of_a_title(client, office, colleague):
    client.force_login(colleague(EDITOR, office))
    batches(1, reason='=HYPERLINK("https://jahat.example")')
    export = client.get(reverse("publishing_report"), {"export": "csv"}).getvalue().decode()
    assert "'=HYPERLINK" in export
    assert "0.24" in export or "0,24" in export


def problems() -> str:
    """What `manage.py health` says; "" when all is well."""
    from io import StringIO

    said = StringIO()
    try:
        call_command("health", stdout=said)
    except CommandError:
        return said.getvalue()
    return ""


def test_operator_hears_that_all_is_well(site):
    site.publish()
    assert problems() == ""


def test_operator_hears_that_the_publisher_sleeps(site, write):
    site.publish()
    write("Rapat pleno")
    assert problems() == ""
    Change.objects.filter(done_at=None).update(at=timezone.now() - dt.timedelta(seconds=61))
    assert "penerbit tidak berjalan" in problems()


def test_operator_hears_of_a_late_schedule(site, write):
    article = write("Terjadwal", live=False)
    site.publish()
    revision = article.save_revision()
    revision.approved_go_live_at = timezone.now() - dt.timedelta(seconds=61)
    revision.save(update_fields=["approved_go_live_at"])
    assert "“Terjadwal” belum terbit, padahal jadwalnya sudah lewat." in problems()


def test_operator_hears_of_a_page_that_outlived_its_time(site, write):
    article = write("Kedaluwarsa")
    site.publish()
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - dt.timedelta(seconds=61))
    assert "“Kedaluwarsa” masih di situs" in problems()


def test_operator_hears_of_a_full_disk_a_pause_and_a_failure(site):
    site.publish()
    Publication.objects.update(error="Berkas situs tidak dapat ditulis.", is_paused=True)
    Failure.objects.create(site_id=site_id(), kind="article", ident="1", cause="Isi rusak.")
    said = problems()
    assert "Berkas situs tidak dapat ditulis." in said
    assert "Isi rusak." in said
    Publication.objects.update(error="")
    assert "penerbitan sedang dihentikan" in problems()


def test_a_check_that_breaks_is_a_problem_and_stops_no_other(site, monkeypatch):
    from cms.health import checking

    site.publish()
    monkeypatch.setattr(checking, "_checks", dict(checking._checks))
    checking.register_check("aaa", "Rusak", lambda: 1 / 0)
    assert "Rusak: Tidak dapat diperiksa" in problems()


def test_administrator_sees_a_red_line_on_the_home_and_nobody_else_does(client, superuser, office, colleague):
    Publication.objects.create(site_id=site_id(), hostname="localhost", is_paused=True)
    client.force_login(superuser)
    home = reverse("wagtailadmin_home")
    assert "Lihat kesehatan situs" in client.get(home).content.decode()
    assert "penerbitan sedang dihentikan" in client.get(reverse("health")).content.decode()
    client.force_login(colleague(APPROVER, office))
    assert "Lihat kesehatan situs" not in client.get(home).content.decode()
    assert client.get(reverse("health")).status_code in (302, 403)


def test_editor_who_ticks_an_alias_is_told_what_publishes_it(client, superuser, write, index):
    mirror = write("Rapat pleno").create_alias(parent=index, update_slug="rapat-kembar")
    mirror.unpublish()
    client.force_login(superuser)
    screen = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(f"{screen}?id={mirror.pk}&next=/admin/", {}, follow=True)
    assert answer.status_code == 200
    assert "terbit bersama halaman asalnya" in answer.content.decode()
