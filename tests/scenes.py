# ruff: noqa: S608 (no name comes from outside)
"""What takes long to make and is always the same: its rows are kept, and put back in a hundredth of the time.

The database is looked at before and after it is made for the first time. What was found to differ is put back, in the
database's own form, with all ids; nothing of it is known here. Other tests begin with the same rows, never with the
same objects.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from cms.moderation import database_rules
from cms.publishing.models import Change
from tests.own_hand import note_rules

_Rows = dict[tuple, tuple]  # by key


@dataclass(frozen=True)
class _Table:
    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]

    def rows(self, cursor: Any) -> _Rows:
        """Return what it holds as the database keeps it, never as Python would have it."""
        if connection.vendor == "sqlite":  # a sign before a column, or its driver makes a date of it
            whole = ", ".join(f"+{column}" for column in self.columns)
        else:
            whole = f"{self.name}::text"
        cursor.execute(f"SELECT {', '.join(self.keys)}, {whole} FROM {self.name}")
        return {row[: len(self.keys)]: row[len(self.keys) :] for row in cursor.fetchall()}

    def insert(self, cursor: Any, rows: list[tuple]) -> None:
        into = f"INSERT INTO {self.name} ({', '.join(self.columns)})"
        if connection.vendor == "sqlite":
            cursor.executemany(f"{into} VALUES ({', '.join(['%s'] * len(self.columns))})", rows)
        else:
            each = ", ".join(f"(whole::{self.name}).{column}" for column in self.columns)
            cursor.execute(
                f"{into} SELECT {each} FROM unnest(%s::text[]) AS whole", [[row for (row,) in rows]]
            )

    def update(self, cursor: Any, rows: _Rows) -> None:
        if connection.vendor == "sqlite":
            told = ", ".join(f"{column} = %s" for column in self.columns)
            each = [(*row, *key) for key, row in rows.items()]
        else:
            told = ", ".join(f"{column} = (%s::{self.name}).{column}" for column in self.columns)
            each = [(*row * len(self.columns), *key) for key, row in rows.items()]
        cursor.executemany(f"UPDATE {self.name} SET {told} WHERE {self._found}", each)

    def delete(self, cursor: Any, keys: list[tuple]) -> None:
        cursor.executemany(f"DELETE FROM {self.name} WHERE {self._found}", keys)

    @property
    def _found(self) -> str:
        return " AND ".join(f"{key} = %s" for key in self.keys)


@cache
def _tables() -> list[_Table]:
    there = set(connection.introspection.table_names()) - _filled_by_triggers()
    metas = {model._meta.db_table: model._meta for model in apps.get_models(include_auto_created=True)}
    quote = connection.ops.quote_name
    found = []
    for name in metas.keys() & there:
        keys = [key.column for key in metas[name].pk_fields]
        found.append(_Table(quote(name), tuple(map(quote, keys)), tuple(map(quote, _columns(name)))))
    return found


def _filled_by_triggers() -> set[str]:
    """Return SQLite's search tables: what they are about fills them."""
    if connection.vendor != "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
        return {name for (name,) in cursor.fetchall()}


def _columns(table: str) -> list[str]:
    """Return those that are stored as they are told; what is computed of them follows."""
    if connection.vendor == "sqlite":
        found = "SELECT name FROM pragma_table_info(%s)"
    else:
        found = (
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s)"
            " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"
        )
    with connection.cursor() as cursor:
        cursor.execute(found, [table])
        return [name for (name,) in cursor.fetchall()]


def _look() -> dict[_Table, _Rows]:
    with connection.cursor() as cursor:
        return {table: table.rows(cursor) for table in _tables()}


def _numbers() -> dict[str, int]:
    if connection.vendor != "sqlite":
        return {}  # PostgreSQL takes none back
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return dict(cursor.fetchall())


def _go_on_from(cursor: Any, numbers: dict[str, int]) -> None:
    """Give out no id again of a row that came and went: what is known of it would be told of another."""
    for name, number in numbers.items():
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s AND seq < %s", [name, number])
        told = "SELECT %s, %s WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)"
        cursor.execute(f"INSERT INTO sqlite_sequence (name, seq) {told}", [name, number, name])


@dataclass
class _Scene:
    told: Any  # by who made it
    gone: dict[_Table, list[tuple]] = field(default_factory=dict)
    changed: dict[_Table, _Rows] = field(default_factory=dict)
    come: dict[_Table, list[tuple]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  # the last id given out, by SQLite's table

    def note(self, before: dict[_Table, _Rows], after: dict[_Table, _Rows]) -> None:
        """Remember what has come, gone and changed."""
        self.numbers = _numbers()
        for table, rows in after.items():
            was = before[table]
            self.gone[table] = [key for key in was if key not in rows]
            self.changed[table] = {key: row for key, row in rows.items() if was.get(key, row) != row}
            self.come[table] = [row for key, row in rows.items() if key not in was]

    def put(self) -> None:
        """Let it have come, gone and changed now; who waits for a publisher does not since this scene was made."""
        with connection.cursor() as cursor:
            for table, keys in self.gone.items():
                if keys:
                    table.delete(cursor, keys)
            for table, changed in self.changed.items():
                if changed:
                    table.update(cursor, changed)
            for table, rows in self.come.items():
                if rows:
                    table.insert(cursor, rows)
            _go_on_from(cursor, self.numbers)
        Change.objects.filter(done_at=None).update(at=timezone.now())
        if connection.vendor == "postgresql":
            connection.check_constraints()


_kept: dict[object, _Scene] = {}


def put(key: object, make: Callable[[], Any], *, is_ruled: bool = False) -> Any:
    """Let there be what `make` makes where nothing else was before; return what it told: ids, never objects.

    `is_ruled`: the rules of four eyes are in force, and would refuse what comes of itself.
    """
    scene = _kept.get(key)
    if scene is None:
        before = _look()
        scene = _kept[key] = _Scene(make())
        scene.note(before, _look())
    elif is_ruled:
        with transaction.atomic(), database_rules.lifted():
            scene.put()
        note_rules()
    else:
        with transaction.atomic():
            scene.put()
    return scene.told
