"""Where pages stood when the trees were last made: the before-image of every change, never missed."""

import json
from collections.abc import Iterable, Iterator

from cms.publishing.many_rows import delete_rows, in_chunks, insert_rows
from cms.publishing.models import Trace as Standing
from cms.publishing.outputs import Trace


def traces_of(ids: Iterable[int]) -> dict[int, list[Trace]]:
    """Return where pages stood when the trees were last made."""
    found: dict[int, list[Trace]] = {}
    for part in in_chunks(ids):
        rows = Standing.objects.filter(page_id__in=part, site_id__gt=0)
        for page, site, data in rows.values_list("page_id", "site_id", "data"):
            found.setdefault(page, []).append(Trace.from_data(site, data))
    return found


def traced_pages(site_id: int) -> Iterator[int]:
    """Yield the ids of the pages that stand in the tree of an office."""
    return (
        Standing.objects.filter(site_id=site_id).values_list("page_id", flat=True).iterator(chunk_size=2000)
    )


def record_traces(site_id: int, gone: Iterable[int], now: Iterable[tuple[int, Trace]]) -> None:
    """Write down where pages stand in the tree of an office; `gone` (ids) stand nowhere in it any more."""
    rows = [(page, as_text(trace)) for page, trace in now]
    delete_rows(Standing, "page_id", {*gone, *(page for page, _data in rows)}, site_id=site_id)
    insert_traces(site_id, rows)


def as_text(trace: Trace) -> str:
    """Return a trace as it is stored."""
    return json.dumps(trace.as_data(), separators=(",", ":"))


def insert_traces(site_id: int, rows: Iterable[tuple[int, str]]) -> None:
    """Add where pages (id, `as_text`) stand that stood nowhere in this tree."""
    insert_rows(Standing, ("page_id", "site_id", "data"), [(page, site_id, text) for page, text in rows])
