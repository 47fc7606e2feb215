"""Waivers: an approver answers for one error with a reason; it holds for these words and for nobody's own text."""

import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from cms.accounts.models import User
from cms.moderation.checks import blocking
from cms.moderation.deciders import why_held_back
from cms.moderation.models import Approval, TrailEntry, Waiver
from news.models import NewsArticlePage, NewsIndexPage, Section
from tests.people import page_of

pytestmark = pytest.mark.four_eyes

WRONG = "<p>Rapat pleno berlangsung Rabu, 25 Maret 2022, di Serang.</p>"  # it was a Friday
OTHER = "<p>Tamu hadir pada Senin, 26 Maret 2022.</p>"  # and this a Saturday
RIGHT = "<p>Rapat dibuka pukul sembilan pagi.</p>"


@pytest.fixture
def people(office, person) -> dict[str, User]:
    """A writer, two editors and two approvers."""
    roles = {
        "nadia": "Penulis", "edo": "Penyunting", "eka": "Penyunting", "ratna": "Penyetuju", "sari": "Penyetuju",
    }  # fmt: skip
    return {name: person(name, role, office) for name, role in roles.items()}


@pytest.fixture
def submit(office, people):
    """Submit an article of Nadia's that says `words`, and bring it to its last stage."""

    def _submit(*words: str, last=True) -> TaskState:
        index = NewsIndexPage.objects.child_of(office).get()
        page = NewsArticlePage(
            title="Rapat pleno",
            lead="KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para tamu.",
            section=Section.objects.first(),
            author_unit="Humas",
            body=[("paragraph", each) for each in words or (WRONG,)],
            owner=people["nadia"],
            live=False,
        )
        index.add_child(instance=page)
        page.save_revision(user=people["nadia"])
        state = page.get_workflow().start(page, people["nadia"]).current_task_state
        if last:
            state.approve(user=people["edo"])  # the stage itself would ask for what is tested here
            state = NewsArticlePage.objects.get(pk=page.pk).current_workflow_task_state
        return state

    return _submit


def newest(state: TaskState) -> NewsArticlePage:
    return page_of(state).get_latest_revision_as_object()


def screen(client, state: TaskState, user: User) -> str:
    client.force_login(user)
    return client.get(reverse("moderation_review", args=[state.pk])).text


def hidden(html: str) -> dict[str, str]:
    """What the forms of the screen know of the text that is read."""
    return dict(re.findall(r'<input type="hidden" name="(revision|digest)" value="([^"]+)"', html))


def waive(client, state: TaskState, user: User, reason="Tanggal itu dikutip dari surat", number=0, **other):
    """Waive the error `number` of the screen as `user`."""
    html = screen(client, state, user)
    errors = blocking(newest(state))
    shown = {**hidden(html), "fingerprint": errors[number].fingerprint, "waiver_reason": reason, **other}
    return client.post(reverse("moderation_waive", args=[state.pk]), shown, follow=True)


def decide(client, state: TaskState, user: User, decision="setuju"):
    html = screen(client, state, user)
    given = {**hidden(html), "decision": decision, "reason": ""}
    return client.post(reverse("moderation_review", args=[state.pk]), given, follow=True)


def edit(client, state: TaskState, user: User, words: str, block: int = 0) -> None:
    """Change a paragraph on the editing screen."""
    page = newest(state)
    body = page.body.get_prep_value()
    body[block]["value"] = words
    page.body = json.dumps(body)
    page.save_revision(user=user)


def test_approver_waives_an_error_with_a_reason_and_then_approves(client, submit, people):
    state = submit()
    answer = decide(client, state, people["ratna"])
    assert "1 kesalahan yang harus dibereskan" in answer.text
    assert not page_of(state).live
    html = screen(client, state, people["ratna"])
    assert "Kesampingkan" in html
    html = waive(client, state, people["ratna"]).text
    assert "Temuan itu dikesampingkan; nama dan alasan Anda tercatat." in html
    assert re.search(r"Dikesampingkan oleh Ratna \([^)]+\): “Tanggal itu dikutip dari surat”", html)
    assert "Kesampingkan temuan ini" not in html
    decide(client, state, people["ratna"])
    assert page_of(state).live


