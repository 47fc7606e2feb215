"""The trail as people read it: the page "Jejak", its CSV, the history of one article, and what goes into it."""

import csv
import datetime as dt
import io
import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from cms.accounts.models import User
from cms.media.models import Image
from cms.moderation import chain, database_rules, trail, verified
from cms.moderation.models import Delegation, TrailCheck, TrailEntry, TrailHead
from cms.moderation.queue import claims
from cms.moderation.trail_entries import START, Act
from cms.moderation.trail_screens.lines import sentence_of
from home.roles import ensure_collection
from news.models import NewsArticlePage, Section
from tests.people import PASSWORD
from tests.uploads import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(db) -> User:
    """Somebody who may read the trail of all offices, and nothing else."""
    user = User.objects.create_user("arif", "arif@kpu.example", PASSWORD, first_name="Arif")
    group = Group.objects.create(name="Pemeriksa jejak")
    wanted = (("moderation", "read_trail"), ("wagtailadmin", "access_admin"))
    for app, codename in wanted:
        group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    user.groups.add(group)
    return user


def read(client, user: User, **asked) -> str:
    """What `user` sees of the page "Jejak"."""
    client.force_login(user)
    return client.get(reverse("trail"), asked).text


def numbers(html: str) -> list[int]:
    return [int(each) for each in re.findall(r'warta-note">nomor (\d+)<', html)]


def story(client, page) -> str:
    answer = client.get(reverse("trail_of_page", args=[page.pk]))
    assert answer.status_code == 200
    return answer.text


