"""What is deleted lies in the trash of its office: out of sight, and back whenever somebody wants it."""

import datetime as dt
import re
from io import StringIO
from random import Random
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState

from cms.accounts.models import User
from cms.media.models import Image
from cms.moderation import permits, verifying
from cms.moderation.approvals import Approval
from cms.moderation.guarding import NotApproved
from cms.moderation.models import TrailEntry, Trashed, TrashPage
from cms.moderation.texts import digest_of
from cms.moderation.trail_entries import Act
from cms.moderation.trash import bulk, emptying, throwing
from cms.moderation.trash.hiding import outside_trash
from cms.moderation.trash.keeping import DeletionRefused
from cms.moderation.trash.restoring import PlaceNeeded, RestoreRefused, restore
from cms.moderation.trash.throwing import TrashRefused, put_in_trash
from cms.publishing.models import Change
from home.models import HomePage, StandardPage
from news.models import Correction, NewsArticlePage, NewsIndexPage
from news.withdrawing import withdraw
from search.models import Document
from tests.publishing import address

CANARY = "Kenari Kuning"


@pytest.fixture
def delete(client):
    """Delete a page through the screen; answers the response."""

    def _delete(page, reason="Terbit dua kali.", **said):
        where = reverse("wagtailadmin_pages:delete", args=[page.pk])
        return client.post(where, {"reason": reason, **said})

    return _delete


@pytest.fixture
def standard(office):
    """Make a standard page: `standard("Judul")`, below the office unless said otherwise."""

    def _standard(title, below=None, **fields):
        parent = Page.objects.get(pk=(below or office).pk)
        return parent.add_child(instance=StandardPage(title=title, **fields))

    return _standard


def now(page):
    return Page.objects.get(pk=page.pk).specific


def shown() -> set[int]:
    """The ids of all pages outside every trash."""
    return set(outside_trash(Page.objects.all()).values_list("pk", flat=True))


# Into the trash


def test_approver_deletes_a_live_article_and_readers_are_told_it_is_gone(
    client, site, write, office, colleague, delete
):
    page = write("Rapat Pleno")
    site.publish()
    where = address(page)
    client.force_login(colleague("Penyetuju", office))
    assert delete(page).status_code == 302
    site.publish()
    assert f"{where} /410.html 410\n" in (site.folder / "_redirects").read_text()
    assert site.page(where) == ""
    assert [path for path in site.paths() if "sampah" in path] == []
    assert site.differences() == []
    client.logout()
    assert client.get(where).status_code == 410


def test_page_in_the_trash_keeps_who_when_why_and_whence(client, write, index, office, colleague, delete):
    page = write("Rapat Pleno", live=False, owner=(writer := colleague("Penulis", office)))
    client.force_login(writer)
    delete(page)
    row = Trashed.objects.standing().get()
    assert (row.page_id, row.parent_id, row.slug, row.reason) == (
        page.pk,
        index.pk,
        "rapat-pleno",
        "Terbit dua kali.",
    )
    assert (row.actor_id, row.office_id, row.was_live, row.pages) == (writer.pk, office.pk, False, 1)
    moved = now(page)
    assert moved.slug == f"rapat-pleno-{page.pk}"
    assert moved.get_parent().specific == TrashPage.objects.get(office_id=office.pk)
    assert Page.find_problems() == ([], [], [], [], [])


def test_live_article_is_not_deleted_without_a_reason(client, write, superuser, delete):
    page = write("Rapat Pleno")
    client.force_login(superuser)
    assert "Tulis alasannya" in delete(page, reason="  ").text
    assert now(page).live
    draft = write("Catatan", live=False)
    assert delete(draft, reason="").status_code == 302


def test_question_says_what_goes_along(client, standard, superuser, office):
    above = standard("Profil")
    standard("Sejarah", above)
    standard("Struktur", above, live=False)
    now(above).create_alias(parent=office, update_slug="cermin")
    client.force_login(superuser)
    said = client.get(reverse("wagtailadmin_pages:delete", args=[above.pk])).text
    assert "2 halaman di bawahnya ikut" in said
    assert "2 halaman sedang terbit" in said
    assert "1 alias di tempat lain ikut" in said


def test_branch_goes_down_and_into_the_trash_whole(standard, superuser, site):
    above = standard("Profil")
    below = standard("Sejarah", above)
    deepest = standard("Zaman Dahulu", below)
    put_in_trash(above, superuser, "Diganti.")
    assert not any(now(page).live for page in (above, below, deepest))
    assert now(deepest).url_path.startswith(now(above).url_path)
    assert not shown() & {above.pk, below.pk, deepest.pk}
    assert Trashed.objects.get().pages == 3
    site.publish()
    assert site.differences() == []


