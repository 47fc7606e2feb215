"""Serta-merta: one approver publishes at once, everybody is told, and a second person looks at it within a day."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from cms.accounts.models import User
from cms.health.checking import examine
from cms.moderation import database_rules
from cms.moderation.approvals import Approval
from cms.moderation.guarding import NotApproved, is_approved
from cms.moderation.models import AfterReview, TakenBack, TrailEntry
from cms.moderation.texts import digest_of
from cms.moderation.urgent import reminding
from news.models import NewsArticlePage, NewsIndexPage, Section
from tests import scenes
from tests.people import LEAD, make_person, next_of, page_of, queue, send
from tests.test_letters import delivered

pytestmark = pytest.mark.four_eyes

REASON = "Tsunami: warga harus tahu TPS pindah sebelum pukul tujuh."
DATE_ERROR = "Rabu, 25 Maret 2022, KPU Banten menggelar rapat pleno terbuka di Serang bersama tamu."


@pytest.fixture
def people(_told) -> dict[str, User]:
    """A writer, two approvers and the moderator above them, by name."""
    return {name: User.objects.get(pk=pk) for name, pk in _told["people"].items()}


@pytest.fixture
def _told(request, client, office, draft, submit) -> dict[str, Any]:
    """Tell once what a test begins with: to publish takes longer than what is tried after it."""
    names = request.fixturenames
    tell = _publish_at_once if "urgent" in names else _schedule if "scheduled" in names else None
    key = (tell, "site" in names, "other_office" in names)
    return scenes.put(key, lambda: _tell(tell, office, client, draft, submit), is_ruled=True)


def _tell(tell: Callable | None, office, client, draft, submit) -> dict[str, Any]:
    roles = {
        "nadia": "Penulis",
        "ratna": "Penyetuju",
        "budi": "Penyetuju",
        "mira": "Moderator Provinsi",
    }
    people = {name: make_person(name, role, office) for name, role in roles.items()}
    told = tell(people, office, client, draft, submit) if tell else None
    return {"people": {name: each.pk for name, each in people.items()}, "pk": told}


@pytest.fixture
def draft(office):
    """Write an article as somebody: `draft(writer, "Judul")`."""

    def _draft(writer, title="TPS dipindahkan", home=office, **fields) -> NewsArticlePage:
        given = {
            "lead": LEAD,
            "section": Section.objects.filter(site__root_page=home).first(),
            "author_unit": "Humas",
            "body": [("paragraph", "<p>Rapat dibuka pukul sembilan pagi.</p>")],
            "owner": writer,
            **fields,
        }
        index = NewsIndexPage.objects.child_of(home).get()
        page = index.add_child(instance=NewsArticlePage(title=title, live=False, **given))
        page.save_revision(user=writer)
        return NewsArticlePage.objects.get(pk=page.pk)

    return _draft


def shown(client, page) -> dict[str, str]:
    html = client.get(reverse("moderation_urgent", args=[page.pk])).text
    return dict(re.findall(r'<input type="hidden" name="(revision|digest)" value="([^"]+)"', html))


def publish_now(client, page, reason=REASON, read=None):
    data = {**(read or shown(client, page)), "reason": reason}
    return client.post(reverse("moderation_urgent", args=[page.pk]), data, follow=True)


def look(client, review, outcome="confirmed", reason=""):
    address = reverse("moderation_after_review", args=[review.pk])
    return client.post(address, {"outcome": outcome, "reason": reason}, follow=True)


def now_live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


@pytest.fixture
def urgent(client, people, _told) -> AfterReview:
    """An article that Ratna wrote and published at once; she is still there."""
    client.force_login(people["ratna"])
    return AfterReview.objects.get(pk=_told["pk"])


def _publish_at_once(people, office, client, draft, submit) -> int:
    page = draft(people["ratna"])
    client.force_login(people["ratna"])
    assert publish_now(client, page).status_code == 200
    return AfterReview.objects.get(page_id=page.pk).pk


def test_approver_publishes_own_text_at_once_and_a_review_is_owed(client, people, draft):
    page = draft(people["ratna"])
    client.force_login(people["ratna"])
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert reverse("moderation_urgent", args=[page.pk]) in edit
    html = publish_now(client, page).text
    assert "terbit serta-merta" in html
    assert "WIB" in html
    assert now_live(page)
    approval = Approval.objects.get(page_id=page.pk)
    assert (approval.kind, approval.reason, approval.actor_id) == ("urgent", REASON, people["ratna"].pk)
    review = AfterReview.objects.get()
    assert review.due_at - review.opened_at == dt.timedelta(hours=24)
    entry = TrailEntry.objects.get(act="published_urgently")
    assert (entry.reason, entry.details, entry.digest) == (REASON, {"own_text": True}, approval.digest)
    assert PageLogEntry.objects.filter(page_id=page.pk, action="moderation.publish_urgently").exists()
    client.logout()
    public = client.get(page.get_url()).text
    assert "serta-merta" not in public


def test_everybody_concerned_is_told_who_published_and_why(client, office, people, submit):
    state = submit(office, people["nadia"])
    delivered()
    client.force_login(people["ratna"])
    review_screen = client.get(reverse("moderation_review", args=[state.pk])).text
    assert reverse("moderation_urgent", args=[page_of(state).pk]) in review_screen
    publish_now(client, page_of(state))
    subject = "Terbit serta-merta: “Rapat Pleno”"
    assert delivered() == {"nadia": [subject], "budi": [subject], "mira": [subject]}
    assert REASON in mail.outbox[0].body
    assert now_live(page_of(state))
    assert page_of(state).current_workflow_state is None


def test_nobody_brings_a_withdrawn_article_back_alone(client, people, urgent):
    look(client, urgent)
    page = NewsArticlePage.objects.get(pk=urgent.page_id)
    read = {"revision": page.latest_revision_id, "digest": digest_of(page.latest_revision.content)}
    ask = reverse("withdraw_article", args=[page.pk])
    assert client.post(ask, {"mode": "gone", "reason": "Keliru."}).status_code == 302
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert reverse("moderation_urgent", args=[page.pk]) not in edit
    assert "hanya bila diajukan dan disetujui lagi" in publish_now(client, page, read=read).text
    assert not now_live(page)


def test_trail_names_the_text_that_was_taken_away(client, people, urgent):
    approved = Approval.objects.get(page_id=urgent.page_id)
    ask = reverse("withdraw_article", args=[urgent.page_id])
    client.post(ask, {"mode": "gone", "reason": "Keliru."})
    client.post(reverse("wagtailadmin_pages:delete", args=[urgent.page_id]), {"reason": "Keliru."})
    entries = TrailEntry.objects.filter(
        page_id=urgent.page_id, act__in=["unpublished", "withdrew", "trashed"]
    )
    assert {(each.act, each.digest) for each in entries} == {
        (act, approved.digest) for act in ("unpublished", "withdrew", "trashed")
    }
    container = TrailEntry.objects.get(page_title="Sampah")
    assert container.act == "structure"


@pytest.mark.parametrize("role", ["Penulis", "Penyunting", "Auditor"])
def test_who_is_no_approver_cannot_publish_at_once(client, office, people, person, draft, role):
    page = draft(people["nadia"])
    client.force_login(person("lain", role, office))
    read = {"revision": page.latest_revision_id, "digest": "x"}
    assert publish_now(client, page, read=read).status_code in {200, 403}
    assert reverse("moderation_urgent", args=[page.pk]) not in client.get("/admin/").text
    assert not now_live(page)
    assert not Approval.objects.filter(page_id=page.pk).exists()


def test_approver_of_another_office_cannot_but_the_moderator_above_can(
    client,
    office,
    other_office,
    people,
    person,
    draft,
):
    page = draft(person("ujang", "Penulis", other_office), home=other_office)
    read = {"revision": page.latest_revision_id, "digest": "x"}
    client.force_login(people["ratna"])
    publish_now(client, page, read=read)
    assert not now_live(page)
    client.force_login(people["mira"])
    publish_now(client, page)
    assert now_live(page)


@pytest.mark.parametrize("reason", ["", "   ", "Mendesak."])
def test_reason_is_asked_for(client, people, draft, reason):
    page = draft(people["ratna"])
    client.force_login(people["ratna"])
    answer = publish_now(client, page, reason)
    assert answer.status_code == 400
    assert "Tulis alasannya" in answer.text
    assert not now_live(page)


def test_text_with_errors_is_held_back_all_the_same(client, people, draft):
    page = draft(people["ratna"], lead=DATE_ERROR)
    client.force_login(people["ratna"])
    html = client.get(reverse("moderation_urgent", args=[page.pk])).text
    assert "menahan naskah ini" in html
    assert "Terbitkan sekarang" not in html
    read = {"revision": page.latest_revision_id, "digest": digest_of(page.latest_revision.content)}
    assert publish_now(client, page, read=read).status_code == 409
    assert not now_live(page)


def test_text_that_changed_since_it_was_read_is_not_published(client, people, draft):
    page = draft(people["nadia"])
    client.force_login(people["ratna"])
    read = shown(client, page)
    page.title = "Judul lain"
    page.save_revision(user=people["nadia"])
    answer = publish_now(client, page, read=read)
    assert answer.status_code == 409
    assert "berubah sejak Anda membukanya" in answer.text
    assert REASON in answer.text
    assert not now_live(page)
    publish_now(client, page)
    assert Page.objects.get(pk=page.pk).title == "Judul lain"


def test_at_once_is_stronger_than_a_schedule(client, people, draft):
    page = draft(people["nadia"], go_live_at=timezone.now() + dt.timedelta(days=2))
    client.force_login(people["ratna"])
    publish_now(client, page)
    assert now_live(page)
    assert people["nadia"].pk in Approval.objects.contributors(Page.objects.get(pk=page.pk).live_revision)


def test_mark_stands_above_the_page_on_the_home_and_in_the_queue_until_it_was_reviewed(
    client, people, urgent
):
    edit = reverse("wagtailadmin_pages:edit", args=[urgent.page_id])
    address = reverse("moderation_after_review", args=[urgent.pk])
    for name in ("ratna", "budi", "mira"):
        client.force_login(people[name])
        home = client.get("/admin/").text
        assert "Terbit serta-merta, belum ditinjau" in home
        assert address in home
        assert address in client.get(reverse("moderation_queue")).text
    client.force_login(people["budi"])
    assert "belum ditinjau. Orang kedua" in client.get(edit).text
    client.force_login(people["nadia"])
    assert address not in client.get("/admin/").text
    client.force_login(people["budi"])
    look(client, urgent)
    assert "belum ditinjau" not in client.get(edit).text
    assert address not in client.get("/admin/").text


def test_second_person_confirms_and_the_text_has_its_approval(client, people, urgent):
    delivered()
    client.force_login(people["budi"])
    assert "Tinjauan Anda" in client.get(reverse("moderation_after_review", args=[urgent.pk])).text
    look(client, urgent)
    urgent.refresh_from_db()
    assert (urgent.outcome, urgent.closed_by) == ("confirmed", people["budi"])
    second = Approval.objects.get(page_id=urgent.page_id, kind="review")
    assert (second.revision_id, second.actor_id) == (urgent.approval.revision_id, people["budi"].pk)
    assert TrailEntry.objects.filter(act="reviewed_afterwards", actor_id=people["budi"].pk).exists()
    assert delivered() == {"ratna": ["Sudah ditinjau: “TPS dipindahkan”"]}
    assert "Sudah ditinjau orang lain" in look(client, urgent).text


@pytest.mark.parametrize("name", ["ratna", "nadia"])
def test_neither_who_published_nor_who_wrote_it_can_review_it(client, office, people, submit, name):
    state = submit(office, people["nadia"])
    client.force_login(people["ratna"])
    publish_now(client, page_of(state))
    review = AfterReview.objects.get()
    client.force_login(people[name])
    assert "Tinjauan Anda" not in client.get(reverse("moderation_after_review", args=[review.pk])).text
    assert look(client, review).status_code == 403
    review.refresh_from_db()
    assert review.closed_at is None
    assert not Approval.objects.filter(kind="review").exists()


def test_second_person_takes_it_down_at_once(client, people, urgent):
    delivered()
    client.force_login(people["budi"])
    assert look(client, urgent, "taken_down").status_code == 400  # the reason
    assert now_live(urgent.page)
    look(client, urgent, "taken_down", "Alamat TPS keliru.")
    assert not now_live(urgent.page)
    assert delivered() == {"ratna": ["Diturunkan: “TPS dipindahkan”"]}
    with pytest.raises(NotApproved):
        Page.objects.get(pk=urgent.page_id).specific.latest_revision.publish()


def test_second_person_asks_for_a_correction_and_the_text_stays(client, people, urgent):
    delivered()
    client.force_login(people["budi"])
    look(client, urgent, "correction", "Nama desa keliru.")
    assert now_live(urgent.page)
    assert delivered() == {"ratna": ["Perlu diralat: “TPS dipindahkan”"]}
    assert not Approval.objects.filter(kind="review").exists()


def repaired(review, title) -> NewsArticlePage:
    """The published article with another title, said to be a small repair."""
    page = NewsArticlePage.objects.get(pk=review.page_id)
    page.title, page.change_kind, page.change_of = title, "small", page.live_revision_id
    return page


def test_what_was_published_at_once_makes_nobody_else_of_its_writer(client, office, people, urgent):
    page = repaired(urgent, "TPS dipindahkan ke balai desa")
    revision = page.save_revision(user=people["nadia"])
    state = page.get_workflow().start(page, people["nadia"]).current_task_state
    client.force_login(people["budi"])
    send(client, state, "setuju")
    client.force_login(people["ratna"])
    assert next_of(state).task.specific.is_final
    assert reverse("moderation_review", args=[next_of(state).pk]) not in queue(client)
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Approval.objects.give(revision, Approval.Kind.REVIEW, actor=people["ratna"])
    assert Page.objects.get(pk=page.pk).title == "TPS dipindahkan"


def test_database_refuses_the_review_of_who_published_it(client, people, draft):
    page = draft(people["nadia"])
    client.force_login(people["ratna"])
    publish_now(client, page)
    revision = Page.objects.get(pk=page.pk).live_revision
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Approval.objects.give(revision, Approval.Kind.REVIEW, actor=people["ratna"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.give(revision, Approval.Kind.URGENT, actor=people["ratna"])  # without a reason


def test_second_urgent_text_owes_one_review_and_no_later(client, people, urgent):
    soon = timezone.now() + dt.timedelta(hours=2)
    AfterReview.objects.update(due_at=soon)
    page = repaired(urgent, "TPS dipindahkan lagi")
    page.save_revision(user=people["ratna"])
    publish_now(client, page)
    open_one = AfterReview.objects.get(closed_at=None)
    assert open_one.pk != urgent.pk
    assert open_one.due_at == soon
    urgent.refresh_from_db()
    assert urgent.outcome == "superseded"


def test_review_nobody_makes_is_reminded_of_and_told_above_and_to_the_operator(client, people, urgent):
    delivered()
    reminding.remind()
    assert delivered() == {}
    AfterReview.objects.update(due_at=timezone.now() + dt.timedelta(hours=11))
    reminding.remind()
    reminding.remind()
    subject = ["Belum ditinjau: “TPS dipindahkan”"]
    assert delivered() == {"budi": subject, "mira": subject}
    assert _problems() == []
    AfterReview.objects.update(due_at=timezone.now() - dt.timedelta(hours=1))
    reminding.remind()
    reminding.remind()
    assert delivered() == {"budi": subject, "mira": subject}
    assert len(_problems()) == 1
    client.force_login(people["mira"])
    assert "Terlambat" in client.get("/admin/").text


def _problems() -> list[str]:
    return [
        problem.message
        for result in examine()
        if result.check.code == "after_reviews"
        for problem in result.problems
    ]


def test_reminder_is_not_sent_once_somebody_has_looked(client, people, urgent):
    delivered()
    AfterReview.objects.update(due_at=timezone.now() - dt.timedelta(hours=1))
    reminding.remind()
    client.force_login(people["budi"])
    look(client, urgent)
    assert set(delivered()) == {"ratna"}


def test_home_costs_the_same_however_much_is_owed(client, people, draft):
    client.force_login(people["ratna"])
    for number in range(2):
        publish_now(client, draft(people["ratna"], f"Pertama {number}"))
    client.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/")
    for number in range(6):
        publish_now(client, draft(people["ratna"], f"Kedua {number}"))
    client.get("/admin/")
    with CaptureQueriesContext(connection) as more:
        assert "Kedua 5" in client.get("/admin/").text
    assert len(more) <= len(few)


@pytest.fixture
def scheduled(client, people, _told) -> NewsArticlePage:
    """An article of Nadia's that both approvers let through, for the day after tomorrow."""
    client.force_login(people["ratna"])
    return NewsArticlePage.objects.get(pk=_told["pk"])


