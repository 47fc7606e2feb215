# ruff: noqa: S608 (no name comes from outside)
"""The database as the suite's first test found it: what a test with real transactions leaves is undone, not flushed.

SQLite gets all its pages back. On PostgreSQL, rows are put back in the tables that hold others; where not even the
tables are the same, the whole database is copied anew.
"""

import sqlite3
from typing import Protocol

from django.db import connection, transaction
from django.test import TransactionTestCase

from tests import migrated, own_hand

_SCHEMA = """
SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
    SELECT concat_ws(' ', 'column', attrelid::regclass, attnum, attname, atttypid, atttypmod, attnotnull,
        attisdropped) AS part
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'trigger', tgrelid::regclass, tgname, tgenabled, prosrc)
    FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
) AS parts
"""


class _Kept(Protocol):
    """What was kept of a database."""

    def put_back(self) -> None:
        """Let it be as it was."""


class _Pages:
    """All pages of an SQLite file."""

    def __init__(self) -> None:
        self._copy = sqlite3.connect(":memory:", check_same_thread=False)
        connection.ensure_connection()
        connection.connection.backup(self._copy)

    def put_back(self) -> None:
        connection.ensure_connection()
        self._copy.backup(connection.connection)


class _Rows:
    """All rows of PostgreSQL's tables."""

    def __init__(self) -> None:
        self._columns = self._look_at_columns()
        self._rows = {table: self._look_at(table) for table in self._columns}
        self._digests, self._schema = self._look_at_digests(), self._look_at_schema()
        self._numbers = _numbers()

    def put_back(self) -> None:
        if self._look_at_schema() != self._schema:
            self._note_numbers()
            migrated.copy_anew()
            own_hand.take_rules_out()
        self._go_on_counting()
        found = self._look_at_digests()
        self._fill([table for table, digest in self._digests.items() if found[table] != digest])

    def _fill(self, tables: list[str]) -> None:
        """Let tables hold what they held, whatever their triggers would say."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")
                each = ", ".join(f"(whole::{table}).{column}" for column in self._columns[table])
                into = f"INSERT INTO {table} ({', '.join(self._columns[table])}) OVERRIDING SYSTEM VALUE"
                rows = self._rows[table]
                cursor.execute(f"{into} SELECT {each} FROM unnest(%s::text[]) AS whole", [rows])
            connection.check_constraints()
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def _note_numbers(self) -> dict[str, int]:
        """Remember the last number each sequence has given out; return what it says now."""
        found = _numbers()
        self._numbers = {name: max(self._numbers.get(name, 0), number) for name, number in found.items()}
        return found

    def _go_on_counting(self) -> None:
        """Let no sequence give out again what it has given out, though it was begun anew."""
        found = self._note_numbers()
        behind = [(name, number) for name, number in self._numbers.items() if found[name] < number]
        with connection.cursor() as cursor:
            cursor.executemany("SELECT setval(%s::regclass, %s)", behind)

    def _look_at_columns(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(relname), quote_ident(attname), attgenerated FROM pg_attribute"
                " JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace"
                " AND relkind = 'r' AND attnum > 0 AND NOT attisdropped ORDER BY relname, attnum"
            )
            for table, column, computed in cursor.fetchall():
                found.setdefault(table, []).extend([] if computed else [column])
        return found

    def _look_at(self, table: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT whole::text FROM {table} AS whole")
            return [row for (row,) in cursor.fetchall()]

    def _look_at_digests(self) -> dict[str, str]:
        each = (
            f"SELECT '{table}', md5(string_agg(whole::text, ' ' ORDER BY whole::text)) FROM {table} AS whole"
            for table in self._columns
        )
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(each))
            return dict(cursor.fetchall())

    def _look_at_schema(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(_SCHEMA)
            return cursor.fetchone()[0]


def _numbers() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(sequencename), coalesce(last_value, 0) FROM pg_sequences")
        return dict(cursor.fetchall())


_kept: list[_Kept] = []


def keep() -> None:
    """Keep the database as it is, and let each test with real transactions give it back so."""
    _kept[:] = [_Pages() if connection.vendor == "sqlite" else _Rows()]
    TransactionTestCase._fixture_teardown = lambda test: put_back()


def put_back() -> None:
    """Let the database be as it was kept."""
    for each in _kept:
        each.put_back()
