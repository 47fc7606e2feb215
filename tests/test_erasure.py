"""Erasure: personal data leaves everything that was kept of an article, and the trail stays provable."""

import datetime as dt
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, CommentReply, Page, Revision

from cms.accounts.models import User
from cms.moderation import chain, database_rules, permits, trail, verified, verifying
from cms.moderation.checks import blocking
from cms.moderation.models import Approval, Letter, TrailCheck, TrailEntry, TrailHead, Trashed, Waiver
from cms.moderation.trail_entries import START, Act
from cms.moderation.trash.throwing import put_in_trash
from news.models import NewsArticlePage
from tests import scenes
from tests.people import make_person, page_of, send

pytestmark = pytest.mark.four_eyes
NAME = "Sutarjo"
WRONG_DAY = f"<p>{NAME} hadir Rabu, 25 Maret 2022, di Serang.</p>"  # it was a Friday
# Where people still work on the text: the page, its newest revision, and what the newsroom searches.
AT_WORK = {"wagtailcore.page", "news.newsarticlepage", "wagtailcore.revision", "wagtailsearch.indexentry"}


def where_kept() -> set[str]:
    """The kinds of row in which the name stands, whatever the table."""
    found = set()
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            rows = map(str, model._base_manager.values_list())
            found |= {model._meta.label_lower} if any(NAME in row for row in rows) else set()
    return {name for name in found if not name.startswith("wagtailsearch.sqlitefts")}