def _schedule(people, office, client, draft, submit) -> int:
    state = submit(office, people["nadia"], go_live_at=timezone.now() + dt.timedelta(days=2))
    client.force_login(people["ratna"])
    send(client, state, "setuju")
    send(client, next_of(state), "setuju")
    page = page_of(state)
    assert page.scheduled_revision
    return page.pk


WHY = "Angka pada paragraf kedua belum dicocokkan dengan berita acara."


def take_back(client, page, reason=WHY):
    return client.post(reverse("moderation_take_back", args=[page.pk]), {"reason": reason}, follow=True)


def test_approver_takes_an_approval_back_before_it_goes_live(client, people, scheduled):
    delivered()
    client.force_login(people["budi"])
    way = reverse("moderation_take_back", args=[scheduled.pk])
    assert way in client.get(reverse("moderation_queue")).text
    assert way in client.get(reverse("wagtailadmin_pages:edit", args=[scheduled.pk])).text
    assert take_back(client, scheduled, "Salah.").status_code == 400
    assert "dicabut. Naskahnya kembali" in take_back(client, scheduled).text
    page = NewsArticlePage.objects.get(pk=scheduled.pk)
    assert page.scheduled_revision is None
    row = TakenBack.objects.get()
    assert (row.actor, row.reason) == (people["budi"], WHY)
    entry = TrailEntry.objects.get(act="approval_taken_back")
    assert (entry.reason, entry.actor_id) == (WHY, people["budi"].pk)
    subject = ["Persetujuan dicabut: “Rapat Pleno”"]
    assert delivered() == {"nadia": subject, "ratna": subject}
    assert not is_approved(page.latest_revision)
    client.force_login(people["nadia"])
    assert WHY in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    state = page.get_workflow().start(page, people["nadia"]).current_task_state
    client.force_login(people["ratna"])
    send(client, state, "setuju")
    send(client, next_of(state), "setuju")
    assert NewsArticlePage.objects.get(pk=page.pk).scheduled_revision