def test_each_page_of_a_branch_is_told_of_as_one_that_is_taken_down_alone(write, index, superuser, site):
    alone, together = write("Rapat sendiri"), write("Rapat bersama")
    for page in (alone, together):
        page.save_revision(user=superuser, log_action=True).publish(user=superuser)
    site.publish()
    assert Document.objects.count() == 2
    now(alone).unpublish(user=superuser)
    put_in_trash(now(index), superuser, "Keliru.")
    told = [_told_of(page) for page in (alone, together)]
    assert told[0] == told[1]
    assert not Document.objects.exists()
    assert not now(together).live
    assert now(together).has_unpublished_changes
    changed = set(Change.objects.filter(done_at=None).values_list("page_id", flat=True))
    assert {alone.pk, together.pk} <= changed
    where = address(alone).replace("sendiri", "bersama")
    site.publish()
    assert f"{where} /410.html 410\n" in (site.folder / "_redirects").read_text()
    assert site.differences() == []
    assert list(verifying.verify()) == []


def _told_of(page) -> list[object]:
    """What log and trail say of a page being taken down, but for which page it is."""
    entry = TrailEntry.objects.get(page_id=page.pk, act=Act.UNPUBLISHED)
    logged = PageLogEntry.objects.get(page=page.pk, action="wagtail.unpublish")
    assert (entry.page_title, logged.label, entry.details["title"]) == (page.title,) * 3
    text = now(page).latest_revision
    assert (entry.revision_id, entry.digest) == (text.pk, digest_of(text.content))
    known = {"action": entry.details["action"], "reason": entry.reason, "office": entry.office}
    return [known, entry.actor_id, entry.site_id, logged.user_id, logged.content_type_id, logged.data]


@pytest.mark.parametrize("is_live", [True, False])
def test_large_branch_costs_no_more_queries_than_a_small_one(write, standard, office, superuser, is_live):
    counts = []
    for number, size in enumerate((2, 30)):
        above = standard(f"Bagian {number}", live=is_live)
        for each in range(size):
            standard(f"Isi {each}", above, live=is_live).save_revision()
        with CaptureQueriesContext(connection) as asked:
            put_in_trash(now(above), superuser, "Beres-beres.")
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_what_is_too_much_at_once_is_refused_with_its_number(
    client, write, index, other_office, superuser, delete, monkeypatch
):
    pages = [write(f"Rapat {number}") for number in range(3)]
    monkeypatch.setattr(throwing, "MOST_LIVE", 3)
    client.force_login(superuser)
    where = reverse("wagtailadmin_pages:delete", args=[index.pk])
    assert "turun 4 halaman yang terbit; paling banyak 3 sekaligus" in client.get(where).text
    assert "turun 4 halaman" in delete(index).text
    by_api = reverse("wagtailadmin_api:pages:action", args=[index.pk, "delete"])
    assert client.post(by_api).status_code == 403
    monkeypatch.setattr(throwing, "MOST_LIVE", 9)
    monkeypatch.setattr(throwing, "MOST_SINGLE", 2)
    monkeypatch.setattr(bulk, "MOST_SINGLE", 2)
    ticked = urlencode([("next", "/admin/"), *(("id", page.pk) for page in pages)])
    together = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?{ticked}"
    told = client.post(together, {"reason": "Beres-beres."}, follow=True).text
    assert "3 halaman dicentang; paling banyak 2 sekaligus" in told
    for page in pages:
        page.create_alias(parent=NewsIndexPage.objects.child_of(other_office).get())
    assert "ikut 3 alias di tempat lain; paling banyak 2 sekaligus" in delete(index).text
    assert not Trashed.objects.exists()
    assert all(now(page).live for page in pages)


def test_ticked_pages_go_together_all_with_one_reason(client, write, standard, superuser):
    above = standard("Profil")
    pages = [above, standard("Sejarah", above), write("Rapat Pleno"), write("Catatan", live=False)]
    client.force_login(superuser)
    ticked = urlencode([("next", "/admin/"), *(("id", page.pk) for page in pages)])
    where = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?{ticked}"
    assert "sedang terbit" in client.get(where).text
    assert "Tulis alasannya" in client.post(where, {"reason": ""}).text
    assert client.post(where, {"reason": "Beres-beres."}).status_code == 302
    assert {row.reason for row in Trashed.objects.all()} == {"Beres-beres."}
    assert Trashed.objects.count() == 3
    assert not shown() & {page.pk for page in pages}


