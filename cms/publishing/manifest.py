"""What lies in the trees and what it showed, kept in the database: written after each batch, asked before the next."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q
from wagtail.models import Site

from cms.publishing.many_rows import delete_rows, in_chunks, insert_rows
from cms.publishing.models import Output, OutputKey, OutputRange
from cms.publishing.outputs import Name
from cms.publishing.recording import Range, Recording


class Lying(NamedTuple):
    """A file as it lies in the tree: `digest` is the sha256 of its bytes in hex, `size` in bytes."""

    path: str
    digest: str
    size: int


class Entry(NamedTuple):
    """An output as it lies in the tree."""

    pk: int
    name: Name
    files: tuple[Lying, ...]


class Result(NamedTuple):
    """An output just made: its files, what it showed, and the key others show it by (pictures, documents)."""

    name: Name
    files: Sequence[Lying]
    shown: Recording
    mark: str = ""
    waits: bool = False  # without files now, to be asked again when what it showed changes


@lru_cache(maxsize=4_096)
def number(key: str) -> int:
    """Return the number a key or list name is stored as; two that meet cost a needless rendering, nothing else."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def numbers(keys: Iterable[str], site_id: int) -> list[int]:
    """Return the numbers of `keys` in order; an office's own shell is every output's and is left out."""
    return sorted({number(key) for key in keys if key != f"office:{site_id}"})


def showing(keys: Iterable[str]) -> set[tuple[int, Name]]:
    """Return site and name of every output that shows one of `keys`."""
    found: set[tuple[int, Name]] = set()
    for part in in_chunks(sorted({number(key) for key in keys})):
        found |= _named(OutputKey.objects.filter(key__in=part).values("output_id"))
    return found


def showing_place(points: Iterable[tuple[str, int]]) -> set[tuple[int, Name]]:
    """Return site and name of every output that shows a stretch of a list one of `points` lies in."""
    found: set[tuple[int, Name]] = set()
    for part in in_chunks(sorted(set(points)), 40):
        condition = Q()
        for name, place in part:
            condition |= Q(list=number(name), highest__gte=place, lowest__lte=place)
        found |= _named(OutputRange.objects.filter(condition).values("output_id"))
    return found


def _named(ids: object) -> set[tuple[int, Name]]:
    # Below nought stand releases in the making (cms.publishing.shadow).
    rows = Output.objects.filter(pk__in=ids, site_id__gt=0).values_list("site_id", "kind", "ident")
    return {(site, Name(kind, ident)) for site, kind, ident in rows}


def entries(site_id: int, names: Iterable[Name]) -> dict[Name, Entry]:
    """Return those of `names` that lie in the tree of an office."""
    by_kind: dict[str, list[str]] = {}
    for kind, ident in sorted(names):
        by_kind.setdefault(kind, []).append(ident)
    found: dict[Name, Entry] = {}
    for kind, idents in by_kind.items():
        for part in in_chunks(idents):
            rows = Output.objects.filter(site_id=site_id, kind=kind, ident__in=part)
            found |= {entry.name: entry for entry in map(_entry, rows.values_list(*_COLUMNS))}
    return found


def all_entries(site_id: int) -> Iterator[Entry]:
    """Yield everything that lies in the tree of an office, by kind and ident.

    Page by page: SQLite's log grows for as long as one query lasts, and slows down everybody who reads.
    """
    rows = Output.objects.filter(site_id=site_id)
    for kind in list(rows.order_by("kind").values_list("kind", flat=True).distinct()):
        of_kind, last = rows.filter(kind=kind).order_by("ident"), ""
        while page := list(of_kind.filter(ident__gt=last).values_list(*_COLUMNS)[:_PAGE]):
            yield from map(_entry, page)
            last = page[-1][2]
        yield from map(_entry, of_kind.filter(ident="").values_list(*_COLUMNS))


_COLUMNS = ("pk", "kind", "ident", "files")
_PAGE = 2_000  # outputs


def _entry(row: tuple[int, str, str, list]) -> Entry:
    pk, kind, ident, files = row
    return Entry(pk, Name(kind, ident), tuple(Lying(*file) for file in files))


def shown_before(ids: Iterable[int]) -> dict[int, set[int]]:
    """Return the numbers of the keys each output (by id) has shown so far."""
    found: dict[int, set[int]] = {}
    for part in in_chunks(ids):
        for key, output in OutputKey.objects.filter(output_id__in=part).values_list("key", "output_id"):
            found.setdefault(output, set()).add(key)
    return found