def test_newer_draft_leaves_an_approved_schedule_alone(people, scheduled):
    approved = scheduled.scheduled_revision
    draft = scheduled.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "Judul yang belum dibaca orang lain", None
    draft.save_revision(user=people["nadia"])
    assert NewsArticlePage.objects.get(pk=scheduled.pk).scheduled_revision == approved
    with database_rules.lifted():  # the time of it has come
        content = {**approved.content, "go_live_at": timezone.now().isoformat()}
        Revision.objects.filter(pk=approved.pk).update(content=content, approved_go_live_at=timezone.now())
    call_command("publish_scheduled")
    page = NewsArticlePage.objects.get(pk=scheduled.pk)
    assert (page.live, page.live_revision_id, page.title) == (True, approved.pk, scheduled.title)
    assert page.draft_title == "Judul yang belum dibaca orang lain"
    assert page.has_unpublished_changes


def test_wagtails_own_button_for_a_schedule_asks_for_the_reason(client, people, scheduled):
    revision = scheduled.scheduled_revision
    address = reverse("wagtailadmin_pages:revisions_unschedule", args=[scheduled.pk, revision.pk])
    client.force_login(people["nadia"])
    client.post(address)
    client.force_login(people["budi"])
    assert 'name="reason"' in client.post(address).text
    assert NewsArticlePage.objects.get(pk=scheduled.pk).scheduled_revision == revision
    assert not TakenBack.objects.exists()
    client.post(address, {"reason": WHY})
    assert NewsArticlePage.objects.get(pk=scheduled.pk).scheduled_revision is None
    assert TakenBack.objects.count() == 1


