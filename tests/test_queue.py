"""The moderator's day: what waits, who has it in hand, and deciding about exactly what was read."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, GroupPagePermission, Page, Revision, TaskState, WorkflowState

from cms.accounts.models import User
from cms.moderation.models import Claim, Deadline
from home.roles import group_of
from tests.people import PASSWORD, next_of, open_form, page_of, queue, send, titles, wait


def test_approver_finds_what_waits_the_most_urgent_first(client, office, person, submit):
    writer, approver = person("nadia", "Penulis", office), person("ratna", "Penyetuju", office)
    for title, hours in (("Baru", 1), ("Terlambat", 30), ("Sebentar lagi", 22)):
        wait(submit(office, writer, title), hours)
    client.force_login(approver)
    html = queue(client)
    assert titles(html) == ["Terlambat", "Sebentar lagi", "Baru"]
    assert "Terlambat 6\xa0jam" in html
    assert "Nadia" in html
    assert titles(queue(client, lihat="terlambat")) == ["Terlambat"]
    assert 'name="queue"' in html or reverse("moderation_queue") in client.get("/admin/").text


def test_deadline_of_a_stage_can_be_set(client, office, person, submit, superuser):
    state = submit(office, person("nadia", "Penulis", office))
    other = submit(office, User.objects.get(username="nadia"), "Lain")
    wait(state, 5)
    wait(other, 6)
    client.force_login(superuser)
    address = reverse(Deadline.snippet_viewset.get_url_name("add"))
    assert client.post(address, {"task": state.task_id, "hours": "4"}).status_code == 302
    assert "Terlambat 2\xa0jam" in queue(client)
    answer = client.post(address, {"task": state.task_id, "hours": "0"})
    assert answer.status_code == 200
    assert Deadline.objects.count() == 1


@pytest.mark.parametrize("role", ["Penulis"])
def test_who_decides_nothing_has_no_queue(client, office, person, submit, role):
    state = submit(office, person("nadia", "Penulis", office))
    client.force_login(person("lain", role, office))
    for name in ("moderation_review", "moderation_take", "moderation_release", "moderation_hand_over"):
        assert client.get(reverse(name, args=[state.pk])).status_code in {302, 404, 405}
    assert client.get(reverse("moderation_queue")).status_code == 302
    assert "/admin/antrean/" not in client.get("/admin/").text
    assert client.post(reverse("moderation_take", args=[state.pk])).status_code == 404
    assert send(client, state, "setuju", shown={"revision": "1", "digest": "x"}).status_code == 404
    assert not page_of(state).live


@pytest.mark.parametrize("role", ["Penulis", "Penyunting", "Penyetuju"])
def test_people_of_another_office_see_and_do_nothing(client, office, other_office, person, submit, role):
    state = submit(office, person("nadia", "Penulis", office), "Rahasia kantor")
    client.force_login(person("orang-lain", role, other_office))
    assert "Rahasia kantor" not in queue(client)
    review = reverse("moderation_review", args=[state.pk])
    assert client.get(review).status_code == 404
    for name in ("moderation_take", "moderation_hand_over"):
        assert client.post(reverse(name, args=[state.pk])).status_code == 404
    assert client.post(review, {"decision": "setuju"}).status_code == 404
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert not Claim.objects.exists()


def test_administrator_of_two_offices_sorts_by_own_and_below(client, office, other_office, person, submit):
    writer = person("nadia", "Penulis", office)
    submit(office, writer, "Dari provinsi")
    submit(other_office, writer, "Dari Lebak")
    moderator = person("mira", "Penyetuju", office)
    moderator.groups.add(group_of(other_office, "Penyetuju"))
    client.force_login(moderator)
    assert set(titles(queue(client))) == {"Dari provinsi", "Dari Lebak"}
    assert titles(queue(client, lihat="kantor")) == ["Dari provinsi"]
    assert titles(queue(client, lihat="bawah")) == ["Dari Lebak"]
    assert "KPU Lebak" in queue(client)


def test_of_two_people_who_take_a_manuscript_one_has_it_and_the_other_is_told_who(
    client, office, person, submit
):
    state = submit(office, person("nadia", "Penulis", office))
    first, second = person("ratna", "Penyetuju", office), person("budi", "Penyetuju", office)
    take = reverse("moderation_take", args=[state.pk])
    client.force_login(first)
    assert "sekarang Anda tangani" in client.post(take, follow=True).text
    assert titles(queue(client, lihat="saya")) == ["Rapat Pleno"]
    client.force_login(second)
    assert "sudah ditangani Ratna" in client.post(take, follow=True).text
    assert titles(queue(client, lihat="saya")) == []
    assert Claim.objects.get().user == first
    client.post(reverse("moderation_release", args=[state.pk]))
    assert Claim.objects.get().user == first  # not theirs to let go
    client.force_login(first)
    client.post(reverse("moderation_release", args=[state.pk]))
    assert titles(queue(client, lihat="bebas")) == ["Rapat Pleno"]


def test_manuscript_is_handed_to_a_colleague_who_may_decide_and_to_nobody_else(
    client, office, other_office, person, submit
):
    state = submit(office, person("nadia", "Penulis", office))
    giver, taker = person("ratna", "Penyetuju", office), person("budi", "Penyetuju", office)
    outsider = person("sri", "Penyetuju", other_office)
    client.force_login(giver)
    hand = reverse("moderation_hand_over", args=[state.pk])
    client.post(hand, {"to": outsider.pk, "note": "Tolong"})
    assert "Tulis catatan singkat" in client.post(hand, {"to": taker.pk, "note": ""}, follow=True).text
    assert not Claim.objects.exists()
    client.post(hand, {"to": taker.pk, "note": "Saya cuti."})
    client.force_login(taker)
    shown = client.get(reverse("moderation_review", args=[state.pk])).text
    assert "Catatan dari Ratna: “Saya cuti.”" in shown


def test_claim_dies_with_the_decision(client, office, person, submit):
    writer, approver = person("nadia", "Penulis", office), person("ratna", "Penyetuju", office)
    state = submit(office, writer)
    client.force_login(approver)
    client.post(reverse("moderation_take", args=[state.pk]))
    send(client, state, "perbaiki", "Kurang tanggal.")
    page = page_of(state)
    again = page.current_workflow_state.resume(user=writer) or page.current_workflow_state.current_task_state
    html = queue(client)
    assert titles(html) == ["Rapat Pleno"]
    assert "belum ada" in html
    assert again is not None


def test_approver_lets_it_go_live_from_the_screen(client, office, person, submit):
    state = submit(office, person("nadia", "Penulis", office))
    client.force_login(person("ratna", "Penyetuju", office))
    answer = send(client, state, "setuju")
    assert "sekarang menunggu di tahap Persetujuan KPU Banten" in answer.text
    assert not page_of(state).live
    assert "disetujui dan terbit" in send(client, next_of(state), "setuju").text
    assert page_of(state).live


@pytest.mark.parametrize(
    ("decision", "after", "words"),
    [("perbaiki", "needs_changes", "dikembalikan"), ("tolak", "cancelled", "ditolak")],
)
def test_who_says_no_gives_a_reason(client, office, person, submit, decision, after, words):
    state = submit(office, person("nadia", "Penulis", office))
    client.force_login(person("ratna", "Penyetuju", office))
    answer = send(client, state, decision)
    assert answer.status_code == 400
    assert "Tulis alasannya" in answer.text
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert words in send(client, state, decision, "Tanggalnya keliru.").text
    state.refresh_from_db()
    assert (state.status, state.comment) == (TaskState.STATUS_REJECTED, "Tanggalnya keliru.")
    assert state.workflow_state.status == after
    assert not page_of(state).live
    edit = reverse("wagtailadmin_pages:edit", args=[page_of(state).pk])
    client.force_login(User.objects.get(username="nadia"))
    assert "Tanggalnya keliru." in client.get(edit).text


def test_text_that_changed_since_it_was_read_is_shown_again_instead_of_decided(
    client, office, person, submit
):
    writer = person("nadia", "Penulis", office)
    state = submit(office, writer)
    client.force_login(person("ratna", "Penyetuju", office))
    shown = open_form(client, state)
    page = page_of(state).get_latest_revision_as_object()
    page.lead = "Teras yang diganti diam-diam."
    page.save_revision(user=writer, overwrite_revision=page.latest_revision)
    answer = send(client, state, "setuju", shown=shown)
    assert answer.status_code == 409
    assert "berubah sejak Anda membukanya" in answer.text
    assert "diganti diam-diam" in answer.text
    assert not page_of(state).live
    again = dict(re.findall(r'<input type="hidden" name="(revision|digest)" value="([^"]+)"', answer.text))
    assert "disetujui" in send(client, state, "setuju", shown=again).text
    assert "disetujui dan terbit" in send(client, next_of(state), "setuju").text
    assert page_of(state).lead == "Teras yang diganti diam-diam."


def test_who_is_told_what_is_missing_finds_again_what_was_typed(client, office, person, submit):
    writer, approver = person("nadia", "Penulis", office), person("ratna", "Penyetuju", office)
    state = submit(office, writer)
    client.force_login(approver)
    shown = send(client, state, "", reason="Sebutkan nama pembicara.").text
    assert ">Sebutkan nama pembicara.</textarea>" in re.sub(r">\s+", ">", shown)


def test_writer_never_finds_an_own_text_at_the_last_stage(client, office, person, submit):
    writer, editor = person("ratna", "Penyetuju", office), person("hendra", "Penyunting", office)
    state = submit(office, writer)
    client.force_login(writer)
    assert titles(queue(client)) == []
    client.force_login(editor)
    send(client, state, "setuju")
    client.force_login(writer)
    assert titles(queue(client)) == []
    review = client.get(reverse("moderation_review", args=[next_of(state).pk]), follow=True)
    assert "Anda ikut menulis naskah ini. Persetujuan terakhir harus dari orang lain." in review.text
    anything = {"revision": "1", "digest": "x"}
    assert send(client, next_of(state), "setuju", shown=anything).status_code in {403, 404}
    assert not page_of(state).live


def test_second_of_two_who_decide_is_told_who_was_faster(client, office, person, submit):
    state = submit(office, person("nadia", "Penulis", office))
    first, second = person("ratna", "Penyetuju", office), person("budi", "Penyetuju", office)
    client.force_login(second)
    shown = open_form(client, state)
    client.force_login(first)
    send(client, state, "perbaiki", "Kurang tanggal.")
    client.force_login(second)
    assert "sudah diputuskan oleh Ratna" in send(client, state, "setuju", shown=shown).text
    assert not page_of(state).live


def test_home_leads_to_the_queue_and_says_what_is_overdue(client, office, person, submit):
    state = submit(office, person("nadia", "Penulis", office))
    wait(state, 30)
    client.force_login(person("ratna", "Penyetuju", office))
    home = client.get("/admin/").text
    assert reverse("moderation_review", args=[state.pk]) in home
    assert reverse("moderation_queue") in home
    assert "Terlambat 6\xa0jam" in home


def test_reader_of_the_decision_finds_checks_comments_and_history(client, office, person, submit):
    writer, approver = person("nadia", "Penulis", office), person("ratna", "Penyetuju", office)
    state = submit(
        office, writer, lead="Rabu, 25 Maret 2022, KPU Banten menggelar rapat pleno terbuka di Serang."
    )
    page = page_of(state)
    Comment.objects.create(page=page, user=approver, text="Cek tanggal ini", contentpath="lead")
    client.force_login(approver)
    html = client.get(reverse("moderation_review", args=[state.pk])).text
    assert "Rapat Pleno" in html.split("warta-review__head")[1].split("</section>")[0]
    assert "Kesalahan" in html.split('id="warta-findings"')[1]
    assert "Cek tanggal ini" in html
    assert re.search(r"\?comment=\d+", html)
    for part in ("warta-comments", "warta-history"):
        assert re.search(
            r"20\d\d pukul \d\d\.\d\d WIB</time>", html.split(f'id="{part}"')[1].split("</section>")[0]
        )
    assert reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task_id]) in html


def crowd(state: TaskState, articles: int, waiting: int) -> None:
    """Put many articles beside that of `state`, and let `waiting` of them wait as it does."""
    page, flow = page_of(state), state.workflow_state
    kinds = {"content_type": page.content_type, "base_content_type": page.get_base_content_type()}
    index = page.get_parent()
    pages = Page.objects.bulk_create(
        (
            Page(
                path=Page._get_path(index.path, index.depth + 1, number + 2),
                depth=index.depth + 1,
                title=f"Artikel {number}",
                draft_title=f"Artikel {number}",
                slug=f"artikel-{number}",
                url_path=f"{index.url_path}artikel-{number}/",
                content_type=page.content_type,
                locale_id=index.locale_id,
                owner=page.owner,
                live=False,
            )
            for number in range(articles)
        ),
        batch_size=500,
    )
    names = [str(each.pk) for each in pages[:waiting]]
    revisions = Revision.objects.bulk_create(
        Revision(**kinds, object_id=name, content={}, created_at=timezone.now()) for name in names
    )
    given = {"workflow": flow.workflow, "requested_by": flow.requested_by}
    flows = WorkflowState.objects.bulk_create(
        WorkflowState(**kinds, **given, object_id=name) for name in names
    )
    TaskState.objects.bulk_create(
        TaskState(workflow_state=one, revision=text, task_id=state.task_id, content_type=state.content_type)
        for one, text in zip(flows, revisions, strict=True)
    )


def test_queue_of_hundreds_among_ten_thousand_articles_costs_a_fixed_number_of_queries(
    client, office, person, submit
):
    writer, approver = person("nadia", "Penulis", office), person("ratna", "Penyetuju", office)
    crowd(submit(office, writer), 10_000, 400)
    client.force_login(approver)
    queue(client)
    with CaptureQueriesContext(
        connection,
    ) as few:
        html = queue(client)
    assert len(titles(html)) == 20
    assert "Halaman 1 dari 21" in html
    with CaptureQueriesContext(connection) as last:
        assert len(titles(queue(client, p="21"))) == 1
    assert len(few) <= 40
    assert len(last) <= len(few)
    seen = {title for number in range(1, 22) for title in titles(queue(client, p=number))}
    assert len(seen) == 401
    with CaptureQueriesContext(connection) as own:
        queue(client, lihat="kantor")
    assert len(own) <= len(few)


def test_moderator_over_a_subtree_sees_what_waits_there(client, office, other_office, person, submit):
    state = submit(other_office, person("nadia", "Penulis", other_office), "Dari Lebak")
    above = Group.objects.create(name="Moderator Provinsi")
    above.permissions.add(Permission.objects.get(codename="access_admin"))
    root = Page.get_first_root_node()
    right = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=above, page=root, permission=right)
    moderator = User.objects.create_user("mira", "mira@kpu.example", PASSWORD)
    moderator.groups.add(above)
    client.force_login(moderator)
    assert titles(queue(client)) == ["Dari Lebak"]
    shown = client.get(reverse("moderation_review", args=[state.pk])).text
    assert 'id="keputusan"' not in shown  # the stage is not theirs
    anything = {"revision": "1", "digest": "x"}
    assert send(client, state, "setuju", shown=anything).status_code == 403
    assert not page_of(state).live


def test_approver_sees_everybody_who_wrote_in_the_text(client, office, person, submit):
    writer, editor = person("nadia", "Penulis", office), person("edo", "Penyunting", office)
    state = submit(office, writer)
    draft = page_of(state).get_latest_revision_as_object()
    draft.title = "Rapat Pleno Terbuka"
    draft.save_revision(user=editor)
    client.force_login(person("ratna", "Penyetuju", office))
    assert "<dd>Nadia, Edo</dd>" in client.get(reverse("moderation_review", args=[state.pk])).text
