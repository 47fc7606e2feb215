"""The trail: entries that nobody changes, removes or slips in, whoever writes at once."""

import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from cms.moderation import chain, database_rules, trail
from cms.moderation.models import TrailEntry, TrailHead
from cms.moderation.trail_entries import START, Act
from cms.publishing import preparing

pytestmark = pytest.mark.django_db
# ruff: noqa: S608 (names of our own models)
ENTRY, HEAD = TrailEntry._meta.db_table, TrailHead._meta.db_table


def test_entry_keeps_what_was_true_when_it_was_made(write, office, superuser):
    article = write("Rapat pleno")
    entry = trail.record(
        Act.APPROVED, page=article, actor=superuser, revision_id=7, digest="abc", reason="Sudah benar",
        details={"langkah": "Persetujuan", "ke": [1, 2]},
    )  # fmt: skip
    pk, name, article_id = superuser.pk, superuser.get_username(), article.pk
    article.delete()
    superuser.delete()
    kept = TrailEntry.objects.get(number=entry.number)
    assert (kept.page_id, kept.page_title, kept.actor_id, kept.actor) == (article_id, "Rapat pleno", pk, name)
    assert (kept.site_id, kept.office) == (office.get_site().pk, "KPU Provinsi Banten")
    assert (kept.revision_id, kept.digest, kept.reason) == (7, "abc", "Sudah benar")
    assert kept.details == {"langkah": "Persetujuan", "ke": [1, 2]}
    assert kept.act_label == "menyetujui"


def test_entries_are_numbered_and_sealed_one_after_the_other(db):
    first, second = trail.record("wrote"), trail.record(Act.SUBMITTED)
    head = TrailHead.objects.get()
    assert (first.number, first.previous, second.number, second.previous) == (1, START, 2, first.seal)
    assert (head.number, head.seal) == (2, second.seal)
    assert chain.is_signed(head)
    assert [chain.seal_of(each) for each in TrailEntry.objects.order_by("number")] == [
        first.seal,
        second.seal,
    ]


def test_act_that_is_none_is_refused(db):
    with pytest.raises(ValueError, match="menari"):
        trail.record("menari")


def test_entry_is_gone_with_the_transaction_that_made_it(db):
    kept = trail.record(Act.WROTE)
    with transaction.atomic():
        trail.record(Act.SUBMITTED)
        transaction.set_rollback(True)
    assert trail.record(Act.CLAIMED).previous == kept.seal


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {ENTRY} SET reason = 'lain' WHERE number = 1",
        f"DELETE FROM {ENTRY} WHERE number = 1",
        f"UPDATE {HEAD} SET number = 0",
        f"UPDATE {HEAD} SET seal = 'lain'",
        f"DELETE FROM {HEAD}",
    ],
)
def test_database_refuses_to_change_the_trail(statement):
    trail.record(Act.WROTE)
    with pytest.raises(DatabaseError, match="jejak"), transaction.atomic():
        _run(statement)


@pytest.mark.parametrize("table", [ENTRY, HEAD])
def test_database_refuses_to_replace_or_empty(table):
    trail.record(Act.WROTE)
    statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    if connection.vendor == "postgresql":
        statement = f"TRUNCATE {table}"
    with pytest.raises(DatabaseError, match="jejak"), transaction.atomic():
        _run(statement)


def test_missing_rule_is_told_and_comes_back_with_migrate(capsys):
    database_rules.remove_all()
    call_command("check", databases=["default"])
    assert f"{ENTRY}_update" in capsys.readouterr().err
    call_command("migrate", verbosity=0)
    assert database_rules.missing() == []


def test_rule_somebody_has_emptied_is_missing():
    if connection.vendor == "sqlite":
        _run(f"DROP TRIGGER {ENTRY}_delete")
        _run(f"CREATE TRIGGER {ENTRY}_delete BEFORE DELETE ON {ENTRY} BEGIN SELECT 1; END")
    else:
        name = f"{ENTRY}_delete"
        _run(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$"
        )
    assert database_rules.missing() == [f"{ENTRY}_delete"]


def test_rule_of_a_new_version_without_a_migration_is_there_once_it_is_prepared(monkeypatch, caplog):
    monkeypatch.setattr(preparing, "collect_static", lambda: None)
    _run(database_rules._drop(next(rule for rule in database_rules._wanted() if rule.table == ENTRY)))
    gone = database_rules.missing()
    assert gone
    preparing.bring_up_to_date()
    assert database_rules.missing() == []
    assert gone[0] in caplog.text
    caplog.clear()
    preparing.bring_up_to_date()
    assert caplog.text == ""


@pytest.mark.django_db(transaction=True)
def test_rules_return_when_a_migration_has_remade_the_table():
    with connection.schema_editor() as editor:
        column = models.CharField(max_length=3, null=True)
        column.set_attributes_from_name("kolom")
        editor.add_field(TrailHead, column)
        if connection.vendor == "sqlite":
            editor._remake_table(TrailHead)
    call_command("migrate", verbosity=0)
    assert database_rules.missing() == []
    with connection.schema_editor() as editor:
        if connection.vendor == "postgresql":
            editor.remove_field(TrailHead, column)


@pytest.mark.django_db(transaction=True)
def test_several_who_write_at_once_make_one_chain():
    failed: list[Exception] = []

    def _write() -> None:
        try:
            for _each in range(5):
                with transaction.atomic():
                    trail.record(Act.WROTE)
        except Exception as error:  # noqa: BLE001 (a thread's error is otherwise nobody's)
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=_write) for _each in range(4)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert failed == []
    entries = list(TrailEntry.objects.order_by("number"))
    assert [each.number for each in entries] == list(range(1, 21))
    assert [each.previous for each in entries] == [START, *(each.seal for each in entries[:-1])]


@pytest.mark.django_db(transaction=True)
def test_flush_of_a_test_leaves_the_rules_and_a_new_head():
    trail.record(Act.WROTE)
    call_command("flush", interactive=False, verbosity=0)
    assert database_rules.missing() == []
    assert TrailHead.objects.get().number == 0


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
