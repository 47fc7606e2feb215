"""What the database itself refuses, whoever asks: triggers, registered here as SQL, put there by `migrate`."""

import hashlib
import logging
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class Rule:
    """One trigger; on an engine for which it has no text, there is none."""

    name: str  # of the trigger
    table: str
    sqlite: str  # CREATE TRIGGER <name> ...
    postgresql: str  # CREATE OR REPLACE FUNCTION ...; CREATE TRIGGER <name> ...

    @property
    def text(self) -> str:
        """Return what makes it on the engine in use, without the space around it."""
        return (self.sqlite if connection.vendor == "sqlite" else self.postgresql).strip().rstrip(";")


logger = logging.getLogger(__name__)
_rules: dict[str, Rule] = {}


def register_rule(name: str, table: str, *, sqlite: str = "", postgresql: str = "") -> None:
    """Let the trigger `name` of `table` be there after every `migrate`, and be missed when it is not.

    On PostgreSQL the text makes its function too, under a name of its own. Register in AppConfig.ready.
    """
    _rules[name] = Rule(name, table, sqlite, postgresql)


def install_all() -> None:
    """Put every rule there, in its present words, whose table is there."""
    with transaction.atomic(), connection.cursor() as cursor:
        for rule in _possible():
            cursor.execute(_drop(rule))
            cursor.execute(rule.text)
            if connection.vendor == "postgresql":
                cursor.execute(
                    f'COMMENT ON TRIGGER "{rule.name}" ON "{rule.table}" IS \'{_digest_of(rule)}\''
                )


def install_missing() -> None:
    """Put rules there that this version changed without a migration; the log names them: somebody may have cut them."""
    if names := missing():
        logger.warning("Rules of the database put back: %s", ", ".join(names))
        install_all()


def remove_all() -> None:
    """Take every rule away until the next `install_all`: for SQLite's migrations, and for the flush of a test."""
    with transaction.atomic(), connection.cursor() as cursor:
        for rule in _possible():
            cursor.execute(_drop(rule))


@contextmanager
def lifted() -> Generator[None]:
    """Let a block of one transaction be free of them, for a backup to be put back; others wait, or see them."""
    remove_all()
    yield
    install_all()


def missing() -> list[str]:
    """Return the names of the rules that are not there, are switched off, or have other words than they should."""
    found = _found_on_sqlite() if connection.vendor == "sqlite" else _found_on_postgresql()
    return sorted(rule.name for rule in _wanted() if not _is_there(rule, found.get((rule.name, rule.table))))


def _wanted() -> list[Rule]:
    return [rule for rule in _rules.values() if rule.text]


def _possible() -> Iterator[Rule]:
    tables = set(connection.introspection.table_names())
    return (rule for rule in _wanted() if rule.table in tables)


def _drop(rule: Rule) -> str:
    if connection.vendor == "sqlite":
        return f'DROP TRIGGER IF EXISTS "{rule.name}"'
    return f'DROP TRIGGER IF EXISTS "{rule.name}" ON "{rule.table}"'


def _digest_of(rule: Rule) -> str:
    return hashlib.sha256(rule.text.encode()).hexdigest()


def _is_there(rule: Rule, found: tuple[str, str] | None) -> bool:
    if connection.vendor == "sqlite":
        return found is not None and found[0] == rule.text
    # The comment tells an older version; the body, one that somebody has replaced behind our back.
    return found is not None and found[0] == _digest_of(rule) and bool(found[1]) and found[1] in rule.text


def _found_on_sqlite() -> dict[tuple[str, str], tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {(name, table): (text, "") for name, table, text in cursor.fetchall()}


def _found_on_postgresql() -> dict[tuple[str, str], tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname, coalesce(obj_description(t.oid, 'pg_trigger'), ''), p.prosrc"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
        )
        return {(name, table): (comment, body) for name, table, comment, body in cursor.fetchall()}