def table(answer) -> list[dict[str, str]]:
    """The rows of a CSV, as a spreadsheet would read them."""
    text = b"".join(answer.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def add_entries(count: int, page: Page, actor: User) -> None:
    """Put many entries there at once, chained as `record` chains them."""
    head = TrailHead.objects.get(pk=1)
    number, seal, rows = head.number, head.seal, []
    revision = page.save_revision()
    for _each in range(count):
        number += 1
        entry = TrailEntry(
            number=number, at=timezone.now(), act=Act.WROTE, page_id=page.pk, page_title=page.title,
            site_id=page.get_site().pk, office="KPU", actor_id=actor.pk, actor="Nadia", previous=seal,
            revision_id=revision.pk, digest="a" * 64,
        )  # fmt: skip
        seal = entry.seal = chain.seal_of(entry)
        rows.append(entry)
    TrailEntry.objects.bulk_create(rows, batch_size=500)
    head = TrailHead.objects.get(pk=1)
    head.number, head.seal = number, seal
    chain.sign(head)
    head.save()


# --- who reads


def test_auditor_reads_every_office_newest_first(client, auditor, office, other_office, write, superuser):
    here = write("Rapat di provinsi")
    trail.record(Act.WROTE, page=here, actor=superuser)
    trail.record(Act.DELEGATED)
    trail.record(Act.WROTE, page=other_office, actor=superuser)
    html = read(client, auditor)
    assert "Rapat di provinsi" in html
    shown = numbers(html)
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == TrailEntry.objects.count()
    assert reverse("trail") in client.get("/admin/").text


@pytest.mark.parametrize("role", ["Penyunting", "Penyetuju"])
def test_office_reads_only_its_own_entries(client, role, person, office, other_office, superuser):
    trail.record(Act.SHARED_CHANGED, page=office, actor=superuser, reason="Alasan provinsi")
    trail.record(Act.SHARED_CHANGED, page=other_office, actor=superuser, reason="Alasan Lebak")
    trail.record(Act.PERMIT_OPENED, reason="Alasan tanpa kantor")
    html = read(client, person("ratna", role, other_office))
    assert "Alasan Lebak" in html
    assert "Alasan provinsi" not in html
    assert "Alasan tanpa kantor" not in html
    rows = table(client.get(reverse("trail"), {"bentuk": "csv"}))
    assert {row["kantor"] for row in rows} == {other_office.name}


def test_writer_has_no_trail_but_that_of_their_own_article(client, person, office, index, write):
    writer = person("nadia", "Penulis", office)
    own, other = write("Tulisan sendiri", live=False, owner=writer), write("Tulisan orang lain")
    trail.record(Act.WROTE, page=own, actor=writer)
    trail.record(Act.WROTE, page=other)
    client.force_login(writer)
    assert client.get(reverse("trail")).status_code in {302, 403}
    assert reverse("trail") not in client.get("/admin/").text
    assert "Nadia menulis naskah" in story(client, own)
    assert client.get(reverse("trail_of_page", args=[other.pk])).status_code == 404
    assert reverse("trail_of_page", args=[own.pk]) in client.get(
        reverse("wagtailadmin_pages:edit", args=[own.pk])
    ).text  # fmt: skip


def test_visitor_is_asked_to_log_in(client, office):
    for name, args in (("trail", []), ("trail_of_page", [office.pk]), ("trail_texts", [office.pk, 1, 2])):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


# --- filters and pages


def test_auditor_finds_what_one_person_did_to_one_article(client, auditor, office, write, superuser, person):
    ratna, article = person("ratna", "Penyetuju", office), write("Rapat pleno terbuka")
    wanted = trail.record(Act.APPROVED, page=article, actor=ratna)
    trail.record(Act.WROTE, page=article, actor=superuser)
    trail.record(Act.APPROVED, page=office, actor=superuser)
    site = office.get_site().pk
    for asked in (
        {"orang": ratna.pk},
        {"tindakan": "approved", "naskah": "pleno"},
        {"tindakan": "approved", "naskah": str(article.pk), "kantor": site, "orang": ratna.pk},
    ):
        assert numbers(read(client, auditor, **asked)) == [wanted.number], asked
    today = timezone.localdate()
    assert wanted.number in numbers(read(client, auditor, dari=today.isoformat(), sampai=today.isoformat()))
    assert numbers(read(client, auditor, sampai=(today - dt.timedelta(days=2)).isoformat())) == []
    assert numbers(read(client, auditor, dari=(today + dt.timedelta(days=2)).isoformat())) == []


def test_person_whose_account_was_deleted_is_still_found(client, auditor, office, person):
    gone = person("budi", "Penyunting", office)
    entry, pk = trail.record(Act.WROTE, page=office, actor=gone), gone.pk
    gone.delete()
    html = read(client, auditor, orang=pk)
    assert numbers(html) == [entry.number]
    assert f'<option value="{pk}" selected>Budi</option>' in html


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"dari": "kemarin"}, "Dari tanggal"),
        ({"dari": "2022-05-25", "sampai": "2022-05-24"}, "Tanggal akhir tidak boleh mendahului"),
        ({"sampai": "9999-12-31"}, "Isi tahun 2199 atau sebelumnya"),
        ({"dari": "0001-01-01"}, "Isi tahun 2000 atau sesudahnya"),
        ({"orang": "99999999999999999999999"}, "Orang"),
        ({"kantor": "x", "bentuk": "csv"}, "Kantor"),
        ({"tindakan": "menari"}, "Tindakan"),
        ({"naskah": "a\0b"}, "Judul"),
    ],
)
def test_wrong_filter_is_told_and_shows_nothing(client, auditor, other_office, asked, said):
    trail.record(Act.WROTE)
    client.force_login(auditor)
    answer = client.get(reverse("trail"), asked)
    assert answer.status_code == 400
    assert said in answer.text
    assert "warta-error" in answer.text
    assert numbers(answer.text) == []


@pytest.mark.parametrize("number", ["-1", "x", "", "9" * 30])
def test_page_that_is_none_is_the_first_one(client, auditor, number):
    entry = trail.record(Act.WROTE)
    assert entry.number in numbers(read(client, auditor, sebelum=number))


