"""What is known of a release in the making: kept beside what is known of the one readers see, until it is theirs."""

from collections.abc import Iterable, Sequence

import orjson
from django.db import connection, transaction

from cms.publishing import manifest
from cms.publishing.crew import Rendered
from cms.publishing.many_rows import delete_rows, insert_returning, insert_rows
from cms.publishing.models import Output, OutputKey, OutputRange, Trace
from cms.publishing.outputs import Name

_ASIDE = 2**40  # what was replaced, until it is swept away


def number_of(site_id: int) -> int:
    """Return under which site number a release in the making of an office is kept."""
    return -site_id


def add(site_id: int, rendered: Sequence[Rendered]) -> None:
    """Write down outputs of a release in the making, in one short transaction."""
    made = [one for one in rendered if not one.cause and (one.files or one.waits)]
    with transaction.atomic():
        ids = insert_returning(Output, _COLUMNS, [_row(number_of(site_id), one) for one in made])
        keys = [(key, pk) for pk, one in zip(ids, made, strict=True) for key in one.keys]
        ranges = [(*each, pk) for pk, one in zip(ids, made, strict=True) for each in one.ranges]
        insert_rows(OutputKey, ("key", "output_id"), keys)
        insert_rows(OutputRange, ("list", "lowest", "highest", "output_id"), ranges)


_COLUMNS = ("site_id", "kind", "ident", "files", "mark", "until")


def _row(site_id: int, one: Rendered) -> tuple:
    files = orjson.dumps(one.files).decode()
    return site_id, *one.name, files, one.mark, connection.ops.adapt_datetimefield_value(one.until)


def take_over(site_id: int, kept: Iterable[Name]) -> None:
    """Let the release in the making be the one that is known; of the old one only `kept` outputs stay."""
    rows = Output.objects.filter(site_id=site_id)
    staying = {entry.pk for entry in manifest.entries(site_id, kept).values()}
    rows.exclude(pk__in=staying).update(site_id=-_ASIDE - site_id)
    Output.objects.filter(site_id=number_of(site_id)).update(site_id=site_id)
    _move_traces(site_id, -_ASIDE - site_id)
    _move_traces(number_of(site_id), site_id)


def _move_traces(site_id: int, to: int) -> None:
    # A part of the primary key: Django would read and write every row.
    table = connection.ops.quote_name(Trace._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET site_id = %s WHERE site_id = %s", [to, site_id])  # noqa: S608


def sweep(site_id: int) -> None:
    """Remove what was replaced and what a build that was cut off has left, a little at a time."""
    for number in (number_of(site_id), -_ASIDE - site_id):
        while ids := list(Output.objects.filter(site_id=number).values_list("pk", flat=True)[:400]):
            with transaction.atomic():
                manifest.forget_shown(ids)
                delete_rows(Output, "id", ids)
        while pages := list(Trace.objects.filter(site_id=number).values_list("page_id", flat=True)[:400]):
            delete_rows(Trace, "page_id", pages, site_id=number)
