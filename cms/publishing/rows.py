"""Every row of the database as neutral JSON, and back: from SQLite or PostgreSQL into either of the two."""

import base64
import ipaddress
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, Model

from cms.publishing.models import DERIVED

BATCH = 500  # rows read and written together
# Sessions end with a restore; the words of Wagtail's own search index are of one database kind, and made again.
LEFT_OUT = {"sessions", "wagtailsearch", "modelsearch"}

_PARSE: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": uuid.UUID,
    "BinaryField": base64.b64decode,
}


def tables() -> list[type[Model]]:
    """Return a model for every table a backup holds, in a fixed order."""
    models = apps.get_models(include_auto_created=True)
    kept = [
        model for model in models if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]
    return sorted(
        (model for model in kept if not is_left_out(model)),
        key=lambda model: model._meta.db_table,
    )


def is_left_out(model: type[Model]) -> bool:
    """Return whether what a table holds is made anew: sessions, indexes, what is known of the published files."""
    return model._meta.app_label in LEFT_OUT or model in DERIVED


def _columns(model: type[Model]) -> list[Field]:
    return sorted(
        (field for field in model._meta.local_concrete_fields if field.column), key=lambda each: each.column
    )


def _neutral(value: object) -> object:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal() | uuid.UUID() | ipaddress.IPv4Address() | ipaddress.IPv6Address():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    raise TypeError(f"no neutral form for {type(value)}")


def read(model: type[Model]) -> Iterator[bytes]:
    """Yield the table as lines of JSON: first the names of the columns, then a row a line, by primary key."""
    fields = _columns(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    # Only what the database needs to be understood; what a field makes of its value (blocks, tags) stays out.
    converters = [
        (
            connection.ops.get_db_converters(field.get_col(model._meta.db_table)),
            field.get_col(model._meta.db_table),
        )
        for field in fields
    ]
    yield json.dumps([field.column for field in fields]).encode() + b"\n"
    with connection.cursor() as cursor:
        table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
        cursor.execute(f"SELECT {names} FROM {table} ORDER BY {key}")  # noqa: S608 (names of our own models)
        while rows := cursor.fetchmany(BATCH):
            for row in rows:
                values = []
                for value, (steps, column) in zip(row, converters, strict=True):
                    for step in steps:
                        value = step(value, column, connection)
                    values.append(_neutral(value))
                yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _writer(field: Field) -> Callable[[Any], Any]:
    while field.remote_field:
        field = field.target_field
    kind = field.get_internal_type()
    parse = _PARSE.get(kind, lambda value: value)
    ops = connection.ops
    adapt: dict[str, Callable[[Any], Any]] = {
        "DateTimeField": ops.adapt_datetimefield_value,
        "DateField": ops.adapt_datefield_value,
        "TimeField": ops.adapt_timefield_value,
        "GenericIPAddressField": ops.adapt_ipaddressfield_value,
        "DecimalField": lambda value: ops.adapt_decimalfield_value(
            value, field.max_digits, field.decimal_places
        ),
        "UUIDField": lambda value: value if connection.features.has_native_uuid_field else value.hex,
    }
    fit = adapt.get(kind, lambda value: value)
    return lambda value: None if value is None else fit(parse(value))


def empty(models: Iterable[type[Model]]) -> None:
    """Delete every row of `models`, and of what a backup leaves out, inside the caller's transaction."""
    present = set(connection.introspection.table_names())
    left_out = [m for m in apps.get_models(include_auto_created=True) if is_left_out(m)]
    with connection.cursor() as cursor:
        for model in (*left_out, *models):
            if model._meta.db_table in present and not model._meta.proxy:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def write(model: type[Model], lines: Iterable[bytes]) -> int:
    """Insert what `read` gave; the table is empty before. Returns the number of rows; the caller has a transaction."""
    source = iter(lines)
    columns = json.loads(next(source))
    by_column = {field.column: field for field in _columns(model)}
    writers = [_writer(by_column[column]) for column in columns]
    quote = connection.ops.quote_name
    names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    count = 0
    with connection.cursor() as cursor:
        while part := list(islice(source, BATCH)):
            rows = [
                [writer(value) for writer, value in zip(writers, json.loads(line), strict=True)]
                for line in part
            ]
            cursor.executemany(statement, rows)
            count += len(rows)
    return count


def reset_sequences(models: list[type[Model]]) -> None:
    """Let new rows be numbered after the restored ones."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