def audit() -> str:
    out = StringIO()
    call_command("audit", "--verify", stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def people(_story) -> dict[str, User]:
    """A writer, an editor and two approvers, by name."""
    return {name: User.objects.get(pk=pk) for name, pk in _story["people"].items()}


@pytest.fixture
def article(_story) -> NewsArticlePage:
    """An article that names somebody, after everything people do with one; it is live."""
    return NewsArticlePage.objects.get(pk=_story["article"])


@pytest.fixture(scope="session")
def _kept(tmp_path_factory) -> Path:
    """Where the files of the story are kept."""
    return tmp_path_factory.mktemp("story")


@pytest.fixture
def _story(client, submit, office, site, settings, _kept) -> dict[str, Any]:
    """Tell once all that people do with the article: that takes longer than what is tried after it."""
    is_new = not any(_kept.iterdir())
    told = scenes.put("erasure", lambda: _tell(client, submit, office, site), is_ruled=True)
    first, here = (_kept / "public", Path(settings.PUBLIC_ROOT))
    shutil.copytree(*((here, first) if is_new else (first, here)), symlinks=True)
    return told


def answer(client, state, user, decision, reason=""):
    client.force_login(user)
    return send(client, state, decision, reason)


def remark(page, user) -> None:
    """Put a comment and a reply beside the lead, as the editing screen does."""
    comment = Comment.objects.create(page=page, user=user, text=f"Siapa {NAME}?", contentpath="lead")
    comment.log_create(user=user)
    reply = CommentReply.objects.create(comment=comment, user=user, text=f"{NAME} warga biasa.")
    reply.log_create(user=user)


def _tell(client, submit, office, site) -> dict[str, Any]:
    """Return ids of the people by name, and of their article."""
    roles = {"nadia": "Penulis", "edo": "Penyunting", "ratna": "Penyetuju", "budi": "Penyetuju"}
    people = {name: make_person(name, role, office) for name, role in roles.items()}
    title = f"Pelatihan bersama {NAME}"
    state = submit(office, people["nadia"], title, slug="pelatihan", body=[("paragraph", WRONG_DAY)])
    page = page_of(state)
    remark(page, people["edo"])
    client.force_login(people["ratna"])
    client.post(reverse("moderation_take", args=[state.pk]))
    given = {"to": people["budi"].pk, "note": f"Tolong lihat {NAME}"}
    client.post(reverse("moderation_hand_over", args=[state.pk]), given)
    answer(client, state, people["edo"], "perbaiki", f"Jangan sebut {NAME}.")
    client.force_login(people["nadia"])
    client.post(reverse("share_draft", args=[page.pk]), {"made_for": f"Kuasa hukum {NAME}", "days": "3"})
    page.current_workflow_state.resume(user=people["nadia"])
    _waive_and_approve(client, page, people)
    site.publish()
    return {"people": {name: each.pk for name, each in people.items()}, "article": page.pk}


def _waive_and_approve(client, page, people) -> None:
    newest = now(page).get_latest_revision_as_object()
    for finding in blocking(newest):
        revision = page.get_latest_revision()
        Waiver.objects.give(newest, revision, finding, people["budi"], f"Dikutip dari {NAME}")
    for name in ("edo", "ratna"):
        answer(client, now(page).current_workflow_task_state, people[name], "setuju", f"Cocok dengan {NAME}.")
    assert now(page).live


def now(page) -> NewsArticlePage:
    return NewsArticlePage.objects.get(pk=page.pk)


def withdraw(client, page, user, mode="gone"):
    client.force_login(user)
    given = {"mode": mode, "reason": "Memuat data pribadi.", "has_personal_data": "on"}
    return client.post(reverse("withdraw_article", args=[page.pk]), given)


def test_name_is_nowhere_left_but_in_the_draft_people_mend(client, article, people):
    before = where_kept()
    assert {"wagtailcore.comment", "wagtailcore.commentreply", "wagtailcore.taskstate"} <= before
    assert {"moderation.trailentry", "moderation.waiver", "moderation.claim"} <= before
    assert {"moderation.letter", "publishing.change", "wagtailcore.pagelogentry"} <= before
    assert withdraw(client, article, people["ratna"]).status_code == 302
    assert where_kept() <= AT_WORK
    kept = Revision.page_revisions.filter(object_id=str(article.pk)).exclude(pk=article.latest_revision_id)
    assert not any(NAME in f"{row.content}{row.object_str}" for row in kept)
    assert not Comment.objects.filter(page=article.pk).exists()


def test_name_is_nowhere_at_all_once_the_mended_text_is_live(client, article, people):
    withdraw(client, article, people["ratna"])
    page = now(article)
    remark(page, people["edo"])
    page = page.get_latest_revision_as_object()
    page.title = "Pelatihan bersama warga"
    page.lead = "KPU Provinsi Banten melatih warga di Serang agar dapat mengawasi pemungutan suara."
    page.body = [("paragraph", "<p>Pelatihan dibuka pukul sembilan pagi.</p>")]
    page.save_revision(user=people["nadia"], log_action=True)
    page.get_workflow().start(page, people["nadia"])
    for name in ("edo", "ratna"):
        state = now(page).current_workflow_task_state
        answer(
            client, state, people[name], "setuju", f"Nama {NAME} sudah tidak ada." if name == "edo" else ""
        )
    assert now(page).live
    assert where_kept() == set()
    assert now(page).draft_title == "Pelatihan bersama warga"
    assert "Kata-kata" in audit()


def test_slug_and_reason_are_forgotten_once_the_mended_text_is_live(client, article, people, site):
    page = now(article).get_latest_revision_as_object()
    page.slug = f"bersama-{NAME}"
    _publish(page, people)
    for legacy in (f"/baca/bersama-{NAME}", "/baca/42"):
        Redirect(old_path=legacy, site=page.get_site(), redirect_page=Page.objects.get(pk=article.pk)).save()
    site.publish()
    client.force_login(people["ratna"])
    old = now(article).get_url_parts()[2]
    withdrawing = reverse("withdraw_article", args=[article.pk])
    given = {"mode": "notice", "reason": f"Atas permintaan {NAME}.", "has_personal_data": "on"}
    client.post(withdrawing, given)
    site.publish()
    assert f"Atas permintaan {NAME}." in site.page(old)
    page = now(article).get_latest_revision_as_object()
    page.title, page.lead, page.slug, page.body = "Pelatihan warga", "Pelatihan warga.", "pelatihan-warga", []
    _publish(page, people)
    site.publish()
    assert where_kept() == set()
    assert site.page(old) == ""
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/baca/42"]
    assert not any(
        NAME in path or NAME in (site.folder / path).read_text(errors="replace") for path in site.paths()
    )
    assert site.differences() == []
    assert "Jejak utuh" in audit()


def _publish(page, people) -> None:
    revision = page.save_revision(user=people["nadia"])
    Approval.objects.give(revision, Approval.Kind.REVIEW, actor=people["budi"])
    revision.publish()


@pytest.mark.parametrize("mode", ["notice", "redirect"])
def test_operator_empties_what_nobody_will_mend(client, article, people, site, index, mode):
    page = now(article).get_latest_revision_as_object()
    page.slug = f"bersama-{NAME}"
    _publish(page, people)
    old = now(article).get_url_parts()[2]
    office = article.get_site()
    legacy = Redirect(
        old_path=f"/baca/bersama-{NAME}", site=office, redirect_page=Page.objects.get(pk=article.pk)
    )
    legacy.save()
    Redirect(old_path="/baca/lain", site=office, redirect_page=Page.objects.get(pk=index.pk)).save()
    site.publish()
    client.force_login(people["ratna"])
    given = {
        "mode": mode,
        "target": index.pk,
        "reason": f"Atas permintaan {NAME}.",
        "has_personal_data": "on",
    }
    client.post(reverse("withdraw_article", args=[article.pk]), given)
    site.publish()
    draft = now(article).get_latest_revision_as_object()
    draft.tags.add(NAME)
    draft.get_workflow().start(draft.save_revision(user=people["nadia"]).as_object(), people["nadia"])
    out = StringIO()
    call_command("erase_article", str(article.pk), stdout=out, stderr=StringIO())
    assert "Cadangan masih memuatnya" in out.getvalue()
    site.publish()
    assert where_kept() == set()
    assert site.page(old) == ""
    assert not any(
        NAME in path or NAME in (site.folder / path).read_text(errors="replace") for path in site.paths()
    )
    assert site.differences() == []
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/baca/lain"]
    assert "Jejak utuh" in audit()
    client.force_login(people["budi"])
    assert client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).status_code == 200


