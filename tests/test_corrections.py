"""A correction is announced when it goes live, stays for good, and the earlier text stays readable."""

import datetime as dt
import json
import re
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from cms.moderation.guarding import is_approved
from cms.moderation.models import Approval, Permit, SharedDraft, TrailEntry
from cms.moderation.permits import opened_for
from news.corrections import CorrectionFixedError
from news.models import Correction, NewsArticlePage, NewsIndexPage
from news.withdrawing import withdraw
from tests.publishing import PublishedSite, address

pytestmark = pytest.mark.django_db
BODY = [("paragraph", "<p>Rapat dihadiri 85 guru.</p>")]


@pytest.fixture
def article(write):
    page = write("Pelatihan guru", body=BODY)
    page.save_revision().publish()
    return NewsArticlePage.objects.get(pk=page.pk)


def correct(page: NewsArticlePage, kind: str = "ralat", words: str = "58 guru") -> NewsArticlePage:
    page = NewsArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.body = [("paragraph", f"<p>Rapat dihadiri {words}.</p>")]
    page.change_kind, page.change_of = kind, page.live_revision_id
    page.change_wrong, page.change_right = "85 guru.", "58 guru."
    page.save_revision().publish()
    return NewsArticlePage.objects.get(pk=page.pk)


def test_reader_meets_the_correction_everywhere_once_the_version_is_live(article, site):
    site.publish()
    draft = article.get_latest_revision_as_object()
    draft.change_kind, draft.change_of = "ralat", draft.live_revision_id
    draft.save_revision()
    assert not Correction.objects.exists()
    page = correct(article)
    site.publish()
    made = Correction.objects.get()
    assert (made.number, made.version, made.after_id) == (1, 1, page.live_revision_id)
    assert page.updated_at == made.made_at
    html = site.page(address(page))
    assert "58 guru." in html
    assert "CorrectionComment" in html
    twin = json.loads((site.folder / address(page).strip("/") / "index.json").read_text())
    assert twin["corrections"][0]["wrong"] == "85 guru."
    assert twin["corrections"][0]["earlier_url"].endswith("/versi/1/")
    assert "85 guru." in site.page("/ralat/")
    assert "85 guru." in site.page(f"/ralat/{made.year}/")
    version = site.page(f"{address(page)}versi/1/")
    assert "<del>" in version
    assert "<ins>" in version
    assert 'content="noindex"' in version
    assert f'href="{page.full_url}"' in version
    assert site.differences() == []


def test_earlier_text_is_published_by_a_process_that_has_just_started(article, site):
    page = correct(article)
    ContentType.objects.clear_cache()
    site.publish()
    assert "85" in site.page(f"{address(page)}versi/1/")
    assert site.differences() == []


ATOM = "{http://www.w3.org/2005/Atom}"


def entry_of(site, page, feed: str = "feed.xml"):
    """What a feed says of a page."""
    root = ElementTree.fromstring((site.folder / feed).read_bytes())  # noqa: S314 (our own file)
    mark = f"{ATOM}id"
    return next(each for each in root.iter(f"{ATOM}entry") if each.findtext(mark) == page.translation_key.urn)


def test_feeds_tell_the_correction_and_when_it_was_made(article, site):
    site.publish()
    before = entry_of(site, article).findtext(f"{ATOM}updated")
    long_ago = article.published_at - dt.timedelta(days=9)
    with opened_for([article.pk], "test"):
        NewsArticlePage.objects.filter(pk=article.pk).update(published_at=long_ago)
    page = correct(article)
    site.publish()
    made = Correction.objects.get()
    for feed in ("feed.xml", f"rubrik/{page.section.slug}/feed.xml"):
        entry = entry_of(site, page, feed)
        assert f"Ralat {made.label}" in entry.findtext(f"{ATOM}summary")
        assert "Yang keliru: 85 guru. Yang benar: 58 guru." in entry.findtext(f"{ATOM}summary")
        assert entry.findtext(f"{ATOM}summary").endswith(page.lead)
        assert dt.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == made.made_at
    assert before != entry.findtext(f"{ATOM}published")
    assert site.differences() == []


