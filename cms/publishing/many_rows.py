"""Many rows of plain values written and deleted at once: no instances, no signals, nothing that listens to them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Thing = TypeVar("Thing")
CHUNK = 400  # below SQLite's oldest limit of variables in a statement


def in_chunks(things: Iterable[Thing], size: int = CHUNK) -> Iterator[list[Thing]]:
    """Yield `things` in lists of at most `size`."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part


def insert_rows(model: type[Model], columns: tuple[str, ...], rows: list[tuple]) -> None:
    """Insert many rows of plain values."""
    # Ten times the rows of an article: through the ORM they would cost as much as the page itself.
    if not rows:
        return
    names = ", ".join(map(connection.ops.quote_name, columns))
    if connection.vendor == "postgresql":
        _copy(f"COPY {_table(model)} ({names}) FROM STDIN", rows)
        return
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {_table(model)} ({names}) VALUES ({marks})"  # noqa: S608 (names of our own models)
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _copy(statement: str, rows: list[tuple]) -> None:
    """Stream rows to PostgreSQL, which would otherwise carry out a statement for each of them."""
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def insert_returning(model: type[Model], columns: tuple[str, ...], rows: list[tuple]) -> list[int]:
    """Insert many rows of plain values, as the database takes them; return their ids in the order of `rows`."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    marks = f"({', '.join(['%s'] * len(columns))})"
    ids: list[int] = []
    with connection.cursor() as cursor:
        for part in in_chunks(rows, CHUNK * 2 // len(columns)):
            values = ", ".join([marks] * len(part))
            statement = f"INSERT INTO {_table(model)} ({names}) VALUES {values} RETURNING {quote('id')}"  # noqa: S608
            cursor.execute(statement, [value for row in part for value in row])
            ids += sorted(row[0] for row in cursor.fetchall())
    return ids


def delete_rows(model: type[Model], column: str, values: Iterable[Any], **also: Any) -> None:
    """Delete the rows whose `column` has one of `values` and whose other columns are as `also` says."""
    # Wagtail listens to every deletion, so the ORM would read each row first and delete them by their keys.
    quote = connection.ops.quote_name
    rest = "".join(f" AND {quote(name)} = %s" for name in also)
    with connection.cursor() as cursor:
        for part in in_chunks(values):
            marks = ", ".join(["%s"] * len(part))
            where = f"{quote(column)} IN ({marks}){rest}"
            cursor.execute(f"DELETE FROM {_table(model)} WHERE {where}", [*part, *also.values()])  # noqa: S608


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