@pytest.mark.parametrize("number", ["0", "9" * 30, "abc", "live", "plain"])
def test_operator_empties_nothing_else(client, article, people, number):
    if number == "plain":
        client.force_login(people["ratna"])
        client.post(reverse("withdraw_article", args=[article.pk]), {"mode": "gone", "reason": "Keliru."})
    named = str(article.pk) if number in ("live", "plain") else number
    with pytest.raises(
        CommandError, match="Tarik dahulu" if named == str(article.pk) else "Tidak ada artikel"
    ):
        call_command("erase_article", named, stdout=StringIO(), stderr=StringIO())
    assert NAME in now(article).title


def test_newer_draft_of_a_mended_article_forgets_its_title_too(client, article, people):
    withdraw(client, article, people["ratna"])
    page = now(article).get_latest_revision_as_object()
    page.title, page.body = "Pelatihan warga", []
    clean = page.save_revision(user=people["nadia"])
    Approval.objects.give(clean, Approval.Kind.REVIEW, actor=people["budi"])
    page = now(article).get_latest_revision_as_object()
    page.title = f"{NAME} lagi"
    page.save_revision(user=people["nadia"], log_action=True)
    Revision.objects.get(pk=clean.pk).publish()
    assert now(page).live
    assert NAME not in now(page).draft_title
    assert "wagtailcore.revision" not in where_kept()


def test_who_did_what_is_still_told_and_the_proof_holds(client, article, people):
    acts = list(TrailEntry.objects.order_by("number").values_list("number", "act", "actor", "digest", "seal"))
    assert "dihapus" not in audit()
    withdraw(client, article, people["ratna"])
    kept = TrailEntry.objects.filter(number__lte=acts[-1][0]).order_by("number")
    assert list(kept.values_list("number", "act", "actor", "digest", "seal")) == acts
    told = TrailEntry.objects.filter(act=Act.ERASED).get()
    assert (told.actor, told.page_id) == ("Ratna", article.pk)
    assert TrailEntry.objects.get(act=Act.WITHDREW).reason == "Memuat data pribadi."
    out = audit()
    assert "Jejak utuh" in out
    assert f"Kata-kata {len(told.details['left'])} catatan dihapus" in out
    client.force_login(people["ratna"])
    story = client.get(reverse("trail_of_page", args=[article.pk]))
    history = client.get(reverse("wagtailadmin_pages:history", args=[article.pk]))
    assert (story.status_code, history.status_code) == (200, 200)
    assert "Ratna menghapus kata-kata yang memuat data pribadi" in story.text
    assert "meminta perbaikan" in story.text


def test_reading_of_the_trail_goes_on_over_an_erasure(client, article, people):
    assert verified.check_on().flaws == []
    withdraw(client, article, people["ratna"])
    assert verified.check_on().flaws == []
    TrailCheck.objects.all().delete()
    assert verified.check_on().flaws == []


def test_checkpoint_from_before_an_erasure_still_fits(client, article, people):
    checkpoint = f"{TrailEntry.objects.latest('number').number}:{TrailEntry.objects.latest('number').seal}"
    withdraw(client, article, people["ratna"])
    call_command("audit", "--verify", "--checkpoint", checkpoint, stdout=StringIO(), stderr=StringIO())