def test_admins_own_api_puts_into_the_trash(client, write, superuser):
    page = write("Rapat Pleno")
    client.force_login(superuser)
    where = reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"])
    assert client.post(where).status_code == 204
    assert Trashed.objects.get().page_id == page.pk


def test_who_may_not_delete_may_not_throw_away(write, office, colleague):
    live, draft = write("Rapat Pleno"), write("Catatan", live=False)
    writer, editor = colleague("Penulis", office), colleague("Penyunting", office)
    for person, page in ((writer, live), (writer, draft), (editor, live)):
        with pytest.raises(TrashRefused):
            put_in_trash(page, person, "x")
    assert not Trashed.objects.exists()


def test_page_another_person_locked_stays(client, write, office, colleague, superuser, delete):
    page = write("Rapat Pleno", live=False)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=colleague("Penyunting", office))
    client.force_login(superuser)
    assert "dikunci oleh" in delete(page).text
    assert Trashed.objects.count() == 0
    Page.objects.filter(pk=page.pk).update(locked_by=superuser)
    assert delete(page).status_code == 302
    assert not now(page).locked


def test_who_throws_away_twice_is_told_that_it_is_in_the_trash_and_led_there(
    client, write, superuser, delete
):
    page = write("Rapat Pleno")
    client.force_login(superuser)
    delete(page)
    client.get(reverse("trash"))
    again = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), {"reason": "x"}, follow=True)
    assert again.redirect_chain == [(reverse("trash"), 302)]
    assert "“Rapat Pleno” sudah ada di Sampah." in again.text
    assert again.text.count(reverse("trash_restore", args=[Trashed.objects.get().pk])) == 2  # there, and said
    assert "tidak memiliki izin" not in again.text


def test_who_ticks_only_what_is_held_is_not_told_of_a_success(client, write, colleague, office, superuser):
    page = write("Rapat Pleno", live=False)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=colleague("Penyunting", office))
    client.force_login(superuser)
    where = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    told = client.post(
        f"{where}?{urlencode({'next': '/admin/', 'id': page.pk})}", {"reason": "x"}, follow=True
    )
    assert "Tidak satu pun halaman yang dicentang dapat Anda buang" in told.text
    assert "0 halaman ada di Sampah" not in told.text


def test_office_is_not_thrown_away(client, office, superuser, delete):
    client.force_login(superuser)
    assert "Kantor tidak dapat dibuang" in delete(office).text
    assert HomePage.objects.get().live


def test_what_waits_for_a_decision_waits_no_more(write, office, colleague, superuser):
    page = write("Rapat Pleno", live=False)
    page.save_revision(user=superuser)
    page.get_workflow().start(page, superuser)
    put_in_trash(page, superuser, "Keliru.")
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()
    assert now(page).current_workflow_state is None
    restore(Trashed.objects.get(), superuser)
    assert now(page).current_workflow_state is None


def test_what_was_scheduled_does_not_go_live_from_the_trash(write, superuser):
    page = write("Rapat Pleno", live=False)
    page.go_live_at = timezone.now() - dt.timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    put_in_trash(page, superuser, "Keliru.")
    call_command("publish_scheduled", stdout=StringIO())
    assert not now(page).live


def test_each_office_has_one_trash_of_its_own(write, other_office, superuser):
    index = NewsIndexPage.objects.child_of(other_office).get()
    theirs = index.add_child(instance=NewsArticlePage(title="Lebak", lead="x", live=False))
    for page in (write("Rapat A"), write("Rapat B"), theirs):
        put_in_trash(page, superuser, "Keliru.")
    assert TrashPage.objects.count() == 2
    assert now(theirs).get_parent().specific.office_id == other_office.pk


# Aliases


def test_alias_goes_along_with_its_page_and_comes_back_with_it(write, other_office, superuser):
    page = write("Rapat Pleno")
    alias = page.create_alias(parent=NewsIndexPage.objects.child_of(other_office).get())
    row = put_in_trash(page, superuser, "Keliru.")
    assert not shown() & {page.pk, alias.pk}
    assert now(alias).alias_of is None
    restore(row, superuser)
    assert now(alias).alias_of_id == page.pk
    assert {page.pk, alias.pk} <= shown()
    assert not Trashed.objects.standing().exists()


def test_alias_alone_in_the_trash_does_not_follow_its_page(write, other_office, superuser):
    page = write("Rapat Pleno")
    alias = page.create_alias(parent=NewsIndexPage.objects.child_of(other_office).get())
    row = put_in_trash(alias, superuser, "Keliru.")
    fresh = NewsArticlePage.objects.get(pk=page.pk)
    fresh.title = "Rapat Pleno Terbuka"
    fresh.save_revision().publish()
    assert not now(alias).live
    restore(row, superuser)
    assert now(alias).alias_of_id == page.pk