def test_feed_data_and_twin_tell_a_note_that_was_entered_by_hand(article, site):
    site.publish()
    later = article.published_at + dt.timedelta(hours=3)
    Correction.objects.create(page=article, kind="catatan", text="Foto diganti & dipotong.", made_at=later)
    site.publish()
    entry = entry_of(site, article)
    assert "Foto diganti & dipotong." in entry.findtext(f"{ATOM}summary")
    assert dt.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == later
    data = next(each for each in structured_of(site, article) if "correction" in each)
    assert data["correction"][0]["text"] == "Foto diganti & dipotong."
    assert dt.datetime.fromisoformat(data["dateModified"]) == later
    assert twin_of(site, article)["corrections"][0]["text"] == "Foto diganti & dipotong."
    assert site.differences() == []


def test_register_of_every_year_leads_to_every_other_year(article, site, write):
    other = write("Pelantikan petugas")
    for page, year in ((article, 2024), (other, 2025)):
        moment = dt.datetime(year, 3, 1, tzinfo=dt.UTC)
        Correction.objects.create(page=page, kind="catatan", text="Foto diganti.", made_at=moment)
        site.publish()
    assert "/ralat/2025/" in site.page("/ralat/2024/")
    assert site.differences() == []
    other.unpublish()
    site.publish()
    assert "/ralat/2025/" not in site.page("/ralat/2024/")
    assert site.differences() == []


def test_machines_are_told_what_was_wrong_and_what_is_right(article, site):
    page = correct(article)
    site.publish()
    made = Correction.objects.get()
    said = "Yang keliru: 85 guru. Yang benar: 58 guru."
    told = next(each for each in structured_of(site, page) if "correction" in each)["correction"]
    assert told == [
        {
            "@type": "CorrectionComment",
            "url": f"{page.full_url}#ralat-{made.number}-{made.year}",
            "datePublished": made.made_at.astimezone(ZoneInfo("Asia/Jakarta")).isoformat(),
            "text": said,
        }
    ]
    assert twin_of(site, page)["corrections"][0]["text"] == said


def test_feed_of_an_alias_tells_the_corrections_of_its_source(article, site, other_office):
    there = NewsIndexPage.objects.child_of(other_office).get()
    alias = article.create_alias(parent=there)
    site.publish()
    correct(article)
    site.publish()
    other = PublishedSite("kab-lebak.localhost")
    assert "58 guru." in entry_of(other, alias).findtext(f"{ATOM}summary")
    assert other.differences() == site.differences() == []


