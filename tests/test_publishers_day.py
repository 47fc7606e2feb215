"""The publisher's day: what is arranged happens, what was missed is healed, several of them lose nothing."""

import datetime as dt
import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, Revision, Site
from wagtail.signals import page_unpublished

from cms.publishing import inspecting, outbox, parts, publisher, scheduling, settling, watching
from cms.publishing.inspecting import Inspection
from cms.publishing.models import Publication, Trace
from cms.publishing.outputs import Name
from cms.publishing.reconciling import suspect
from cms.publishing.trees.local import LocalTree
from news.models import NewsArticlePage, NewsIndexPage, Section
from tests.publishing import PublishedSite, address
from tests.serving import until

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def refusing(page: NewsArticlePage) -> Iterator[None]:
    """Let something that listens fail when this page is unpublished."""

    def fail(instance: NewsArticlePage, **_kwargs: object) -> None:
        if instance.pk == page.pk:
            raise RuntimeError("rusak")

    page_unpublished.connect(fail)
    try:
        yield
    finally:
        page_unpublished.disconnect(fail)


def test_publisher_heals_what_a_defacer_changed_and_what_was_missed_while_it_goes_on(site, write, caplog):
    first, second = write("Berita pertama"), write("Berita kedua")
    site.publish()
    (site.folder / "index.html").write_text("DIRETAS")
    (site.folder / "judi.html").write_text("slot gacor")
    Trace.objects.filter(page_id=first.pk).delete()
    NewsArticlePage.objects.filter(pk=second.pk).update(title="Berita tanpa sinyal", section=None)
    watch = watching.Watch(threading.Event())
    while "tree_healed" not in caplog.text:
        watch.look()
    while watch.look():
        pass
    assert site.differences() == []
    assert "DIRETAS" not in site.page("/")
    assert not (site.folder / "judi.html").exists()
    assert Trace.objects.filter(page_id=first.pk).exists()
    healed = next(line.msg for line in caplog.records if "tree_healed" in str(line.msg))
    assert healed["files"] == ["index.html", "judi.html"]


def test_text_approved_for_a_moment_that_is_close_goes_live_at_that_moment(site, write, monkeypatch):
    monkeypatch.setattr(watching, "CLOCK", 0.0)
    article = write("Rapat pukul delapan")
    site.publish()
    article.title = "Rapat pukul sembilan"
    revision = article.save_revision()
    watch = watching.Watch(threading.Event())
    watch.look()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    while watch.look():
        pass
    assert "pukul sembilan" in site.page("/")


def test_release_nobody_sees_any_more_gives_its_room_back(site, write):
    site.publish()
    dropped = LocalTree("localhost").releases / "000000.dying"
    dropped.mkdir()
    (dropped / "index.html").write_text("lama")
    watch = watching.Watch(threading.Event())
    until(lambda: (watch.look(), not dropped.exists())[1])


def test_change_of_every_office_that_cannot_be_given_out_stops_no_office(site, write, monkeypatch, caplog):
    def fail() -> None:
        raise LookupError("rusak")

    site.publish()
    monkeypatch.setattr(settling, "spread", fail)
    write("Berita yang terbit juga")
    watch = watching.Watch(threading.Event())
    while watch.look():
        pass
    assert "Berita yang terbit juga" in site.page("/")
    assert "not_spread" in caplog.text


