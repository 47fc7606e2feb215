"""Where pages stood when the trees were last made: the before-image of every change, never missed."""

import json
from collections.abc import Iterable, Iterator

from cms.publishing import manifest
from cms.publishing.models import Trace as Standing
from cms.publishing.outputs import Trace


def traces_of(ids: Iterable[int]) -> dict[int, list[Trace]]:
    """Return where pages stood when the trees were last made."""
    found: dict[int, list[Trace]] = {}
    for part in manifest.in_chunks(ids):
        for page, site, data in Standing.objects.filter(page_id__in=part).values_list(
            "page_id", "site_id", "data"
        ):
            found.setdefault(page, []).append(Trace.from_data(site, data))
    return found


def traced_pages(site_id: int) -> Iterator[int]:
    """Yield the ids of the pages that stand in the tree of an office."""
    return (
        Standing.objects.filter(site_id=site_id).values_list("page_id", flat=True).iterator(chunk_size=2000)
    )


def record_traces(site_id: int, gone: Iterable[int], now: Iterable[tuple[int, Trace]]) -> None:
    """Write down where pages stand in the tree of an office; `gone` (ids) stand nowhere in it any more."""
    rows = [(page, site_id, json.dumps(trace.as_data())) for page, trace in now]
    for part in manifest.in_chunks({*gone, *(page for page, _site, _data in rows)}):
        Standing.objects.filter(site_id=site_id, page_id__in=part).delete()
    manifest.insert_rows(Standing, ("page_id", "site_id", "data"), rows)


def forget(site_id: int) -> None:
    """Forget where the pages of an office stood."""
    Standing.objects.filter(site_id=site_id).delete()