@pytest.mark.parametrize("role", ["Penulis", "Penyunting", "Auditor"])
def test_who_is_no_approver_takes_nothing_back(client, office, person, scheduled, role):
    client.force_login(person("lain", role, office))
    take_back(client, scheduled)
    assert NewsArticlePage.objects.get(pk=scheduled.pk).scheduled_revision
    assert not TakenBack.objects.exists()


def test_who_comes_too_late_is_told(client, people, scheduled):
    client.force_login(people["budi"])
    take_back(client, scheduled)
    assert "Tidak ada jadwal terbit yang dapat dicabut" in take_back(client, scheduled).text
    assert TakenBack.objects.count() == 1


def test_approver_is_offered_nothing_for_what_lies_in_the_trash(client, people, draft):
    page = draft(people["ratna"])
    client.force_login(people["ratna"])
    read = shown(client, page)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), {"reason": "Salah tempat."})
    for answer in (
        client.get(reverse("moderation_urgent", args=[page.pk]), follow=True),
        publish_now(client, page, read=read),
    ):
        assert answer.redirect_chain == [(reverse("trash"), 302)]
        assert "ada di Sampah. Pulihkan dahulu" in answer.text
    assert client.get(reverse("moderation_take_back", args=[page.pk])).status_code == 302
    assert not now_live(page)


