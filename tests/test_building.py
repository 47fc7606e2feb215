"""An operator makes a whole tree anew, goes back, goes on; what is arranged for later happens; nothing is lost."""

import datetime as dt
import os
import re
import signal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from cms.publishing import building, crew, publisher, retiring, scheduling
from cms.publishing.models import Batch, Publication
from cms.publishing.outputs import File
from cms.publishing.status import status_of
from cms.publishing.telling import words_of
from cms.publishing.trees.local import LocalTree
from cms.publishing.trees.release import ReleaseWriter
from news.models import NewsArticlePage, Section, Topic
from tests.probing import Reader
from tests.publishing import PublishedSite, address

pytestmark = pytest.mark.django_db(transaction=True)


def release(site: PublishedSite) -> str:
    """Which release readers see."""
    return str(site.folder.readlink())


def test_operator_makes_the_whole_tree_anew_in_one_rename(site, write, capsys):
    article = write("Rapat pleno dibuka")
    site.publish()
    first = release(site)
    (site.folder / "berita" / "index.html").write_text("dirusak")
    (site.folder / "pintu-belakang.html").write_text("judi")
    call_command("publish", "--all", "--site", "localhost")
    assert release(site) != first
    assert "Rapat pleno dibuka" in site.page(address(article))
    assert "dirusak" not in site.page("/berita/") and "pintu-belakang.html" not in site.paths()
    assert site.differences() == []
    assert "localhost" in capsys.readouterr().out


def test_files_that_did_not_change_are_not_written_again(site, write):
    write("Rapat pleno dibuka")
    site.publish()
    place = "berita/index.html"
    before = (site.folder / place).stat().st_ino
    call_command("publish", "--all")
    assert (site.folder / place).stat().st_ino == before


def test_sqlite_keeps_no_long_log_after_a_build(site, write):
    write("Rapat pleno dibuka")
    call_command("publish", "--all")
    if connection.vendor == "sqlite":
        log = Path(f"{connection.settings_dict['NAME']}-wal")
        assert not log.exists() or log.stat().st_size == 0


def test_compressed_form_a_defacer_changed_is_made_again(site, write):
    write("Rapat pleno dibuka")
    site.publish()
    plain, packed = site.folder / "berita/index.html", site.folder / "berita/index.html.br"
    status = plain.stat()
    packed.write_bytes(b"palsu")
    os.utime(packed, ns=(status.st_atime_ns, status.st_mtime_ns))
    call_command("publish", "--all")
    assert (site.folder / "berita/index.html.br").read_bytes() != b"palsu"


def test_what_is_published_while_the_tree_is_made_anew_is_in_it(site, write, monkeypatch):
    write("Rapat pertama")
    site.publish()
    finish, added = building._finish, []

    def publish_meanwhile(*arguments: object) -> None:
        added.append(write("Rapat kedua"))
        site.publish()
        finish(*arguments)

    monkeypatch.setattr(building, "_finish", publish_meanwhile)
    building.build(Site.objects.get(hostname="localhost"))
    assert "Rapat kedua" in site.page(address(added[0])) and "Rapat kedua" in site.page("/")
    assert site.differences() == []


def test_article_withdrawn_while_the_tree_is_made_anew_does_not_come_back(site, write, monkeypatch):
    article = write("Rapat pertama")
    site.publish()
    finish = building._finish

    def withdraw_meanwhile(*arguments: object) -> None:
        article.unpublish()
        site.publish()
        finish(*arguments)

    monkeypatch.setattr(building, "_finish", withdraw_meanwhile)
    building.build(Site.objects.get(hostname="localhost"))
    assert site.page(address(article)) == "" and "Rapat pertama" not in site.page("/")
    assert site.differences() == []