def test_colleague_may_approve_what_another_approver_waived(client, submit, people):
    state = submit()
    waive(client, state, people["ratna"])
    assert "Dikesampingkan oleh Ratna" in screen(client, state, people["sari"])
    decide(client, state, people["sari"])
    assert page_of(state).live


def test_waiver_is_told_in_the_history_and_in_the_trail(client, submit, people):
    state = submit()
    waive(client, state, people["ratna"])
    logged = PageLogEntry.objects.get(action="moderation.waive")
    assert (logged.user, logged.page_id) == (people["ratna"], page_of(state).pk)
    entry, waiver = TrailEntry.objects.get(act="waived"), Waiver.objects.get()
    assert (entry.actor, entry.reason) == ("Ratna", "Tanggal itu dikutip dari surat")
    assert (entry.digest, entry.revision_id) == (waiver.digest, waiver.revision_id)
    assert entry.details["code"] == "weekday_mismatch"
    assert entry.details["fingerprint"] == waiver.fingerprint
    assert "Maret" not in entry.details_json  # no word of the text: it may be personal, and stays for ever
    client.force_login(people["sari"])
    html = client.get(reverse("trail_of_page", args=[entry.page_id])).text
    assert "Ratna mengesampingkan temuan pemeriksaan (" in html
    call_command("audit", "--verify")


def test_waiving_needs_a_reason_and_loses_nothing(client, submit, people):
    state = submit(WRONG, OTHER)
    answer = waive(client, state, people["ratna"], reason="   ")
    assert answer.status_code == 400
    assert "Tulis alasannya: mengapa temuan ini bukan kesalahan." in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    answer = waive(client, state, people["ratna"], reason="x" * 2001)
    assert answer.status_code == 400
    assert "x" * 2001 in answer.text
    assert not Waiver.objects.exists()


def test_each_error_is_waived_by_itself(client, submit, people):
    state = submit(WRONG, OTHER)
    waive(client, state, people["ratna"], number=1)
    assert "1 kesalahan" in decide(client, state, people["ratna"]).text
    assert not page_of(state).live
    waive(client, state, people["ratna"], number=0)
    decide(client, state, people["ratna"])
    assert page_of(state).live


def test_other_words_at_the_place_need_another_waiver(client, submit, people):
    state = submit(WRONG, RIGHT)
    waive(client, state, people["ratna"])
    edit(client, state, people["nadia"], RIGHT + "<p>Para tamu pulang.</p>", block=1)
    assert why_held_back(newest(state)) == ""  # another paragraph is none of it
    edit(client, state, people["nadia"], WRONG.replace("di Serang", "di Lebak"))
    assert [each.found for each in blocking(newest(state))] == ["Rabu, 25 Maret 2022"]
    assert "1 kesalahan" in why_held_back(newest(state))
    html = screen(client, state, people["ratna"])
    assert "Dikesampingkan oleh" not in html
    waive(client, state, people["ratna"], reason="Masih benar")
    assert why_held_back(newest(state)) == ""


def test_waiver_of_who_then_writes_holds_no_more(client, submit, people):
    state = submit(WRONG, RIGHT)
    waive(client, state, people["ratna"])
    edit(client, state, people["ratna"], "<p>Rapat dibuka pukul sepuluh.</p>", block=1)
    assert "1 kesalahan" in why_held_back(newest(state))
    assert "Dikesampingkan oleh" not in screen(client, state, people["sari"])
    waive(client, state, people["sari"])
    decide(client, state, people["sari"])
    assert page_of(state).live


# --- who may not


@pytest.mark.parametrize("name", ["edo", "eka"])
def test_editor_cannot_waive(client, submit, people, name):
    state = submit(last=False)
    html = screen(client, state, people[name])
    assert "weekday" not in html
    assert "Kesampingkan" not in html
    answer = waive(client, state, people[name])
    assert answer.status_code == 403
    assert "Hanya penyetuju yang dapat mengesampingkan temuan." in answer.text
    assert not Waiver.objects.exists()


def test_approver_can_waive_at_the_editors_stage_so_that_the_editor_goes_on(client, submit, people):
    state = submit(last=False)
    waive(client, state, people["ratna"])
    decide(client, state, people["edo"])
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_APPROVED