def test_reader_turns_pages_there_and_back_and_meets_each_entry_once(client, auditor, write, superuser):
    add_entries(120, write("Panjang"), superuser)
    html, pages = read(client, auditor, tindakan="wrote"), []
    pages.append(numbers(html))
    while link := re.search(r'rel="next" href="([^"]+)"', html):
        html = client.get(reverse("trail") + link[1].replace("&amp;", "&")).text
        pages.append(numbers(html))
    wanted = list(TrailEntry.objects.filter(act="wrote").values_list("number", flat=True))
    assert [number for page in pages for number in page] == wanted
    back = re.search(r'rel="prev" href="([^"]+)"', html)[1].replace("&amp;", "&")
    assert "tindakan=wrote" in back
    assert numbers(client.get(reverse("trail") + back).text) == pages[-2]


def test_lists_cost_as_much_with_ten_thousand_entries(
    client, auditor, write, superuser, django_assert_max_num_queries
):
    article = write("Panjang")
    add_entries(60, article, superuser)
    addresses = [reverse("trail"), reverse("trail_of_page", args=[article.pk])]
    client.force_login(auditor)
    few = [_queries(client, address) for address in addresses]
    add_entries(10_000, article, superuser)
    assert [_queries(client, address) for address in addresses] == few
    assert max(few) <= 26
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("trail"), {"sebelum": 5000, "naskah": article.pk})
    assert not [each for each in asked if "OFFSET" in each["sql"] or "COUNT(" in each["sql"]]


def _queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# --- CSV