def test_alias_waits_for_its_page_and_is_its_own_once_that_is_gone(write, index, superuser):
    page = write("Rapat Pleno")
    alias = page.create_alias(parent=index, update_slug="cermin")
    row = put_in_trash(alias, superuser, "Keliru.")
    put_in_trash(page, superuser, "Keliru.")
    with pytest.raises(RestoreRefused, match="alias dari"):
        restore(row, superuser)
    Trashed.objects.filter(page_id=page.pk).update(made_at=timezone.now() - dt.timedelta(days=9))
    call_command("empty_trash", older_than=5, stdout=StringIO(), stderr=StringIO())
    restore(row, superuser)
    assert now(alias).alias_of is None
    assert now(alias).latest_revision.content["title"] == "Rapat Pleno"


# Out of sight


def _lists(client, office, index) -> dict[str, str]:
    """What every list of the admin and the API says, by address."""
    named = {
        "explorer": reverse("wagtailadmin_explore", args=[index.pk]),
        "office": reverse("wagtailadmin_explore", args=[office.pk]),
        "whole tree": f"{reverse('wagtailadmin_explore', args=[office.pk])}?q=Kenari&search_all=1",
        "explorer api": f"/admin/api/main/pages/?child_of={office.pk}&for_explorer=1",
        "admin api": "/admin/api/main/pages/",
        "chooser": reverse("wagtailadmin_choose_page_child", args=[index.pk]),
        "chooser root": reverse("wagtailadmin_choose_page_child", args=[office.pk]),
        "chooser search": f"{reverse('wagtailadmin_choose_page_search')}?q=Kenari",
        "search": f"{reverse('wagtailadmin_pages:search')}?q=Kenari",
        "locked": reverse("wagtailadmin_reports:locked_pages"),
        "aging": reverse("wagtailadmin_reports:aging_pages"),
        "workflows": reverse("wagtailadmin_reports:workflow"),
        "tasks": reverse("wagtailadmin_reports:workflow_tasks"),
        "types": reverse("wagtailadmin_reports:page_types_usage"),
        "site history": reverse("wagtailadmin_reports:site_history"),
        "home": "/admin/",
        "queue": reverse("moderation_queue"),
        "api": "/api/v2/pages/",
        "api articles": "/api/v2/pages/?type=news.NewsArticlePage",
        "api search": "/api/v2/pages/?search=Kenari",
        "admin api search": "/admin/api/main/pages/?search=Kenari",
    }
    answers = {name: client.get(where) for name, where in named.items()}
    assert {name for name, answer in answers.items() if answer.status_code != 200} == set()
    return {
        name: b"".join(answer.streaming_content).decode() if answer.streaming else answer.text
        for name, answer in answers.items()
    }


def test_no_list_shows_what_lies_in_the_trash(client, site, write, office, index, superuser):
    page = write(CANARY, owner=superuser)
    page.save_revision(user=superuser).publish()
    page.get_workflow().start(now(page), superuser)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=superuser, locked_at=timezone.now())
    client.force_login(superuser)
    before = {name for name, said in _lists(client, office, index).items() if CANARY in said}
    assert {"explorer", "chooser", "search", "aging", "locked", "api", "types", "admin api"} <= before
    put_in_trash(page, superuser, "Keliru.")
    after = _lists(client, office, index)
    assert {name for name, said in after.items() if CANARY in said} == set()
    trash = TrashPage.objects.get()
    assert {name for name, said in after.items() if f"/{trash.pk}/" in said or trash.slug in said} == set()
    site.publish()
    named = [path for path in site.paths() if CANARY.encode() in (site.folder / path).read_bytes()]
    assert named == []


def test_list_of_what_uses_a_thing_marks_what_lies_in_the_trash(client, write, office, colleague, superuser):
    page, kept = write("Rapat Pleno"), write("Catatan Rapat")
    section = page.section
    kept.section = section
    kept.save()
    put_in_trash(page, superuser, "Keliru.")
    where = reverse(section.snippet_viewset.get_url_name("usage"), args=[section.pk])
    client.force_login(colleague("Penyunting", office))
    told = client.get(where).text
    assert told.count("(di Sampah)") == 1
    line = re.search(r"<a[^>]*>\s*Rapat Pleno \(di Sampah\)", told)
    assert line
    assert reverse("trash") in line[0]
    assert re.search(r"Catatan Rapat\s*</a>", told)