def test_writer_and_other_offices_cannot_waive(client, submit, people, person, other_office):
    state = submit()
    stranger = person("lain", "Penyetuju", other_office)
    for user in (people["nadia"], stranger):
        client.force_login(user)
        given = {"fingerprint": "x", "waiver_reason": "Alasan", "revision": "1", "digest": "x"}
        assert client.post(reverse("moderation_waive", args=[state.pk]), given).status_code == 404
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("is_superuser", [False, True])
@pytest.mark.parametrize(("is_last", "status"), [(False, 403), (True, 404)])
def test_approver_who_wrote_along_cannot_waive(client, submit, people, is_superuser, is_last, status):
    User.objects.filter(pk=people["ratna"].pk).update(is_superuser=is_superuser)
    state = submit(WRONG, RIGHT, last=is_last)
    edit(client, state, people["ratna"], "<p>Rapat dibuka pukul sepuluh.</p>", block=1)
    given = {
        **hidden(screen(client, state, people["sari"])), "waiver_reason": "Alasan",
        "fingerprint": blocking(newest(state))[0].fingerprint,
    }  # fmt: skip
    html = screen(client, state, people["ratna"])
    assert "Kesampingkan" not in html
    answer = client.post(reverse("moderation_waive", args=[state.pk]), given)
    assert answer.status_code == status
    assert is_last or "Anda ikut menulis naskah ini." in answer.text
    assert not Waiver.objects.exists()


def test_database_refuses_a_waiver_of_who_wrote_and_keeps_every_other(client, submit, people):
    state = submit()
    waive(client, state, people["ratna"])
    kept = Waiver.objects.get()
    row = {field.name: getattr(kept, field.name) for field in Waiver._meta.fields if field.name != "id"}
    acts = (
        lambda: Waiver.objects.create(**{**row, "actor_id": people["nadia"].pk}),
        lambda: Waiver.objects.filter(pk=kept.pk).update(reason="lain"),
        kept.delete,
        lambda: Waiver.objects.create(**{**row, "actor_id": people["sari"].pk, "reason": ""}),
    )
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


# --- what has changed meanwhile


def test_text_that_changed_meanwhile_is_not_waived(client, submit, people):
    state = submit(WRONG, RIGHT)
    shown = hidden(screen(client, state, people["ratna"]))
    edit(client, state, people["nadia"], "<p>Rapat dibuka pukul sepuluh.</p>", block=1)
    answer = waive(client, state, people["ratna"], reason="Alasan saya", **shown)
    assert answer.status_code == 409
    assert "berubah sejak Anda membukanya" in answer.text
    assert "Alasan saya" in answer.text
    assert not Waiver.objects.exists()


def test_second_click_and_a_finding_that_is_none_change_nothing(client, submit, people):
    state = submit()
    waive(client, state, people["ratna"])
    for other in ({}, {"fingerprint": "0" * 24}):
        answer = waive(client, state, people["sari"], **other)
        assert "tidak ada lagi, atau sudah dikesampingkan" in answer.text
    assert Waiver.objects.count() == 1
    assert TrailEntry.objects.filter(act="waived").count() == 1


def test_decided_manuscript_is_not_waived_any_more(client, submit, people):
    state = submit()
    shown = {
        **hidden(screen(client, state, people["ratna"])), "waiver_reason": "Alasan",
        "fingerprint": blocking(newest(state))[0].fingerprint,
    }  # fmt: skip
    state.workflow_state.cancel(user=people["nadia"])
    answer = client.post(reverse("moderation_waive", args=[state.pk]), shown, follow=True)
    assert "sudah diputuskan oleh Nadia" in answer.text
    assert not Waiver.objects.exists()


# --- every other place that asks


def test_editing_screen_lets_through_what_was_waived_and_nothing_else(client, submit, people):
    state = submit()
    client.force_login(people["ratna"])
    address = reverse("wagtailadmin_pages:edit", args=[page_of(state).pk])
    for _time in range(2):
        client.get(address)
        confirm = reverse("wagtailadmin_pages:workflow_action", args=[page_of(state).pk, "approve", state.pk])
        client.post(confirm, {"comment": ""})
        if not Waiver.objects.exists():
            assert not Approval.objects.filter(kind="review").exists()
            waive(client, state, people["ratna"])
    assert page_of(state).live