def structured_of(site, page) -> list[dict]:
    """The schema.org data of a published page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.page(address(page)))
    return [json.loads(each) for each in found]


def twin_of(site, page) -> dict:
    return json.loads((site.folder / address(page).strip("/") / "index.json").read_text())


def test_small_repair_announces_nothing_but_the_history_says_it(article, site):
    page = correct(article, "small")
    site.publish()
    assert not Correction.objects.exists()
    assert "Ralat dan catatan" not in site.page(address(page))
    assert page.updated_at is None
    assert "Perbaikan kecil terbit" in str(list(map(str, [e.message for e in _log(page)])))


def _log(page):
    return PageLogEntry.objects.filter(page=page.pk)


def test_second_correction_keeps_its_own_text_and_moves_the_time(article):
    first = correct(article)
    NewsArticlePage.objects.filter(pk=first.pk).update(updated_at=first.published_at)
    second = correct(first, words="57 guru")
    assert [each.version for each in Correction.objects.order_by("pk")] == [1, 2]
    assert second.updated_at > first.published_at or second.updated_at == first.published_at
    assert second.updated_at == Correction.objects.first().made_at


def test_answer_about_an_earlier_change_is_not_taken_for_this_one(article):
    page = correct(article).get_latest_revision_as_object()
    page.title = "Judul lain"
    page.save_revision()
    draft = page.get_latest_revision_as_object()
    assert (draft.change_kind, draft.change_of) == ("", None)


def test_correction_is_neither_changed_nor_deleted(article):
    made = Correction.objects.create(page=article, text="Yang benar dua belas.")
    with pytest.raises(CorrectionFixedError):
        made.save()
    with pytest.raises(CorrectionFixedError):
        made.delete()


def refused(change) -> bool:
    """Ask the database itself to do it."""
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


CHANGES = {
    "site_id": 0, "year": 1999, "number": 9, "kind": "catatan", "made_at": "2020-01-01 00:00:00+00:00",
    "wrong": "x", "right": "x", "text": "x", "actor_id": 9, "actor_name": "x", "before_id": 1, "after_id": 1,
    "earlier_text": "{}", "version": 9, "is_erased": True,
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
def test_database_refuses_to_change_a_correction(article, column):
    correct(article)
    with connection.cursor() as cursor:
        assert refused(
            lambda: cursor.execute(f'UPDATE news_correction SET "{column}" = %s', [CHANGES[column]])  # noqa: S608
        )
    assert set(CHANGES) | {"id", "page_id", "answers_id"} == {
        field.column for field in Correction._meta.local_concrete_fields
    }


def test_database_refuses_to_remove_or_replace_a_correction(article):
    correct(article)
    rows = Correction.objects.all()
    assert refused(rows.delete)
    assert refused(lambda: rows.update(page=Page.objects.first().pk))
    if connection.vendor == "sqlite":
        copy = "INSERT OR REPLACE INTO news_correction SELECT * FROM news_correction"
    else:
        copy = "TRUNCATE news_correction CASCADE"
    with connection.cursor() as cursor:
        assert refused(lambda: cursor.execute(copy))
    assert Correction.objects.get().wrong == "85 guru."


def test_words_are_erased_only_where_a_withdrawal_says_they_are_personal(article, superuser):
    page = correct(article)
    silent = {"is_erased": True, "text": "", "wrong": "", "right": "", "earlier_text": None}
    rows = Correction.objects.all()
    assert refused(lambda: rows.update(**silent))
    withdraw(page, superuser, "gone", "Keliru.", has_personal_data=False)
    assert refused(lambda: rows.update(**silent))
    NewsArticlePage.objects.get(pk=page.pk).save_revision().publish()
    withdraw(NewsArticlePage.objects.get(pk=page.pk), superuser, "gone", "NIK.", has_personal_data=True)
    assert refused(lambda: rows.update(is_erased=False))
    assert refused(lambda: rows.update(wrong="Kata lain."))


def test_page_that_is_deleted_takes_its_corrections_along_and_no_permit_stays(article):
    first = correct(article)
    page = NewsArticlePage.objects.get(pk=first.pk)
    other = Correction.objects.create(page=page, text="Lain.", answers=Correction.objects.get())
    assert refused(lambda: Correction.objects.filter(pk=other.pk).update(answers=None))
    page.delete()
    assert not Correction.objects.exists()
    assert not Permit.objects.exists()


def _form(client, edit, words="58 guru"):
    form = querydict_from_html(client.get(edit).text, form_id="page-edit-form").copy()
    paragraph = [("paragraph", rich_text(f"<p>Rapat dihadiri {words}.</p>"))]
    form.update(nested_form_data({"body": streamfield(paragraph), "attachments": streamfield([])}))
    return form


def test_editor_cannot_submit_a_changed_live_article_without_an_answer(client, superuser, article):
    client.force_login(superuser)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    form = _form(client, edit)
    form["title"], form["action-submit"] = "Judul yang diubah", "1"
    shown = client.post(edit, form).text
    assert "Pilih: perbaikan kecil, atau ralat" in shown
    form["change_kind"] = "ralat"
    assert "Tulis apa yang keliru" in client.post(edit, form).text
    form["change_wrong"], form["change_right"] = "Salah.", "Benar."
    assert client.post(edit, form).status_code == 302
    draft = NewsArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert (draft.change_kind, draft.change_of) == ("ralat", article.live_revision_id)


@pytest.mark.parametrize("year", [1826, 2206])
def test_editor_who_mistypes_the_year_of_publication_is_told_before_it_goes_on(
    client, superuser, write, year
):
    page = write("Pelatihan guru", live=False)
    page.save_revision()
    client.force_login(superuser)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = _form(client, edit) | {"published_at": f"25/11/{year} 10.00", "action-submit": "1"}
    assert "Tahun waktu terbit harus antara 1902 dan 2037" in client.post(edit, form).text
    assert NewsArticlePage.objects.get(pk=page.pk).current_workflow_state is None


def test_editor_who_changes_nothing_in_a_live_article_is_asked_nothing(client, superuser, article):
    moment = article.published_at.replace(second=37)
    with opened_for([article.pk], "test"):
        NewsArticlePage.objects.filter(pk=article.pk).update(published_at=moment)
    NewsArticlePage.objects.get(pk=article.pk).save_revision()
    client.force_login(superuser)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    form = _form(client, edit, "85 guru")
    form.update({"body-0-id": article.body[0].id, "show_dateline": "on", "action-submit": "1"})
    assert client.post(edit, form).status_code == 302
    draft = NewsArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert draft.published_at == moment


def test_draft_of_a_live_article_is_kept_without_an_answer(client, superuser, article):
    client.force_login(superuser)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    form = _form(client, edit)
    form["title"] = "Judul yang diubah"
    assert client.post(edit, form).status_code == 302


def test_withdrawn_article_leaves_a_notice_and_nothing_else(article, site, superuser, client):
    page = correct(article)
    site.publish()
    withdraw(page, superuser, "notice", "Angkanya keliru.")
    site.publish()
    folder = site.folder / address(page).strip("/")
    assert "Angkanya keliru." in site.page(address(page))
    assert "58 guru" not in site.page(address(page))
    assert json.loads((folder / "index.json").read_text())["status"] == "withdrawn"
    assert f"{address(page)} {address(page)} 410\n" in (site.folder / "_redirects").read_text()
    named = [
        path for path in site.paths()
        if path.endswith((".xml", ".html")) and "Pelatihan guru" in (site.folder / path).read_text()
    ]  # fmt: skip
    assert named == []
    assert site.differences() == []
    answer = client.get(address(page))
    assert answer.status_code == 410
    assert "Angkanya keliru." in answer.text


@pytest.mark.parametrize("mode", ["redirect", "gone"])
def test_withdrawn_article_leads_on_or_is_gone(article, site, superuser, index, mode, client):
    site.publish()
    withdraw(article, superuser, mode, "Digabung.", target=Page.objects.get(pk=index.pk))
    site.publish()
    assert site.differences() == []
    answer = client.get(address(article))
    assert answer.status_code == (301 if mode == "redirect" else 410)
    assert "Digabung." not in answer.text


@pytest.mark.parametrize("mode", ["notice", "redirect", "gone"])
def test_article_that_is_published_again_ends_its_withdrawal(article, site, superuser, index, mode):
    site.publish()
    row = withdraw(article, superuser, mode, "Keliru.", target=Page.objects.get(pk=index.pk))
    site.publish()
    NewsArticlePage.objects.get(pk=article.pk).save_revision().publish()
    site.publish()
    row.refresh_from_db()
    assert row.ended_at
    assert "85 guru" in site.page(address(article))
    assert site.differences() == []


def test_personal_data_is_gone_from_corrections_and_earlier_texts_for_good(article, site, superuser):
    page = correct(article)
    site.publish()
    withdraw(page, superuser, "gone", "Memuat NIK.", has_personal_data=True)
    made = Correction.objects.get()
    assert (made.wrong, made.right, made.earlier_text, made.is_erased) == ("", "", None, True)
    NewsArticlePage.objects.get(pk=page.pk).save_revision().publish()
    site.publish()
    assert site.page(f"{address(page)}versi/1/") == ""
    assert "dihapus karena memuat data pribadi" in site.page(address(page))
    assert site.differences() == []


NIK = "3604012305900001"


def _everything_kept(page) -> str:
    """All the words that the database keeps of a page, but what people work on."""
    kept = page.revisions.exclude(pk=page.latest_revision_id).values("content", "object_str")
    logs = PageLogEntry.objects.filter(page=page.pk).values("label", "data")
    trail = TrailEntry.objects.values()
    said = [*kept, *logs, *trail, *Correction.objects.values(), *SharedDraft.objects.values()]
    return "\n".join(map(str, said))


@pytest.mark.four_eyes
def test_personal_data_stays_in_no_earlier_text_of_an_article(article_of, superuser):
    page = article_of(f"Pelatihan dihadiri pemegang NIK {NIK}.")
    assert NIK in _everything_kept(page)
    withdraw(page, superuser, "gone", "Memuat data pribadi.", has_personal_data=True)
    page = NewsArticlePage.objects.get(pk=page.pk)
    assert NIK not in _everything_kept(page)
    assert NIK in str(page.get_latest_revision().content)  # who mends it must see it
    assert (page.change_wrong, page.change_right) == ("", "")
    page.body = BODY
    page.save_revision()
    page = article_of("Pelatihan dihadiri 85 guru.", page)
    assert page.live
    everything = _everything_kept(page) + str(page.get_latest_revision().content) + str(page.body)
    assert NIK not in everything
    assert is_approved(page.live_revision)
    assert not refused(page.save)


@pytest.fixture
def article_of(write, colleague, office):
    """Write an article, let it be approved and corrected: `article_of(words)`, or those of a page that is there."""
    writer, approver = colleague("Penulis", office), colleague("Penyetuju", office)

    def _live(page, words):
        page.body = [("paragraph", f"<p>{words}</p>")]
        revision = page.save_revision(user=writer)
        Approval.objects.give(revision, Approval.Kind.REVIEW, actor=approver)
        revision.publish()
        return NewsArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()

    def _article_of(words, page=None):
        is_new = page is None
        page = _live(page or write("Pelatihan guru", live=False), words)
        if is_new:
            page.change_kind, page.change_of = "ralat", page.live_revision_id
            page.change_wrong, page.change_right = words, f"Bukan {words}"
            page = _live(page, words)
        return NewsArticlePage.objects.get(pk=page.pk)

    return _article_of


def test_erased_versions_can_be_opened_and_compared_without_a_fault(client, article, superuser):
    page = correct(article)
    withdraw(page, superuser, "gone", "Memuat NIK.", has_personal_data=True)
    client.force_login(superuser)
    first = page.revisions.order_by("pk").first()
    assert "85 guru" not in str(first.content)
    for name, extra in (("revisions_view", []), ("revisions_revert", []), ("revisions_compare", ["latest"])):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, first.pk, *extra])
        assert client.get(address).status_code == 200
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).text
    assert "Naskah lama dikosongkan karena memuat data pribadi" in history


def test_approver_withdraws_in_two_steps_and_reads_the_proof(client, article, site, office, colleague):
    site.publish()
    client.force_login(colleague("Penyetuju", office))
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert client.get(reverse("withdraw_article", args=[10**20])).status_code == 404
    ask = reverse("withdraw_article", args=[article.pk])
    assert ask in client.get(edit).text
    assert "Tulis alasan penarikan" in client.post(ask, {"mode": "notice"}).text
    assert "Pilih halaman tujuan" in client.post(ask, {"mode": "redirect", "reason": "x"}).text
    proof = client.post(ask, {"mode": "notice", "reason": "Angkanya keliru."}).url
    before = client.get(proof).text
    assert before.count("<dd>") > before.count("sedang diturunkan<") >= 4  # nothing published yet
    assert "masih ditemukan" not in before
    assert "data-proof-again" in before
    site.publish()
    after = client.get(proof).text
    assert "masih ditemukan" not in after
    assert "data-proof-again" not in after
    assert "berisi pemberitahuan" in after


@pytest.mark.parametrize(
    ("role", "status"), [("Moderator Provinsi", 200), ("Auditor", 200), ("Penulis", 302)]
)
def test_who_may_read_the_page_reads_the_proof(client, article, superuser, office, colleague, role, status):
    proof = reverse("withdrawal_proof", args=[withdraw(article, superuser, "gone", "Keliru.").pk])
    client.force_login(colleague(role, office))
    assert client.get(proof).status_code == status


@pytest.mark.parametrize("target", ["x", "9" * 30, "9" * 5000, "draft"])
def test_page_nobody_can_choose_is_refused_and_not_named(client, article, superuser, write, target):
    hidden = write("Naskah rahasia", live=False)
    client.force_login(superuser)
    given = {"mode": "redirect", "reason": "x", "target": hidden.pk if target == "draft" else target}
    answer = client.post(reverse("withdraw_article", args=[article.pk]), given)
    assert answer.status_code == 200
    assert "Pilih halaman kantor ini yang sudah terbit." in answer.text
    assert hidden.title not in answer.text
    article.refresh_from_db()
    assert article.live


def test_editor_who_has_not_answered_is_told_so(client, superuser, article):
    client.force_login(superuser)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
    assert "Belum dijawab" in html
    assert "---------" not in re.search(r'<[^>]+id="id_change_kind".*?</div>\s*</div>', html, re.DOTALL)[0]


@pytest.mark.parametrize("role", ["Penulis", "Penyunting"])
def test_nobody_without_the_right_withdraws(client, article, office, colleague, role):
    client.force_login(colleague(role, office))
    ask = reverse("withdraw_article", args=[article.pk])
    client.post(ask, {"mode": "gone", "reason": "x"})
    article.refresh_from_db()
    assert article.live