def test_what_uses_a_picture_is_marked_too(client, write, superuser):
    picture = Image.objects.create(title="Aula", file="aula.jpg", width=1, height=1)
    put_in_trash(write("Rapat Pleno", hero_image=picture), superuser, "Keliru.")
    client.force_login(superuser)
    assert (
        "Rapat Pleno (di Sampah)" in client.get(reverse("wagtailimages:image_usage", args=[picture.pk])).text
    )


def test_menu_does_not_lead_into_the_trash(client, site, standard, office, superuser):
    page = standard(CANARY)
    home = HomePage.objects.get()
    home.main_menu = [("link", {"text": "Lihat kenari", "page": page, "url": ""})]
    home.save_revision().publish()
    site.publish()
    assert "Lihat kenari" in site.page("/")
    put_in_trash(page, superuser, "Keliru.")
    site.publish()
    assert "Lihat kenari" not in site.page("/")
    assert site.differences() == []


@pytest.mark.parametrize("door", ["edit", "copy", "move", "unpublish", "history", "delete", "usage"])
def test_nobody_works_on_a_page_in_the_trash(client, write, superuser, door):
    page = write("Rapat Pleno")
    put_in_trash(page, superuser, "Keliru.")
    client.force_login(superuser)
    answer = client.get(reverse(f"wagtailadmin_pages:{door}", args=[page.pk]))
    assert answer.status_code == 302
    assert answer.url == reverse("trash" if door == "delete" else "wagtailadmin_home")


def test_explorer_leads_from_the_trash_to_its_screen(client, standard, superuser):
    page = standard("Profil")
    put_in_trash(page, superuser, "Keliru.")
    client.force_login(superuser)
    for pk in (page.pk, TrashPage.objects.get().pk):
        assert client.get(reverse("wagtailadmin_explore", args=[pk])).url == reverse("trash")
        assert client.get(reverse("wagtailadmin_explore_results", args=[pk])).url == reverse("trash")
    assert client.get(reverse("wagtailadmin_explore", args=[99_999])).status_code == 404


def test_drafts_in_the_explorer_cost_one_look_at_the_trash(client, write, index, superuser):
    def looks() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("wagtailadmin_explore", args=[index.pk]))
        return sum(
            'FROM "moderation_trashpage"' in each["sql"] for each in asked if "page_ptr" in each["sql"]
        )

    client.force_login(superuser)
    write("Rapat 0", live=False)
    few = looks()
    for number in range(1, 9):
        write(f"Rapat {number}", live=False)
    assert looks() == few


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_typed_numbers_do_not_reach_into_the_trash(client, write, superuser, index, action):
    page = write("Rapat Pleno")
    row = put_in_trash(page, superuser, "Keliru.")
    client.force_login(superuser)
    where = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    ticked = urlencode([("next", "/admin/"), ("id", page.pk), ("id", TrashPage.objects.get().pk)])
    client.post(f"{where}?{ticked}", {"chooser": index.pk, "reason": "x", "include_descendants": "on"})
    assert page.pk not in shown()
    assert not now(page).live
    row.refresh_from_db()
    assert row.restored_at is None


def test_nothing_is_put_into_the_trash_by_another_door(write, standard, superuser):
    trashed = standard("Profil")
    put_in_trash(trashed, superuser, "Keliru.")
    other = standard("Sejarah")
    for place in (TrashPage.objects.get(), now(trashed)):
        assert not other.permissions_for_user(superuser).can_move_to(place)
        assert not StandardPage.can_create_at(place)
    with pytest.raises(IntegrityError, match="trash is not live"), transaction.atomic():
        other.move(now(trashed), "last-child")


def test_database_lets_nothing_in_the_trash_go_live(write, superuser):
    page = write("Rapat Pleno")
    put_in_trash(page, superuser, "Keliru.")
    for pk in (page.pk, TrashPage.objects.get().pk):
        with pytest.raises(IntegrityError, match="trash is not live"), transaction.atomic():
            Page.objects.filter(pk=pk).update(live=True)


# Out of the trash


def test_writer_brings_a_page_back_as_the_same_draft(
    client, site, write, index, office, colleague, superuser
):
    page = write("Rapat Pleno")
    page.save_revision(user=superuser).publish()
    site.publish()
    where, entries = address(page), PageLogEntry.objects.filter(page_id=page.pk).count()
    put_in_trash(page, superuser, "Keliru.")
    client.force_login(colleague("Penulis", office))
    assert "Rapat Pleno" in client.get(reverse("trash")).text
    back = reverse("trash_restore", args=[Trashed.objects.get().pk])
    assert client.post(back, {"place": index.pk}).status_code == 302
    again = now(page)
    assert (again.live, again.slug, again.translation_key) == (False, "rapat-pleno", page.translation_key)
    assert again.get_parent().pk == index.pk
    assert again.revisions.count() == 1
    assert PageLogEntry.objects.filter(page_id=page.pk).count() > entries
    site.publish()
    assert site.differences() == []
    again.save_revision().publish()
    site.publish()
    assert address(now(page)) == where
    assert "Rapat Pleno" in site.page(where)
    assert site.differences() == []