def test_operator_goes_back_without_bringing_back_what_was_withdrawn(site, write, index):
    withdrawn, private, expired = write("Rapat ditarik"), write("Rapat tertutup"), write("Rapat usang")
    kept = write("Rapat tetap")
    site.publish()
    withdrawn.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    expired.expire_at = timezone.now() - dt.timedelta(minutes=1)
    expired.save()
    scheduling.carry_out(timezone.now())
    call_command("publish", "--all")
    before = release(site)
    call_command("publish", "--rollback")
    assert release(site) < before
    assert "Rapat tetap" in site.page(address(kept))
    words = re.compile("Rapat (ditarik|tertutup|usang)")
    folder = site.folder
    shown = [path for path in site.paths() if path.endswith((".html", ".json", ".xml"))]
    assert [path for path in shown if words.search((folder / path).read_text())] == []
    assert {site.page(address(page)) for page in (withdrawn, private, expired)} == {""}
    assert f"{address(withdrawn)} /410.html 410\n" in (folder / "_redirects").read_text()


def test_old_addresses_answer_after_going_back_as_they_did_before(site, write, settings):
    section = Section.objects.first()
    moved, withdrawn = write("Rapat pindah", section=section), write("Rapat ditarik", section=section)
    site.publish()
    reader = Reader(settings.PUBLIC_ROOT)
    broken = reader.crawl()
    call_command("publish", "--all")
    olds = [address(moved), f"{address(moved)}index.json", f"/rubrik/{section.slug}/arsip/"]
    rename(moved, "rapat-baru")
    withdrawn.unpublish()
    olds.append(f"/rubrik/{rename(section, 'kabar')}/feed.xml")
    site.publish()
    call_command("publish", "--rollback")
    moved.refresh_from_db()
    news = [address(moved), f"{address(moved)}index.json", "/rubrik/kabar/arsip/", "/rubrik/kabar/feed.xml"]
    assert [reader.get(old)[:2] for old in olds] == [(301, new) for new in news]
    gone = [address(withdrawn), f"{address(withdrawn)}index.json"]
    assert [reader.get(path)[0] for path in gone] == [410, 410]
    assert new_complaints(reader, broken, news, gone) == []


def test_addresses_that_are_in_use_again_lead_nobody_in_a_circle_after_going_back(site, write, settings):
    section = Section.objects.first()
    article = write("Rapat pulang", slug="rapat-pulang", section=section)
    topic = Topic.objects.first()
    other = write("Rapat tetap")
    other.topics = [topic]
    other.save()
    lists = [f"/rubrik/{section.slug}/", f"/topik/{topic.slug}/"]
    first = [address(article), f"{address(article)}index.json", *lists]
    site.publish()
    reader = Reader(settings.PUBLIC_ROOT)
    broken = reader.crawl()
    rename(article, "rapat-pergi")
    slugs = rename(section, "kabar"), rename(topic, "hal")
    site.publish()
    article.refresh_from_db()
    second = [address(article), f"{address(article)}index.json", "/rubrik/kabar/", "/topik/hal/"]
    call_command("publish", "--all")
    rename(article, "rapat-pulang")
    rename(section, slugs[0])
    rename(topic, slugs[1])
    site.publish()
    call_command("publish", "--rollback")
    assert [reader.get(path)[0] for path in first] == [200] * 4
    assert not any("Halaman ini pindah" in site.page(path) for path in (address(other), *lists))
    assert [reader.get(old)[:2] for old in second] == [(301, new) for new in first]
    assert new_complaints(reader, broken, first) == []


def new_complaints(reader: Reader, broken: list[str], *asked: list[str]) -> list[str]:
    """What a reader finds wrong, without the links to what a short office does not have."""
    known = {each.partition(" ")[0] for each in broken}
    return [each for each in reader.complaints(*asked) if each.split()[1] not in known]


def rename(what: NewsArticlePage | Section | Topic, slug: str) -> str:
    """Give an article or a list another address; returns the last part of the old one."""
    old, what.slug = what.slug, slug
    what.save()
    return old


def test_nothing_is_published_after_going_back_until_the_operator_says_so(site, write):
    write("Rapat pertama")
    site.publish()
    call_command("publish", "--all")
    call_command("publish", "--rollback")
    later = write("Rapat kedua")
    assert site.publish() == []
    assert publisher.reconcile_site(Site.objects.get(hostname="localhost")) == 0
    call_command("publish", "--resume")
    site.publish()
    assert "Rapat kedua" in site.page(address(later))
    assert site.differences() == []