@pytest.mark.parametrize("outcome", ["confirmed", "correction", "taken_down"])
def test_second_person_reviews_what_was_thrown_away_meanwhile(client, people, urgent, outcome):
    client.post(reverse("wagtailadmin_pages:delete", args=[urgent.page_id]), {"reason": "Terbit dua kali."})
    client.force_login(people["budi"])
    assert client.get(reverse("moderation_after_review", args=[urgent.pk])).status_code == 200
    answer = look(client, urgent, outcome, "Tanggalnya keliru.")
    assert answer.status_code == 200
    assert "masih terbit" not in answer.text
    urgent.refresh_from_db()
    assert urgent.outcome == outcome
    assert not now_live(urgent.page)


def test_approver_is_led_to_waive_a_false_alarm_or_told_to_submit_first(client, people, draft):
    page = draft(people["nadia"], lead=DATE_ERROR)
    screen = reverse("moderation_urgent", args=[page.pk])
    way = reverse("moderation_waive_draft", args=[page.pk])
    client.force_login(people["ratna"])
    assert f'href="{way}"' in client.get(screen).text
    assert client.get(way).status_code == 200
    client.force_login(people["mira"])
    html = client.get(screen).text
    assert way not in html
    assert "ajukan dahulu naskahnya" in html


def test_trail_and_screen_tell_what_became_of_the_review(client, people, urgent):
    client.force_login(people["budi"])
    screen = reverse("moderation_after_review", args=[urgent.pk])
    html = client.get(screen).text
    assert "inilah seluruh isinya" in html
    assert "sedang tidak terbit" not in html
    look(client, urgent, "taken_down", "Alamat TPS keliru.")
    story = client.get(reverse("trail_of_page", args=[urgent.page_id])).text
    assert "Budi meninjau sesudah terbit: diturunkan dari situs." in story
    html = client.get(screen).text
    assert "Diturunkan dari situs" in html
    assert "Turunkan sekarang" not in html


def test_person_is_told_times_without_seconds(client, people, urgent):
    client.force_login(people["budi"])
    html = client.get(reverse("moderation_after_review", args=[urgent.pk])).text
    assert re.search(r"pukul \d\d\.\d\d WIB", html)
    assert not re.search(r"\d\d\.\d\d\.\d\d WIB", html)
    assert re.search(r"tenggat [^<]+pukul \d\d\.\d\d WIB", queue(client))


@pytest.mark.parametrize("asked", ["", "?q=TPS"])
def test_explorer_marks_what_waits_for_its_review_and_nothing_else(client, urgent, people, draft, asked):
    other = draft(people["ratna"], "TPS lama")
    explorer = reverse("wagtailadmin_explore", args=[urgent.page.get_parent().pk]) + asked
    client.force_login(people["budi"])
    html = client.get(explorer).text
    assert html.count("Serta-merta: belum ditinjau") == 1
    own = html[html.index(f"page_{urgent.page_id}_title") :]
    mark = own[: own.index("</ul>")]
    assert "Serta-merta: belum ditinjau" in mark
    assert "#icon-warning" in mark
    assert f"page_{other.pk}_title" in html
    look(client, urgent)
    assert "Serta-merta: belum ditinjau" not in client.get(explorer).text
