"""Where old addresses lead: those pages have left, those editors redirect, and lists that moved with all below them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar
from urllib.parse import quote

from wagtail.models import Page

from cms.publishing import former_lists, recording
from cms.publishing.for_servers import BELOW, TWIN
from cms.publishing.ground import Ground, address_of, folder_of, lists_above, pages_above, redirects_of
from cms.publishing.models import FormerAddress, FormerList
from cms.publishing.office import Office
from cms.publishing.old_addresses import is_free, is_own
from cms.publishing.restrictions import restricted_paths

Row = TypeVar("Row")
_UNSAFE = re.compile(r"[\s\"\\;{}$]")


@dataclass(frozen=True)
class Way:
    """Where an old address leads; `target` is None where nothing is left.

    `ident` names the stub at the address. `with_below`: from what lies below it one comes to the same below `target`.
    `beside`: what the address names below that of its page. `is_for_now`: it may lead elsewhere some day.
    """

    ident: str
    path: str
    target: str | None
    with_below: bool = False
    beside: str = ""
    is_for_now: bool = False

    @property
    def is_notice(self) -> bool:
        """Return whether the address itself tells that nothing else is there any more."""
        return self.target == self.path

    @property
    def folder(self) -> str:
        """Return the address of what it is about: for a twin, that of its page."""
        return self.path.removesuffix(self.beside)


def ways_of(office: Office) -> list[Way]:
    """Return every old address of an office that nothing has now: single ones by path, then lists by path.

    A page or a list beats a redirect, a redirect beats an address that was only left.
    """
    with recording.reading():
        ground = Ground(office)
        single = _single(ground)
        return _free(ground, [*(single[path] for path in sorted(single)), *_lists(ground)])


def way_at(office: Office, path: str) -> Way | None:
    """Return where the address `path` leads; None where nobody knew it, or something stands there now."""
    if "\0" in path:
        return None  # PostgreSQL refuses to look for it
    return way_on(Ground(office, [path]), path)


def way_on(ground: Ground, path: str) -> Way | None:
    """Return the same from rows that were read for many addresses, `path` among them."""
    folder = folder_of(path)
    with recording.reading():
        found = _single(ground, folder).get(f"{folder}{TWIN}" if path.endswith(f"/{TWIN}") else folder)
        ways = _free(ground, [found] if found else [*_around(ground, path), *_lists(ground, path)])
    return next((_followed(way, path) for way in ways), None)


def paths_of(office: Office, idents: Sequence[str]) -> dict[str, str]:
    """Return the old addresses whose stubs are called by `idents`; those that are none any more are missing."""
    redirected = [int(ident[1:]) for ident in idents if ident.startswith("r")]
    with recording.reading():
        rows = redirects_of(office).filter(pk__in=redirected)
        found = {f"r{row.pk}": address_of(row) for row in rows}
        for model in (FormerAddress, FormerList):
            left = model.objects.filter(site_id=office.site_id, ident__in=idents)
            found |= left.values_list("ident", "path")
    return found


def _followed(way: Way, path: str) -> Way:
    if not (way.with_below and way.target):
        return way
    return replace(way, target=f"{way.target}{quote(path[len(way.path) :])}")


def _single(ground: Ground, path: str | None = None) -> dict[str, Way]:
    """Return the ways from single addresses, or only those from that of one page and of its twin."""
    found = {way.path: way for way in _left(ground, path)}
    for way in _redirected(ground, path):
        if way.path in found or not way.path.endswith(TWIN):  # no address of another site had a twin of ours
            found[way.path] = way
    return found


def _around(ground: Ground, path: str) -> Iterator[Way]:
    """Yield the ways from what stood beside pages that have left, where `path` is part of it."""
    asked = f"{path.rstrip('/')}/"
    for above in pages_above(path)[1:]:
        for way in _left(ground, above):
            if way.path in (path, asked) or (way.with_below and asked.startswith(way.path)):
                yield way


def _left(ground: Ground, path: str | None) -> Iterator[Way]:
    office = ground.office
    for row in _at(ground.left, path):
        recording.note(f"page:{row.page_id}")
        page = ground.pages.get(row.page_id)
        if page is not None and page.live and _is_private(page, office):
            continue  # its name is nobody's business
        if is_own(row.path):
            continue  # before pages were refused there, one could stand where a list does
        target = _target(page, office) if page else None
        if target is None and ground.notices.get(row.page_id) == row.path:
            target = row.path
        yield Way(row.ident, row.path, target)
        yield Way(row.ident, f"{row.path}{TWIN}", f"{target}{TWIN}" if target else None, beside=TWIN)
        yield from _beside(row, None if target == row.path else target)


def _beside(row: FormerAddress, target: str | None) -> Iterator[Way]:
    for name in row.beside:
        rest = name.removesuffix(BELOW)
        to = f"{target}{rest}" if target else None
        yield Way(row.ident, f"{row.path}{rest}", to, with_below=name.endswith(BELOW), beside=rest)


def _at(rows: Mapping[str, Row], path: str | None) -> Iterable[Row]:
    if path is None:
        return rows.values()
    return [rows[path]] if path in rows else []


def _redirected(ground: Ground, path: str | None) -> Iterator[Way]:
    rows = sorted(chain.from_iterable(_at(ground.redirects, path)), key=lambda row: row.pk)
    lists = _within(ground, {address_of(row) for row in rows})
    for row in rows:
        page = row.redirect_page
        if page:
            recording.note(f"page:{page.pk}")
        target = _target(page, ground.office) if page else row.redirect_link
        here = address_of(row)
        if target and here not in lists and is_free(here) and not _UNSAFE.search(target):
            way = Way(f"r{row.pk}", here, target, is_for_now=not row.is_permanent)
            yield way
            if page:
                yield replace(way, path=f"{here}{TWIN}", target=f"{target}{TWIN}", beside=TWIN)


def _within(ground: Ground, paths: Collection[str]) -> set[str]:
    """Return the addresses that belong to a page or a list that stands above them: nobody redirects its months."""
    lists = {each for path in paths for each in lists_above(path)}
    for each in lists:
        recording.note(f"way:{each}")  # what a list leaves, it leaves with all that is below
    taken = _taken(ground, sorted(lists.union(each for path in paths for each in pages_above(path)[1:])))
    below = {path for path in paths if taken.intersection(lists_above(path)).difference([path])}
    return below | ground.within(paths)


def _lists(ground: Ground, path: str | None = None) -> Iterator[Way]:
    """Yield the ways from what lists have left, or only from that at or above one address."""
    wanted = None if path is None else set(lists_above(path))
    rows = [row for row in ground.lists.values() if wanted is None or row.path in wanted]
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        ids[row.kind].add(row.row_id)
    now = {
        each.name: each.standing(ground.office, ids[each.name])
        for each in former_lists.known()
        if ids[each.name]
    }
    for row in rows:
        target = now.get(row.kind, {}).get(row.row_id)
        if not _UNSAFE.search(f"{row.path}{target or ''}"):
            yield Way(row.ident, row.path, target, with_below=True)


def _target(page: Page, office: Office) -> str | None:
    """Return the address of a page anybody may read, relative on the same site; None if there is none."""
    if not page.live or _is_private(page, office):
        return None
    if page.path.startswith(office.path):
        return f"/{page.url_path[len(office.url_path) :]}"
    return page.full_url


def _is_private(page: Page, office: Office) -> bool:
    return any(page.path.startswith(path) for path in restricted_paths(office.epoch))


def _free(ground: Ground, ways: Iterable[Way]) -> list[Way]:
    """Return the ways from where nothing stands now."""
    ways = list(ways)
    folders = {way.folder for way in ways} | {way.path for way in ways if way.path.endswith("/")}
    taken = _taken(ground, sorted(folders))
    return [way for way in ways if taken.isdisjoint((way.folder, way.path))]


def _taken(ground: Ground, paths: Sequence[str]) -> set[str]:
    """Return the addresses at which a page or a list answers."""
    for path in paths:
        recording.note(f"address:{ground.office.site_id}:{path}")
    found = set(ground.live(paths)) if paths else set()
    for lists in former_lists.known():
        if below := [path for path in paths if path.startswith(lists.root)]:
            found |= lists.taken(ground.office, below)
    return found