def shown_elsewhere(site_id: int, mark: int, without: set[int]) -> bool:
    """Return whether an output of the office other than `without` (ids) shows the key with number `mark`."""
    shows = OutputKey.objects.filter(key=mark).values_list("output_id", flat=True)
    others = [pk for pk in shows.iterator(chunk_size=2000) if pk not in without]
    return any(Output.objects.filter(site_id=site_id, pk__in=part).exists() for part in in_chunks(others))


def count(site_id: int) -> int:
    """Return how many outputs the tree of an office has."""
    return Output.objects.filter(site_id=site_id).count()


def marked(site_id: int, numbers: Iterable[int]) -> dict[int, Name]:
    """Return the pictures and documents of the tree by the number of the key that shows them."""
    found: dict[int, Name] = {}
    for part in in_chunks(numbers):
        rows = Output.objects.filter(site_id=site_id, mark__in=part).values_list("mark", "kind", "ident")
        found |= {mark: Name(kind, ident) for mark, kind, ident in rows}
    return found


def outdated(site_id: int, as_of: dt.datetime) -> set[Name]:
    """Return the outputs that were true until an instant which has come."""
    rows = Output.objects.filter(site_id=site_id, until__lte=as_of).values_list("kind", "ident")
    return {Name(*row) for row in rows}


def sites_outdated(now: dt.datetime) -> set[int]:
    """Return the ids of the sites that have an output which was true until an instant that has come by `now`."""
    sites = Site.objects.order_by().values("pk")  # each has its stretch of the index
    return set(Output.objects.filter(site_id__in=sites, until__lte=now).values_list("site_id", flat=True))


def record(site_id: int, results: Sequence[Result]) -> None:
    """Write down outputs just made, in place of what was known of them; one without files is forgotten."""
    known = entries(site_id, [result.name for result in results])
    kept = [result for result in results if result.files or result.waits]
    gone = [
        known[result.name].pk
        for result in results
        if not (result.files or result.waits) and result.name in known
    ]
    delete_rows(Output, "id", gone)
    rows = [
        Output(
            site_id=site_id,
            kind=result.name.kind,
            ident=result.name.ident,
            files=[list(file) for file in result.files],
            mark=number(result.mark) if result.mark else 0,
            until=result.shown.until,
        )
        for result in kept
    ]
    for part in in_chunks(rows, 100):
        Output.objects.bulk_create(
            part,
            update_conflicts=True,
            unique_fields=["site_id", "kind", "ident"],
            update_fields=["files", "mark", "until"],
        )
    ids = {name: entry.pk for name, entry in entries(site_id, [result.name for result in kept]).items()}
    forget_shown([*gone, *ids.values()])
    add_shown((ids[result.name], result.shown, site_id) for result in kept)


def forget_shown(ids: Sequence[int]) -> None:
    """Forget what outputs (by id) showed."""
    delete_rows(OutputKey, "output_id", ids)
    delete_rows(OutputRange, "output_id", ids)


def add_shown(rows: Iterable[tuple[int, Recording, int]]) -> None:
    """Add what outputs (id, recording, site) showed."""
    keys: list[tuple[int, int]] = []
    ranges: list[tuple[int, int, int, int]] = []
    for pk, shown, site_id in rows:
        keys.extend((each, pk) for each in numbers(shown.keys, site_id))
        ranges.extend((number(name), low, high, pk) for name, low, high in merged(shown.ranges))
    insert_rows(OutputKey, ("key", "output_id"), keys)
    insert_rows(OutputRange, ("list", "lowest", "highest", "output_id"), ranges)


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Return `ranges` with those of the same list that overlap joined."""
    found: list[Range] = []
    for name, low, high in sorted(ranges):
        if found and found[-1][0] == name and low <= found[-1][2]:
            found[-1] = (name, found[-1][1], max(high, found[-1][2]))
        else:
            found.append((name, low, high))
    return found


def distrust(site_id: int, names: Iterable[Name]) -> None:
    """Forget the bytes of outputs whose files are not what they were: the next batch writes them whatever they are."""
    for name, entry in entries(site_id, names).items():
        files = [[path, "", 0] for path, _digest, _size in entry.files]
        Output.objects.filter(site_id=site_id, kind=name.kind, ident=name.ident).update(files=files)