def test_operator_is_told_that_there_is_nothing_to_go_back_to(site, write):
    site.publish()
    with pytest.raises(CommandError, match="tidak mempunyai susunan sebelumnya"):
        call_command("publish", "--rollback")
    with pytest.raises(CommandError, match="tidak sedang dihentikan"):
        call_command("publish", "--resume")


def test_operator_hears_of_every_office_whether_it_has_gone_back(site, other_office, write, capsys):
    site.publish()
    call_command("publish", "--all", "--site", "localhost")
    capsys.readouterr()
    call_command("publish", "--rollback")
    said = capsys.readouterr()
    assert "localhost menampilkan susunan sebelumnya" in said.out
    assert "kab-lebak.localhost tidak mempunyai susunan sebelumnya" in said.err
    with pytest.raises(CommandError, match="tidak mempunyai susunan sebelumnya"):
        call_command("publish", "--rollback", "--site", "kab-lebak.localhost")
    call_command("publish", "--resume")
    said = capsys.readouterr()
    assert "localhost menerbitkan lagi" in said.out
    assert "kab-lebak.localhost tidak sedang dihentikan" in said.err


def test_operator_is_told_of_a_host_nobody_has_and_a_time_nobody_can_read(site):
    with pytest.raises(CommandError, match="Tidak ada kantor"):
        call_command("publish", "--all", "--site", "tidak.ada")
    with pytest.raises(CommandError, match="tidak terbaca"):
        call_command("publish", "--as-of", "besok")
    with pytest.raises(CommandError, match="tidak terbaca"):
        call_command("publish", "--as-of", "0001-01-01")
    with pytest.raises(CommandError, match="Tidak ada kantor"):
        call_command("publish", "--site", "tidak.ada")


@pytest.mark.parametrize(
    "typed", [("publish", "--rollback", "--site", ""), ("empty_trash", "--older-than", "1", "--site", " "),
              ("preflight", "--host", "")]
)  # fmt: skip
def test_empty_variable_of_a_script_never_stands_for_every_office(site, typed):
    with pytest.raises(CommandError, match="sebut nama host satu kantor"):
        call_command(*typed)


@pytest.mark.parametrize("what", ["--verify", "--rollback", "--resume"])
def test_operator_is_told_where_a_moment_means_nothing(site, what):
    site.publish()
    with pytest.raises(CommandError, match="--as-of hanya untuk menerbitkan"):
        call_command("publish", what, "--as-of", "2026-11-25")


def test_operator_can_neither_look_into_the_future_nor_take_readers_back_in_time(site, write):
    with pytest.raises(CommandError, match="belum tiba"):
        call_command("publish", "--all", "--as-of", "2999-12-31T23:59:59+00:00")
    site.publish()
    with pytest.raises(CommandError, match="tidak dapat kembali"):
        call_command("publish", "--as-of", "2024-01-01")


def test_operator_who_publishes_a_paused_office_is_told_how_to_go_on(site, write):
    site.publish()
    call_command("publish", "--all")
    call_command("publish", "--rollback")
    for what in ([], ["--all"], ["--rollback"]):
        with pytest.raises(CommandError, match="--resume"):
            call_command("publish", *what, "--site", "localhost")
    write("Menunggu")
    with pytest.raises(CommandError, match="Masih ada perubahan"):
        call_command("publish", "--verify")
    call_command("publish", "--resume")


def test_two_releases_are_kept_and_no_more(site, write):
    write("Rapat pertama")
    for _number in range(3):
        call_command("publish", "--all")
    assert len([folder for folder in LocalTree("localhost").releases.iterdir() if folder.is_dir()]) == 2


def test_page_that_cannot_be_rendered_keeps_its_last_good_file_in_the_new_tree(site, write):
    article = write("Rapat pertama")
    site.publish()
    with connection.cursor() as cursor:  # as no editor could, but an old import did
        body = '[{"type": "heading", "value": 7, "id": "x"}]'
        cursor.execute("UPDATE news_newsarticlepage SET body = %s WHERE page_ptr_id = %s", [body, article.pk])
    call_command("publish", "--all")
    assert "Rapat pertama" in site.page(address(article))
    batch = Batch.objects.filter(site_id=Publication.objects.get().pk).order_by("-pk").first()
    assert batch.failed == 1