def test_table_has_every_column_of_every_entry_and_no_formula(client, auditor, office, superuser):
    bad = '=HYPERLINK("http://jahat.example";"klik")'
    for reason in (bad, "  +1", "@SUM(A1)", "-2", "\t=1", 'biasa; "dikutip", ya'):
        trail.record(Act.WITHDREW, page=office, actor=superuser, reason=reason, digest="ab" * 32)
    client.force_login(auditor)
    answer = client.get(reverse("trail"), {"bentuk": "csv", "tindakan": "withdrew"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="jejak-[\d-]+\.csv"', answer["Content-Disposition"])
    rows = table(answer)
    assert len(rows) == 6
    assert len(rows[0]) == len(TrailEntry._meta.concrete_fields) + 1
    assert {row["alasan"] for row in rows} == {
        f"'{bad}", "'  +1", "'@SUM(A1)", "'-2", "'\t=1", 'biasa; "dikutip", ya',
    }  # fmt: skip
    first = rows[-1]
    entry = TrailEntry.objects.get(number=int(first["nomor"]))
    assert (first["sidik isi"], first["segel"], first["segel sebelumnya"]) == (
        entry.digest, entry.seal, entry.previous,
    )  # fmt: skip
    assert dt.datetime.fromisoformat(first["waktu"]) == entry.at
    assert (first["tindakan"], first["tindakan dalam kata-kata"]) == ("withdrew", "menarik")


def test_table_of_many_entries_is_complete(client, auditor, write, superuser):
    add_entries(4_500, write("Panjang"), superuser)
    client.force_login(auditor)
    rows = table(client.get(reverse("trail"), {"bentuk": "csv"}))
    assert [int(row["nomor"]) for row in rows] == list(TrailEntry.objects.values_list("number", flat=True))


# --- the chain


def test_reader_sees_how_far_the_chain_was_found_whole(client, auditor):
    assert "belum pernah diperiksa" in read(client, auditor)
    trail.record(Act.WROTE)
    last = trail.record(Act.WROTE).number
    verified.check_on()
    html = read(client, auditor)
    assert f"Rantai utuh sampai nomor {last}, diperiksa " in html
    assert 'data-whole="yes"' in html
    trail.record(Act.WROTE)
    assert f"Rantai utuh sampai nomor {last}, " in read(client, auditor)  # no screen reads the chain itself
    verified.check_on()
    assert f"Rantai utuh sampai nomor {last + 1}, " in read(client, auditor)


def test_later_reading_reads_only_what_came_since_and_once_a_day_everything(client, auditor):
    first, second = trail.record(Act.WROTE), trail.record(Act.WROTE)
    verified.check_on()
    database_rules.remove_all()
    TrailEntry.objects.filter(number=first.number).update(reason="lain")
    TrailEntry.objects.filter(number=second.number).update(previous=START)
    assert verified.check_on().flaws == []
    TrailCheck.objects.update(all_read_at=timezone.now() - dt.timedelta(days=2))
    assert len(verified.check_on().flaws) == 3
    html = read(client, auditor)
    assert "Rantai tidak utuh: 3 hal ditemukan" in html
    assert f"Catatan nomor {first.number} diubah" in html
    assert 'data-whole="no"' in html


def test_what_was_cut_from_the_end_is_told_at_the_next_reading():
    trail.record(Act.WROTE)
    last = trail.record(Act.WROTE)
    verified.check_on()
    database_rules.remove_all()
    TrailEntry.objects.filter(number=last.number).delete()
    assert verified.check_on().flaws
    assert any("audit --verify" in each.message for each in verified.problems())


# --- the history of an article


def test_auditor_reads_who_renamed_a_section_that_articles_stand_in(client, auditor, person, office, write):
    write("Rapat pleno")
    client.force_login(person("hendra", "Penyunting", office))
    section = Section.objects.filter(site__root_page=office).first()
    before = section.name
    given = {"site": section.site_id, "name": "Kabar Baru", "slug": section.slug, "position": 0}
    client.post(reverse("wagtailsnippets_news_section:edit", args=[section.pk]), given)
    said = f"rubrik “Kabar Baru”, yang dipakai bersama: nama “{before}” menjadi “Kabar Baru”"
    assert f"Hendra mengubah {said}" in read(client, auditor)
    entry = TrailEntry.objects.get(act=Act.SHARED_CHANGED)
    assert entry.site_id == section.site_id


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_approver_reads_who_changed_a_picture_of_the_own_office_and_of_no_other(
    client, person, office, other_office, act
):
    hendra, ratna = person("hendra", "Penyunting", office), person("ratna", "Penyetuju", office)
    stranger = person("asing", "Penyetuju", other_office)
    file = ContentFile(photograph(), "aula.jpg")
    picture = Image.objects.create(title="Aula", file=file, collection=ensure_collection(office))
    client.force_login(hendra if act == "edit" else ratna)
    given = {"title": "Aula lama", "collection": picture.collection_id, "description": "Aula KPU"}
    client.post(reverse(f"wagtailimages:{act}", args=[picture.pk]), given)
    entry = TrailEntry.objects.get(act=Act.SHARED_CHANGED)
    assert entry.site_id == office.get_site().pk
    assert entry.number in numbers(read(client, ratna))
    assert entry.number not in numbers(read(client, stranger))
    told = {
        "edit": "judul “Aula” menjadi “Aula lama”; deskripsi “” menjadi “Aula KPU”",
        "delete": "menghapus",
    }
    assert told[act] in sentence_of(entry)


def test_history_tells_in_sentences_by_day_who_did_what(client, auditor, office, write, person):
    nadia, article = person("nadia", "Penulis", office), write("Rapat pleno terbuka")
    revision = article.save_revision(user=nadia, log_action=True)
    ratna = person("ratna", "Penyetuju", office)
    trail.record(
        Act.APPROVED, page=article, actor=ratna, revision_id=revision.pk, digest="ab" * 32,
        reason="Sudah diperiksa", details={"stage": "Persetujuan"},
    )  # fmt: skip
    trail.record(Act.PUBLISHED, page=article)
    trail.record(Act.CORRECTED, page=article, actor=ratna)
    client.force_login(auditor)
    html = " ".join(story(client, article).split())
    today = dict(re.findall(r'id="(hari-\d+)">([^<]+)<', html))
    assert re.fullmatch(r"\w+, \d+ \w+ \d{4}", today["hari-1"])
    assert re.search(r"pukul \d\d\.\d\d WIB</time>: Nadia menulis naskah\.", html)
    assert "Ratna menyetujui teks ini (tahap Persetujuan)." in html
    assert "“Sudah diperiksa”" in html
    assert f'<code title="{"ab" * 32}">abababababab…</code>' in html
    assert "Naskah terbit." in html
    assert "Ratna meralat artikel." in html
    order = [
        html.index(words) for words in ("menulis naskah", "menyetujui teks", "Naskah terbit.", "meralat")
    ]
    assert order == sorted(order)


def test_reader_sees_what_changed_between_two_texts(client, auditor, office, write, person):
    nadia, article = person("nadia", "Penulis", office), write("Rapat pleno terbuka")
    first = article.save_revision(user=nadia, log_action=True)
    article.title = "Rapat pleno tertutup"
    article.save_revision(user=nadia, log_action=True)
    client.force_login(auditor)
    link = re.findall(r'href="(/admin/laporan/jejak/naskah/\d+/\d+/\d+/)"', story(client, article))[-1]
    html = client.get(link).text
    assert re.search(r"<del>.*</span>terbuka</del>", html)
    assert re.search(r"<ins>.*</span>tertutup</ins>", html)
    assert "Sebelumnya" in html
    assert "Yang terbit" not in html
    first.content = {**first.content, "title": "Rapat diam-diam"}
    first.save()
    assert "disimpan lagi di tempat yang sama" in client.get(link).text
    first.delete()
    assert link not in story(client, article)
    assert client.get(link).status_code == 404


def test_texts_of_another_article_are_not_shown_through_this_one(client, person, office, write):
    nadia = person("nadia", "Penulis", office)
    own, other = write("Sendiri", live=False, owner=nadia), write("Rahasia", live=False)
    mine = [own.save_revision(log_action=True) for _each in range(2)]
    theirs = [other.save_revision(log_action=True) for _each in range(2)]
    assert mine
    assert theirs
    client.force_login(nadia)
    secret = list(TrailEntry.objects.filter(page_id=other.pk).values_list("number", flat=True))[:2]
    assert len(secret) == 2
    assert client.get(reverse("trail_texts", args=[own.pk, *secret])).status_code == 404
    assert client.get(reverse("trail_texts", args=[other.pk, *secret])).status_code == 404


def test_history_of_a_deleted_article_stays_readable_to_the_office(client, office, write, person):
    article = write("Akan dihapus", live=False)
    trail.record(Act.DELETED, page=article)
    pk = article.pk
    article.delete()
    client.force_login(person("ratna", "Penyetuju", office))
    html = client.get(reverse("trail_of_page", args=[pk])).text
    assert "Akan dihapus" in html


def test_long_history_has_pages(client, auditor, write, superuser):
    article = write("Panjang")
    add_entries(60, article, superuser)
    client.force_login(auditor)
    html = story(client, article)
    older = re.search(r'rel="next" href="([^"]+)"', html)[1]
    assert html.count("data-act=") == 50
    assert client.get(reverse("trail_of_page", args=[article.pk]) + older).text.count("data-act=") >= 10


# --- what the queue and delegations put into it


@pytest.fixture
def waiting(office, index, person, write) -> TaskState:
    """A manuscript that waits, and is Nadia's."""
    nadia = person("nadia", "Penulis", office)
    page = write("Rapat pleno", live=False, owner=nadia)
    page.save_revision(user=nadia)
    return page.get_workflow().start(page, nadia).current_task_state


def acts(state: TaskState) -> list[str]:
    page_id = int(state.workflow_state.object_id)
    return list(TrailEntry.objects.filter(page_id=page_id).order_by("number").values_list("act", flat=True))


def test_taking_handing_over_and_letting_go_are_told(client, auditor, waiting, office, person):
    ratna, sari = person("ratna", "Penyetuju", office), person("sari", "Penyetuju", office)
    client.force_login(ratna)
    for _twice in range(2):
        client.post(reverse("moderation_take", args=[waiting.pk]))
    given = {"to": sari.pk, "note": "Saya cuti besok"}
    client.post(reverse("moderation_hand_over", args=[waiting.pk]), given)
    client.force_login(sari)
    for _twice in range(2):
        client.post(reverse("moderation_release", args=[waiting.pk]))
    assert acts(waiting)[-3:] == ["claimed", "reassigned", "released"]
    entry = TrailEntry.objects.get(act="reassigned")
    assert (entry.actor, entry.reason, entry.details["to"]) == ("Ratna", "Saya cuti besok", "Sari")
    assert entry.revision_id == waiting.revision_id
    assert len(entry.digest) == 64
    client.force_login(auditor)
    page = NewsArticlePage.objects.get(pk=entry.page_id)
    assert "Ratna mengalihkan naskah kepada Sari (tahap Penyuntingan" in story(client, page)


def test_claim_that_came_too_late_is_not_told(waiting, office, person):
    claims.take(waiting.pk, person("ratna", "Penyetuju", office))
    with pytest.raises(claims.AlreadyClaimed):
        claims.take(waiting.pk, person("sari", "Penyetuju", office))
    assert acts(waiting).count("claimed") == 1


@pytest.mark.parametrize(
    ("decision", "act"), [("perbaiki", "asked_for_changes"), ("tolak", "rejected"), ("setuju", "approved")]
)
def test_decision_is_told_once_with_its_stage(client, waiting, office, person, decision, act):
    client.force_login(person("ratna", "Penyetuju", office))
    address = reverse("moderation_review", args=[waiting.pk])
    shown = dict(
        re.findall(r'<input type="hidden" name="(revision|digest)" value="([^"]+)"', client.get(address).text)
    )
    client.post(address, {**shown, "decision": decision, "reason": "Sebabnya"})
    assert acts(waiting)[-1] == act
    told = TrailEntry.objects.filter(actor="Ratna")
    assert [(entry.act, entry.reason) for entry in told if entry.act != "submitted"] == [(act, "Sebabnya")]
    assert told.get(act=act).details["stage"].startswith("Penyuntingan")


def test_submission_that_its_writer_takes_back_is_told(waiting):
    waiting.workflow_state.cancel(user=User.objects.get(username="nadia"))
    assert acts(waiting)[-1] == "submission_ended"


def test_delegation_is_told_to_the_office_when_it_begins_and_ends(client, office, person):
    ratna, sari = person("ratna", "Penyetuju", office), person("sari", "Penyunting", office)
    days = {"starts": dt.date(2026, 3, 1), "ends": dt.date(2026, 3, 9)}
    Delegation.objects.create(giver=ratna, taker=sari, reason="Cuti", **days).delete()
    html = read(client, ratna)
    assert "Sistem melimpahkan wewenang Ratna kepada Sari" in html
    begun, ended = TrailEntry.objects.filter(act__startswith="delegat").order_by("number")
    assert (begun.act, ended.act) == ("delegated", "delegation_ended")
    assert begun.office == office.name
    assert (begun.details["starts"], begun.details["ends"], begun.reason) == (
        "2026-03-01", "2026-03-09", "Cuti",
    )  # fmt: skip


def test_audit_finds_the_trail_whole_after_all_this(waiting, office, person, capsys):
    claims.take(waiting.pk, person("ratna", "Penyetuju", office))
    call_command("audit", "--verify")
    assert f"Jejak utuh: {TrailEntry.objects.count()} catatan." in capsys.readouterr().out


def test_what_is_taken_away_is_known_by_its_content(client, office, person, write):
    ratna = person("ratna", "Penyetuju", office)
    article, other = write("Rapat pleno terbuka"), write("Sosialisasi")
    client.force_login(ratna)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    client.post(reverse("wagtailadmin_pages:delete", args=[other.pk]), {"reason": "Terbit dua kali."})
    for act in (Act.UNPUBLISHED, Act.TRASHED):
        entries = TrailEntry.objects.filter(act=act)
        assert entries, act
        assert all(re.fullmatch("[0-9a-f]{64}", entry.digest) for entry in entries), act
    made = TrailEntry.objects.filter(page_title="Sampah").get()
    assert made.act == Act.STRUCTURE