def test_writer_sees_in_the_editor_who_answers_for_what(client, submit, people):
    state = submit()
    page = page_of(state)
    client.force_login(people["ratna"])
    before = _panel(client, page)
    assert before["counts"]["error"] == 1
    waive(client, state, people["ratna"])
    after = _panel(client, page)
    assert "error" not in after["counts"]
    assert "kesalahan" not in after["summary"]
    assert re.search(r'data-level="error">.*?warta-findings__count">0<', after["html"], re.S)
    assert "Dikesampingkan oleh Ratna" in after["html"]
    assert "Tanggal itu dikutip dari surat" in after["html"]


def _panel(client, page) -> dict:
    """What the panel says of the form as a browser shows it: unchanged, with the keys its editor adds."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    form = querydict_from_html(html, form_id="page-edit-form")
    data = {name: form.getlist(name) for name in form if not name.startswith(("action-", "body-"))}
    body = page.get_latest_revision_as_object().body.get_prep_value()
    blocks = [("paragraph", rich_text(each["value"])) for each in body]
    data |= nested_form_data({"body": streamfield(blocks), "attachments": streamfield([])})
    data |= {f"body-{number}-id": each["id"] for number, each in enumerate(body)}
    answer = client.post(reverse("check_page", args=[page.pk]), data)
    assert answer.status_code == 200
    return answer.json()


def test_preflight_of_what_is_live_counts_no_waived_error(client, submit, people, capsys):
    state = submit()
    waive(client, state, people["ratna"])
    decide(client, state, people["ratna"])
    call_command("preflight", "--format", "json")
    (told,) = [each for each in json.loads(capsys.readouterr().out) if each["code"] == "weekday_mismatch"]
    assert told["waived"] is True


def test_preflight_still_fails_for_an_error_that_went_live_unwaived(submit, people, capsys):
    page = page_of(submit())
    Approval.objects.give(page.latest_revision, Approval.Kind.DEMO)
    page.latest_revision.publish()
    with pytest.raises(CommandError, match="1 kesalahan"):
        call_command("preflight")


@pytest.fixture
def draft(office, people) -> NewsArticlePage:
    """An article of Nadia's with an error, which she has not submitted."""
    index = NewsIndexPage.objects.child_of(office).get()
    page = NewsArticlePage(
        title="Rapat pleno",
        lead="KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para tamu.",
        section=Section.objects.first(),
        author_unit="Humas",
        body=[("paragraph", WRONG)],
        owner=people["nadia"],
        live=False,
    )
    index.add_child(instance=page)
    page.save_revision(user=people["nadia"])
    return page


def _submit_in_the_editor(client, page: NewsArticlePage):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = querydict_from_html(client.get(edit).text, form_id="page-edit-form").copy()
    body = nested_form_data({"body": streamfield([("paragraph", rich_text(WRONG))])})
    form.update(body | nested_form_data({"attachments": streamfield([])}))
    form.update({"body-0-id": page.body[0].id, "show_dateline": "on", "action-submit": "1"})
    return client.post(edit, form)


def test_writer_cannot_submit_an_error_until_an_approver_answers_for_it(client, people, draft):
    client.force_login(people["nadia"])
    answer = _submit_in_the_editor(client, draft)
    assert answer.status_code == 200
    assert "1 kesalahan yang harus dibereskan dahulu" in answer.text
    assert not draft.workflow_in_progress
    screen = reverse("moderation_waive_draft", args=[draft.pk])
    assert "Anda ikut menulis" in client.get(screen, follow=True).text

    client.force_login(people["ratna"])
    shown = dict(re.findall(r'name="(revision|digest|fingerprint)" value="([^"]+)"', client.get(screen).text))
    assert "Tulis alasannya" in client.post(screen, shown | {"waiver_reason": " "}).text
    client.post(screen, shown | {"waiver_reason": "Tanggal ini dikutip dari surat aslinya."})
    assert Waiver.objects.get().actor_name == people["ratna"].get_full_name()

    client.force_login(people["nadia"])
    assert _submit_in_the_editor(client, draft).status_code == 302
    assert NewsArticlePage.objects.get(pk=draft.pk).workflow_in_progress


def test_editor_who_lets_nothing_go_live_waives_nothing_in_a_draft(client, people, draft):
    client.force_login(people["edo"])
    screen = reverse("moderation_waive_draft", args=[draft.pk])
    assert "Hanya penyetuju" in client.get(screen, follow=True).text
    assert client.post(screen, {"waiver_reason": "x"}, follow=True).status_code == 200
    assert not Waiver.objects.exists()