def test_slug_that_was_taken_is_numbered(write, superuser):
    page = write("Rapat Pleno", live=False)
    page.save_revision(user=superuser)
    row = put_in_trash(page, superuser)
    write("Rapat Pleno")
    restore(row, superuser)
    assert now(page).slug == "rapat-pleno-2"
    assert now(page).get_latest_revision_as_object().slug == "rapat-pleno-2"


def test_page_whose_place_is_gone_asks_for_one(client, standard, superuser, office):
    above = standard("Profil")
    below = standard("Sejarah", above)
    row = put_in_trash(below, superuser, "Keliru.")
    put_in_trash(above, superuser, "Keliru.")
    with pytest.raises(PlaceNeeded):
        restore(row, superuser)
    client.force_login(superuser)
    back = reverse("trash_restore", args=[row.pk])
    assert "Tempat lamanya, “Profil”, sudah tidak ada" in client.get(back).text
    assert "Pilih halaman tempat" in client.post(back, {}).text
    assert "Pilih halaman lain" in client.post(back, {"place": above.pk}).text
    assert "Pilih tempat lain" in client.post(back, {"place": NewsIndexPage.objects.get().pk}).text
    assert client.post(back, {"place": office.pk}).status_code == 302
    assert now(below).get_parent().pk == office.pk


def test_second_news_index_does_not_come_back(index, superuser, office):
    row = put_in_trash(index, superuser, "Keliru.")
    Page.objects.get(pk=office.pk).add_child(instance=NewsIndexPage(title="Kabar", live=False))
    with pytest.raises(RestoreRefused, match="tidak dapat ditaruh"):
        restore(row, superuser)


def test_page_comes_back_only_once(client, write, superuser, index):
    row = put_in_trash(write("Rapat Pleno"), superuser, "Keliru.")
    restore(row, superuser)
    with pytest.raises(RestoreRefused, match="tidak ada di Sampah"):
        restore(row, superuser)
    client.force_login(superuser)
    answer = client.post(reverse("trash_restore", args=[row.pk]), {"place": index.pk}, follow=True)
    assert "sudah dipulihkan oleh" in answer.text


def test_other_offices_trash_is_closed(client, write, superuser, other_office, colleague):
    row = put_in_trash(write(CANARY), superuser, "Keliru.")
    client.force_login(colleague("Penyetuju", other_office))
    assert CANARY not in client.get(reverse("trash")).text
    assert client.get(reverse("trash_restore", args=[row.pk])).status_code == 404
    with pytest.raises(RestoreRefused, match="tidak boleh menambah"):
        restore(row, colleague("Penulis", other_office))


def test_trash_is_searched_and_paged_with_few_queries(
    client, write, superuser, django_assert_max_num_queries
):
    for number in range(25):
        put_in_trash(write(f"Rapat {number}", live=False), superuser)
    put_in_trash(write(CANARY), superuser, "Keliru.")
    client.force_login(superuser)
    found = client.get(reverse("trash"), {"q": "kenari"}).text
    assert CANARY in found
    assert "Rapat 1" not in found
    with django_assert_max_num_queries(24):
        first = client.get(reverse("trash")).text
    assert "Halaman 1 dari 2" in first
    assert first.count("warta-entry__title") == 20
    assert client.get(reverse("trash"), {"q": "\0", "p": "x", "kantor": "x"}).status_code == 200


# What code may not do


@pytest.fixture
def approved(write, colleague, office):
    """An article that was written by one and approved by another, and is live."""
    page = write("Rapat Pleno", live=False)
    revision = page.save_revision(user=colleague("Penulis", office))
    Approval.objects.give(revision, Approval.Kind.REVIEW, actor=colleague("Penyetuju", office))
    revision.publish()
    return NewsArticlePage.objects.get(pk=page.pk)


DELETIONS = {
    "delete": lambda page: page.delete(),
    "parent": lambda page: page.get_parent().specific.delete(),
    "queryset": lambda page: NewsArticlePage.objects.filter(pk=page.pk).delete(),
    "pages": lambda page: Page.objects.filter(pk=page.pk).delete(),
}