def test_readers_keep_the_old_tree_when_the_new_one_cannot_be_written(site, write, monkeypatch):
    write("Rapat pertama")
    site.publish()
    before = release(site)
    full = OSError(28, "No space left on device")
    monkeypatch.setattr(building.ReleaseWriter, "write", lambda *_: (_ for _ in ()).throw(full))
    with pytest.raises(CommandError, match=r"Penyimpanan server penuh.*No space left"):
        call_command("publish", "--all")
    assert release(site) == before
    monkeypatch.undo()
    call_command("publish", "--all")
    assert site.differences() == []


def test_build_that_fails_half_way_leaves_nothing_of_itself_on_a_full_disk(
    site, write, monkeypatch, tmp_path
):
    write("Rapat pertama")
    site.publish()
    releases, told = LocalTree("localhost").releases, tmp_path / "written"
    before = sorted(folder.name for folder in releases.iterdir())
    write_file = ReleaseWriter.write

    def fill(self: ReleaseWriter, file: File) -> None:
        if told.exists() and told.stat().st_size >= 20:
            raise OSError(28, "No space left on device")
        write_file(self, file)
        with told.open("a") as lines:  # processes of the build write, each for itself
            lines.write(".")

    monkeypatch.setattr(ReleaseWriter, "write", fill)
    with pytest.raises(CommandError, match="Penyimpanan server penuh"):
        call_command("publish", "--all")
    assert told.stat().st_size >= 20
    assert sorted(folder.name for folder in releases.iterdir()) == before


def test_editor_reads_why_when_a_process_of_the_build_is_killed(site, write, monkeypatch):
    article = write("Berita pertama")
    monkeypatch.setattr(crew, "_answer", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(crew.CrewError):
        publisher.build_site(Site.objects.get(hostname=site.hostname))
    assert "kehabisan memori" in words_of(status_of(article))
    monkeypatch.undo()
    site.publish()
    assert not Publication.objects.get().error
    assert site.differences() == []


def test_change_of_the_menu_makes_a_large_site_anew_beside_its_small_changes(
    site, write, office, monkeypatch
):
    monkeypatch.setattr("cms.publishing.parts.LARGE", 5)
    article = write("Rapat pertama")
    site.publish()
    before = release(site)
    office.refresh_from_db()
    office.main_menu = [("link", {"text": "Menu Baru", "page": None, "url": "/topik/"})]
    office.save_revision().publish()
    other = write("Rapat kedua")
    assert [batch.as_of for batch in site.publish()]
    assert release(site) != before
    assert "Menu Baru" in site.page(address(article)) and "Rapat kedua" in site.page(address(other))
    assert site.differences() == []


def test_tree_of_an_office_that_is_gone_is_removed(site, other_office, write):
    site.publish()
    assert (site.folder.parent / "kab-lebak.localhost").exists()
    Site.objects.filter(hostname="kab-lebak.localhost").delete()
    retiring.retire_trees()
    assert not (site.folder.parent / "kab-lebak.localhost").exists() and site.folder.exists()


def test_renamed_host_gets_its_tree_and_the_old_one_goes(site, write):
    write("Rapat pertama")
    site.publish()
    row = Site.objects.get(hostname="localhost")
    row.hostname = "kpu.localhost"
    row.save()
    moved = PublishedSite("kpu.localhost")
    moved.publish()
    assert "Rapat pertama" in moved.page("/") and not site.folder.exists()
    assert moved.differences() == []


def test_half_a_release_a_killed_build_has_left_is_never_shown(site, write):
    write("Rapat pertama")
    site.publish()
    call_command("publish", "--all")
    newest = release(site)
    LocalTree("localhost").new_release()  # where a killed build stopped
    call_command("publish", "--rollback")
    call_command("publish", "--resume")
    assert release(site) == newest
    for _number in range(2):
        call_command("publish", "--all")
    call_command("publish", "--rollback")
    assert "Rapat pertama" in site.page("/")


def test_build_is_refused_while_the_operator_has_gone_back(site, write):
    write("Rapat pertama")
    site.publish()
    call_command("publish", "--all")
    call_command("publish", "--rollback")
    before = release(site)
    with pytest.raises(CommandError, match="sedang dihentikan"):
        call_command("publish", "--all")
    assert release(site) == before