def test_what_waits_in_an_office_that_rests_keeps_nobody_busy(
    site, write, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(watching, "CLOCK", float(2**31))
    article = write("Berita pertama")
    site.publish()
    Publication.objects.update(is_paused=True)
    article.save_revision().publish()
    watch = watching.Watch(threading.Event())
    watch.look()
    with django_assert_max_num_queries(2):
        assert not watch.look()


def test_tree_is_healed_though_a_change_waits_in_an_office_that_rests(site, other_office, write, caplog):
    write("Berita pertama")
    site.publish()
    Publication.objects.filter(hostname="kab-lebak.localhost").update(is_paused=True)
    other_office.refresh_from_db()
    other_office.save_revision().publish()
    (site.folder / "index.html").write_text("DIRETAS")
    watch = watching.Watch(threading.Event())
    until(lambda: (watch.look(), "tree_healed" in caplog.text)[1])
    site.publish()
    assert "DIRETAS" not in site.page("/")
    assert outbox.waiting().exists()


def test_several_workers_share_the_offices_and_lose_nothing(site, other_office, write):
    site.publish()
    offices = [site, PublishedSite("kab-lebak.localhost")]
    below = NewsIndexPage.objects.child_of(other_office).get()
    begun = threading.Barrier(3)

    def publish() -> None:
        begun.wait()
        try:
            for _turn in range(30):
                for _published in publisher.publish_pending():
                    pass
        finally:
            connection.close()

    workers = [threading.Thread(target=publish) for _worker in range(2)]
    for worker in workers:
        worker.start()
    begun.wait()
    section = Section.objects.filter(site__hostname="kab-lebak.localhost").first()
    for number in range(6):
        write(f"Provinsi {number}")
        given = {"lead": "Teras.", "section": section, "author_unit": "Humas"}
        below.add_child(instance=NewsArticlePage(title=f"Lebak {number}", **given))
    for worker in workers:
        worker.join()
    site.publish()
    assert not outbox.waiting().exists()
    assert not Publication.objects.exclude(error="").exists()
    for number in range(6):
        assert f"Provinsi {number}" in offices[0].page("/berita/")
        assert f"Lebak {number}" in offices[1].page("/berita/")
    assert [each.differences() for each in offices] == [[], []]


def test_publishers_of_two_offices_that_show_each_other_do_not_wait_for_each_other_for_ever(
    site, other_office, office, monkeypatch
):
    site.publish()
    homes = {Site.objects.get(root_page=home): home for home in (office, other_office)}
    for number, home in enumerate(homes.values()):
        home.refresh_from_db()
        home.title = f"Kantor {number}"
        home.save_revision().publish()
    with transaction.atomic():
        parts.await_making((row.pk, Name("home", str(home.pk))) for row, home in homes.items())
    record, both, told = parts.record, threading.Barrier(2), []

    def record_side_by_side(*given: object, **named: object) -> None:
        record(*given, **named)
        with suppress(threading.BrokenBarrierError):
            both.wait(0.5)  # only one may come so far; the other one's turn is next

    def publish(row: Site) -> None:
        try:
            told.append(publisher.publish_site(row).failed)
        finally:
            connection.close()

    monkeypatch.setattr(parts, "record", record_side_by_side)
    workers = [threading.Thread(target=publish, args=(row,)) for row in homes]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert told == [0, 0]


def test_operator_who_lets_publishing_go_on_reads_of_each_batch_until_ctrl_c(site, write, capsys):
    site.publish()

    def edit() -> None:
        try:
            write("Rapat pleno")
            until(lambda: "Rapat pleno" in site.page("/"))
        finally:
            connection.close()
            os.kill(os.getpid(), signal.SIGINT)

    editor = threading.Thread(target=edit)
    editor.start()
    call_command("publish", "--watch")
    editor.join()
    assert re.search(r"localhost: \d+ berkas ditulis", capsys.readouterr().out)
    assert site.differences() == []
    for more in ("--site=localhost", "--as-of=2026-01-01"):
        with pytest.raises(CommandError, match="tanpa --site"):
            call_command("publish", "--watch", more)


def test_nothing_is_healed_in_a_tree_that_is_right(site, write, caplog):
    write("Berita pertama")
    site.publish()
    inspection = Inspection()
    inspection.begin()
    while (found := inspection.found()) is None:
        write("Berita berikut")
        site.publish()
    row = Site.objects.get(hostname="localhost")
    assert publisher.heal_site(row, found[row.pk]) == 0
    assert "tree_healed" not in caplog.text


def test_nothing_is_healed_that_was_only_on_its_way_when_it_was_looked_at(site, write, caplog):
    going = write("Berita pertama")
    site.publish()
    row, tree = Site.objects.get(hostname="localhost"), LocalTree("localhost")
    going.unpublish()
    coming = write("Berita kedua")
    found = suspect(row, tree)
    assert found.lacking and found.surplus
    coming.unpublish()
    going.save_revision().publish()
    site.publish()
    assert publisher.heal_site(row, found) == 0
    assert "tree_healed" not in caplog.text


def test_look_that_hangs_is_ended_and_begun_again(site, write, monkeypatch, caplog):
    write("Berita pertama")
    site.publish()
    inspection = Inspection()
    with monkeypatch.context() as patch:
        patch.setattr(inspecting, "suspect", lambda *_given, **_named: signal.pause())
        inspection.begin()
    inspection.begin()
    assert "inspection_hangs" not in caplog.text
    monkeypatch.setattr(inspecting, "_LONGEST", 0.0)
    inspection.begin()
    assert "inspection_hangs" in caplog.text
    while (found := inspection.found()) is None:
        pass
    assert [len(each) for each in found.values()] == [0]


def test_arranged_article_goes_live_and_another_expires(site, write):
    now = timezone.now().replace(microsecond=0)
    coming = write("Rapat besok", live=False)
    coming.go_live_at = now + dt.timedelta(hours=1)
    coming.save_revision().publish()
    going = write("Rapat kemarin")
    going.expire_at = now + dt.timedelta(hours=1)
    going.save_revision().publish()
    site.publish()
    assert site.page(address(going)) and "Rapat besok" not in site.page("/")
    NewsArticlePage.objects.filter(pk=going.pk).update(expire_at=now)
    revision = coming.get_latest_revision()
    content = {**revision.content, "go_live_at": now.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=now, content=content)
    call_command("publish_scheduled")
    site.publish()
    assert site.page(address(going)) == "" and "Rapat besok" in site.page("/")
    assert site.differences() == []


def _indexes_of_pages() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, Page._meta.db_table))


def test_what_expires_is_found_by_an_index_that_every_upgrade_brings_back(site, write):
    assert "page_expiry" in _indexes_of_pages()
    with connection.cursor() as cursor:  # as SQLite does when a later version remakes the table
        cursor.execute("DROP INDEX page_expiry")
    call_command("migrate", verbosity=0)
    assert "page_expiry" in _indexes_of_pages()
    expiring = write("Rapat kemarin", expire_at=timezone.now() + dt.timedelta(hours=1))
    assert scheduling.next_expiry() == expiring.expire_at
    if connection.vendor == "sqlite":
        due = Page.objects.filter(live=True, expire_at__lte=timezone.now())
        plan = due.order_by("expire_at", "pk").explain()
        assert "page_expiry" in plan


def test_one_arranged_article_that_fails_stops_no_other(site, write, caplog):
    now = timezone.now()
    broken, whole = write("Rapat rusak"), write("Rapat utuh")
    for page in (broken, whole):
        page.expire_at = now + dt.timedelta(hours=1)
        page.save()
    NewsArticlePage.objects.filter(pk__in=[broken.pk, whole.pk]).update(expire_at=now)
    with refusing(broken):
        assert scheduling.carry_out(timezone.now()) == 1
    assert not NewsArticlePage.objects.get(pk=whole.pk).live
    assert NewsArticlePage.objects.get(pk=broken.pk).live
    later = timezone.now() + dt.timedelta(minutes=2)
    assert scheduling.carry_out(later) == 1
    assert not NewsArticlePage.objects.get(pk=broken.pk).live