@pytest.mark.four_eyes
@pytest.mark.parametrize("deed", DELETIONS)
@pytest.mark.parametrize("is_live", [True, False])
def test_code_does_not_delete_what_was_ever_public(approved, deed, is_live):
    if not is_live:
        approved.unpublish()
    entries = PageLogEntry.objects.filter(action="wagtail.delete").count()
    with pytest.raises(DeletionRefused, match="pernah terbit"), transaction.atomic():
        DELETIONS[deed](approved)
    assert NewsArticlePage.objects.filter(pk=approved.pk).exists()
    assert PageLogEntry.objects.filter(action="wagtail.delete").count() == entries


@pytest.mark.four_eyes
def test_database_does_not_delete_what_was_ever_public(approved):
    approved.unpublish()
    with pytest.raises(IntegrityError, match="ever public"), transaction.atomic():
        Page.objects.filter(pk=approved.pk)._raw_delete("default")


@pytest.mark.four_eyes
def test_code_does_not_delete_a_locked_page_but_a_free_draft(write):
    page, other = write("Rapat Pleno", live=False), write("Catatan", live=False)
    Page.objects.filter(pk=page.pk).update(locked=True)
    with pytest.raises(DeletionRefused, match="terkunci"):
        page.delete()
    other.delete()
    assert not Page.objects.filter(pk=other.pk).exists()


@pytest.mark.four_eyes
def test_approved_article_comes_back_only_by_a_new_approval(approved, office, colleague, superuser):
    row = put_in_trash(approved, superuser, "Keliru.")
    assert not Approval.objects.standing().filter(page_id=approved.pk).exists()
    restore(row, superuser)
    page = now(approved)
    assert not page.live
    with pytest.raises(NotApproved):
        page.get_latest_revision().publish()


@pytest.mark.four_eyes
def test_approver_may_delete_through_the_screen_under_all_rules(client, approved, delete):
    client.force_login(User.objects.get(username__startswith="penyetuju"))
    assert delete(approved).status_code == 302
    assert approved.pk not in shown()


# Emptying


@pytest.mark.four_eyes
def test_operator_empties_what_is_old_and_the_trail_tells(approved, write, superuser):
    old, young = (
        put_in_trash(approved, superuser, "Keliru."),
        put_in_trash(write("Baru", live=False), superuser),
    )
    Trashed.objects.filter(pk=old.pk).update(made_at=timezone.now() - dt.timedelta(days=31))
    said = StringIO()
    call_command("empty_trash", older_than=30, dry_run=True, stdout=said, stderr=StringIO())
    assert "Akan dihapus: 1 halaman" in said.getvalue()
    assert Page.objects.filter(pk=approved.pk).exists()
    call_command("empty_trash", older_than=30, stdout=said, stderr=StringIO())
    assert "Dihapus: 1 halaman" in said.getvalue()
    assert not Page.objects.filter(pk=approved.pk).exists()
    assert Page.objects.filter(pk=young.page_id).exists()
    old.refresh_from_db()
    assert old.emptied_at
    entry = TrailEntry.objects.get(act=Act.EMPTIED)
    assert (entry.page_id, entry.page_title) == (approved.pk, "Rapat Pleno")
    assert not permits.Permit.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_article_with_a_correction_or_a_notice_is_never_emptied(write, superuser):
    corrected, withdrawn = write("Rapat Pleno"), write("Rapat Lain")
    Correction.objects.create(page=corrected, wrong="85", right="58")
    withdraw(withdrawn, superuser, "notice", "Keliru.")
    for page in (corrected, withdrawn):
        put_in_trash(now(page), superuser, "Keliru.")
    Trashed.objects.update(made_at=timezone.now() - dt.timedelta(days=31))
    said = StringIO()
    call_command("empty_trash", older_than=30, stdout=said, stderr=StringIO())
    assert "ralatnya masih dimuat" in said.getvalue()
    assert "pemberitahuan penarikannya" in said.getvalue()
    assert Trashed.objects.standing().count() == 2


@pytest.mark.parametrize(
    "wrong", [{"older_than": "0"}, {"older_than": "x"}, {"older_than": "3", "site": "tidak.ada"}]
)
def test_operator_is_told_what_is_wrong_with_the_command(office, wrong):
    given = [f"--{name.replace('_', '-')}={value}" for name, value in wrong.items()]
    with pytest.raises(CommandError, match=r"hari|Tidak ada kantor"):
        call_command("empty_trash", *given)