def test_entry_from_before_there_was_salt_can_be_erased(client, article, people):
    with database_rules.lifted():
        _seal_without_salt()
    assert "Jejak utuh" in audit()
    withdraw(client, article, people["ratna"])
    assert "Jejak utuh" in audit()
    assert NAME not in str(list(TrailEntry.objects.values()))


def _seal_without_salt() -> None:
    """Write the trail anew as it was before there was salt."""
    previous = START
    for entry in TrailEntry.objects.order_by("number"):
        entry.salt, entry.previous = "", previous
        entry.seal = previous = chain.seal_of(entry)
        entry.save()
    head = TrailHead.objects.get()
    head.seal = previous
    chain.sign(head)
    head.save()


def test_entry_changed_after_its_words_were_erased_is_found(client, article, people):
    withdraw(client, article, people["ratna"])
    row = TrailEntry.objects.filter(
        number=TrailEntry.objects.filter(page_id=article.pk).earliest("number").number
    )
    with database_rules.lifted():
        for forged in ("reason", "act", "page_title"):
            with transaction.atomic():
                row.update(**{forged: "approved"})
                assert len(list(verifying.verify())) == 1
                transaction.set_rollback(True)


def test_words_taken_out_without_an_erasure_are_found(article):
    number = TrailEntry.objects.filter(page_id=article.pk).earliest("number").number
    with permits.opened_for([article.pk], permits.ERASURE):
        TrailEntry.objects.filter(number=number).update(reason="", page_title="", details_json="{}", salt="")
    with pytest.raises(CommandError, match="tidak utuh: 1 hal"):
        audit()


def test_database_lets_an_erasure_take_words_and_nothing_else(article):
    entries = TrailEntry.objects.filter(page_id=article.pk)
    with permits.opened_for([article.pk], permits.ERASURE):
        _refuses("jejak", entries, page_title="")  # the salt has to go along
        for forged in ({"actor": "Orang lain"}, {"act": "approved"}, {"seal": "0" * 64}):
            _refuses("jejak", entries, salt="", **forged)


def test_database_lets_words_be_taken_of_no_other_page_and_without_a_permit_of_none(article, write):
    other = write("Rapat lain", live=False)
    trail.record(Act.WROTE, page=other, reason="Sebab")
    approvals = Approval.objects.filter(page_id=article.pk)
    for rows in (approvals, Waiver.objects.filter(page_id=article.pk)):
        _refuses("only ever added", rows, reason="Lain")
    with permits.opened_for([article.pk], permits.ERASURE):
        _refuses("jejak", TrailEntry.objects.filter(page_id=other.pk), reason="", salt="")
        _refuses("only ever added", approvals, reason="", digest="x")


def _refuses(words, rows, **changed) -> None:
    """Hold the database to refusing to change `rows` so."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        rows.update(**changed)


def test_letter_still_to_go_says_only_why_it_says_nothing(client, article, people):
    waiting = Letter.objects.waiting().count()
    assert waiting
    withdraw(client, article, people["ratna"])
    letters = Letter.objects.waiting().filter(subject="(dihapus karena memuat data pribadi)")
    assert letters.count() == waiting


def test_article_that_is_removed_from_the_trash_leaves_no_name_behind(client, article, people, superuser):
    withdraw(client, article, people["ratna"])
    put_in_trash(now(article), superuser, f"{NAME} minta dihapus")
    assert NAME in str(list(Trashed.objects.values()))
    Trashed.objects.update(made_at=timezone.now() - dt.timedelta(days=10))
    call_command("empty_trash", "--older-than", "5", stdout=StringIO(), stderr=StringIO())
    assert not Page.objects.filter(pk=article.pk).exists()
    assert where_kept() == set()
    assert "Jejak utuh" in audit()


def test_refused_approval_leaves_no_personal_number_in_the_log(client, people, submit, office, caplog):
    nik = "3604012305900001"
    state = submit(office, people["nadia"], body=[("paragraph", f"<p>Hubungi pemegang NIK {nik}.</p>")])
    answer(client, state, people["edo"], "setuju")
    newest = now(page_of(state))
    newest.current_workflow_task_state.approve(user=people["edo"])
    assert "Refused approve" in caplog.text
    assert nik not in caplog.text