def test_large_branch_is_emptied_in_parts_and_the_rest_after_a_crash(standard, superuser, monkeypatch):
    above = standard("Profil")
    pages = [above, *(standard(f"Isi {number}", above) for number in range(5))]
    put_in_trash(now(above), superuser, "Keliru.")
    Trashed.objects.update(made_at=timezone.now() - dt.timedelta(days=31))
    monkeypatch.setattr(emptying, "PART", 2)

    def _crash(gone: int) -> None:
        assert gone < 4

    with pytest.raises(AssertionError):
        emptying.remove_for_good(Trashed.objects.get(), "budi", _crash)
    assert Page.objects.filter(pk__in=[page.pk for page in pages]).count() == 2
    assert not TrailEntry.objects.filter(act=Act.EMPTIED).exists()
    said = StringIO()
    call_command("empty_trash", older_than=30, stdout=said, stderr=StringIO())
    assert not Page.objects.filter(pk__in=[page.pk for page in pages]).exists()
    assert TrailEntry.objects.filter(act=Act.EMPTIED).count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_emptied_branch_leaves_the_tree_as_a_clean_build(site, standard, superuser):
    above = standard("Profil")
    standard("Sejarah", above)
    site.publish()
    put_in_trash(above, superuser, "Keliru.")
    site.publish()
    Trashed.objects.update(made_at=timezone.now() - dt.timedelta(days=31))
    call_command("empty_trash", older_than=30, stdout=StringIO(), stderr=StringIO())
    site.publish()
    assert site.differences() == []
    assert Page.objects.filter(pk=above.pk).count() == 0


# The trail, and any order of it all


def test_trail_tells_who_threw_away_and_who_brought_back(write, superuser):
    row = put_in_trash(write("Rapat Pleno"), superuser, "Terbit dua kali.")
    restore(row, superuser)
    acts = [(entry.act, entry.actor_id, entry.reason) for entry in TrailEntry.objects.order_by("number")]
    assert (Act.TRASHED, superuser.pk, "Terbit dua kali.") in acts
    assert (Act.RESTORED, superuser.pk, "") in acts


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_thrown_moved_and_restored_the_tree_is_whole(
    seed, write, standard, other_office, superuser
):
    chance = Random(seed)  # noqa: S311
    pages = [standard(f"Halaman {number}", live=number % 2 == 0) for number in range(5)]
    pages += [standard("Anak", pages[0]), standard("Cucu", pages[1])]
    pages.append(
        now(pages[0]).create_alias(parent=Page.objects.get(pk=other_office.pk), update_slug="cermin")
    )
    for _turn in range(25):
        page = now(chance.choice(pages))
        rows = list(Trashed.objects.standing().order_by("pk"))
        deed = chance.choice(["throw", "restore", "move"])
        if deed == "throw" and page.pk in shown():
            put_in_trash(page, superuser, "x")
        elif deed == "restore" and rows:
            _try_to_restore(chance.choice(rows), superuser)
        elif deed == "move" and page.pk in shown():
            _move(page, now(chance.choice(pages)))
        assert Page.find_problems() == ([], [], [], [], [])
        inside = Page.objects.exclude(pk__in=shown())
        assert not inside.filter(live=True).exists()
        assert not inside.filter(alias_of__in=shown()).exists()
        tops = {row.page_id for row in Trashed.objects.standing()}
        assert tops == {page.pk for trash in TrashPage.objects.all() for page in trash.get_children()}


def _try_to_restore(row, user):
    try:
        restore(row, user)
    except RestoreRefused:
        assert Trashed.objects.standing().filter(pk=row.pk).exists()


def _move(page, place):
    may = place.pk in shown() and place != page and not place.is_descendant_of(page)
    if may and not place.get_children().filter(slug=page.slug).exists():
        page.move(Page.objects.get(pk=place.pk), "last-child")


@pytest.mark.parametrize("place", ["x", "-1", "9" * 19, "9" * 5000, "²"])
def test_approver_who_sends_no_page_as_a_place_is_asked_again(
    client, office, colleague, write, delete, place
):
    client.force_login(colleague("Penyetuju", office))
    delete(write("Rapat Pleno"))
    answer = client.post(reverse("trash_restore", args=[Trashed.objects.get().pk]), {"place": place})
    assert answer.status_code == 200
    assert 'name="place"' in answer.text
    assert Trashed.objects.standing().exists()


def test_who_comes_second_to_restore_is_told_who_was_faster(client, office, colleague, write, delete):
    client.force_login(colleague("Penyetuju", office))
    delete(write("Rapat Pleno"))
    row = Trashed.objects.get()
    where = reverse("trash_restore", args=[row.pk])
    client.post(where, {"place": row.parent_id})
    row.refresh_from_db()
    assert row.restored_by
    for answer in (client.get(where, follow=True), client.post(where, {"place": row.parent_id}, follow=True)):
        assert f"“Rapat Pleno” sudah dipulihkan oleh {row.restored_by}." in answer.text
