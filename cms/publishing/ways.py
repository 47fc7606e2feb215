"""Where old addresses lead: those pages have left, those editors redirect, and lists that moved with all below them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.db.models import Q, QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.publishing import former_lists, recording
from cms.publishing.for_servers import TWIN
from cms.publishing.models import FormerAddress, FormerList
from cms.publishing.office import Office
from cms.publishing.old_addresses import is_free
from cms.publishing.restrictions import restricted_paths

_UNSAFE = re.compile(r"[\s\"\\;{}$]")


@dataclass(frozen=True)
class Way:
    """Where an old address leads; `target` is None where nothing is left.

    `ident` names the stub at the address. `with_below`: from what lies below it one comes to the same below `target`.
    """

    ident: str
    path: str
    target: str | None
    with_below: bool = False

    @property
    def folder(self) -> str:
        """Return the address of what it is about: for a twin, that of its page."""
        return self.path.removesuffix(TWIN)


def ways_of(office: Office) -> list[Way]:
    """Return every old address of an office that nothing has now: single ones by path, then lists by path.

    A page or a list beats a redirect, a redirect beats an address that was only left.
    """
    with recording.reading():
        single = _single(office)
        return _free(office, [*(single[path] for path in sorted(single)), *_lists(office)])


def way_at(office: Office, path: str) -> Way | None:
    """Return where the address `path` leads; None where nobody knew it, or something stands there now."""
    if "\0" in path:
        return None  # PostgreSQL refuses to look for it
    is_twin = path.endswith(f"/{TWIN}")
    folder = path.removesuffix(TWIN) if is_twin else f"{path.rstrip('/')}/"
    with recording.reading():
        found = _single(office, folder).get(f"{folder}{TWIN}" if is_twin else folder)
        ways = _free(office, [found] if found else [*_lists(office, path)])
    return next((_followed(way, path) for way in ways), None)


def path_of(office: Office, ident: str) -> str | None:
    """Return the old address whose stub is called `ident`; None if there is none."""
    with recording.reading():
        if ident.startswith("r"):
            row = redirects_of(office).filter(pk=int(ident[1:])).first()
            return _path(row) if row else None
        model = FormerList if ident.startswith("l") else FormerAddress
        left = model.objects.filter(site_id=office.site_id, ident=ident)
        return left.values_list("path", flat=True).first()


def redirects_of(office: Office) -> QuerySet[Redirect]:
    """Return the redirects editors have made for an office, or for all."""
    return Redirect.objects.filter(Q(site_id=office.site_id) | Q(site=None)).order_by("pk")


def _followed(way: Way, path: str) -> Way:
    if not (way.with_below and way.target):
        return way
    return replace(way, target=f"{way.target}{quote(path[len(way.path) :])}")


def _single(office: Office, path: str | None = None) -> dict[str, Way]:
    """Return the ways from single addresses, or only those from that of one page and of its twin."""
    found = {way.path: way for way in _left(office, path)}
    for way in _redirected(office, path):
        if way.path in found or not way.path.endswith(TWIN):  # no address of another site had a twin of ours
            found[way.path] = way
    return found


def _left(office: Office, path: str | None) -> Iterator[Way]:
    rows = FormerAddress.objects.filter(site_id=office.site_id).order_by("path")
    rows = list(rows.filter(path=path) if path else rows)
    pages = Page.objects.in_bulk({row.page_id for row in rows})
    for row in rows:
        recording.note(f"page:{row.page_id}")
        page = pages.get(row.page_id)
        if page is not None and page.live and _is_private(page, office):
            continue  # its name is nobody's business
        target = _target(page, office) if page else None
        yield Way(row.ident, row.path, target)
        yield Way(row.ident, f"{row.path}{TWIN}", f"{target}{TWIN}" if target else None)


def _redirected(office: Office, path: str | None) -> Iterator[Way]:
    rows = redirects_of(office).select_related("redirect_page")
    for row in rows.filter(old_path__in=[path, path.rstrip("/")]) if path else rows:
        page = row.redirect_page
        if page:
            recording.note(f"page:{page.pk}")
        target = _target(page, office) if page else row.redirect_link
        here = _path(row)
        if target and is_free(here) and not _UNSAFE.search(target):
            yield Way(f"r{row.pk}", here, target)
            if page:
                yield Way(f"r{row.pk}", f"{here}{TWIN}", f"{target}{TWIN}")


def _path(row: Redirect) -> str:
    return f"{row.old_path.rstrip('/')}/"


def _lists(office: Office, path: str | None = None) -> Iterator[Way]:
    """Yield the ways from what lists have left, or only from that at or above one address."""
    rows = FormerList.objects.filter(site_id=office.site_id).order_by("path")
    if path is not None:
        above = [
            f"{lists.root}{path.removeprefix(lists.root).partition('/')[0]}/"
            for lists in former_lists.known()
            if path.startswith(lists.root)
        ]
        rows = rows.filter(path__in=above) if above else rows.none()
    rows = list(rows)
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        ids[row.kind].add(row.row_id)
    now = {
        each.name: each.standing(office, ids[each.name]) for each in former_lists.known() if ids[each.name]
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


def _free(office: Office, ways: Iterable[Way]) -> list[Way]:
    """Return the ways from where nothing stands now."""
    ways = list(ways)
    taken = _taken(office, sorted({way.folder for way in ways}))
    return [way for way in ways if way.folder not in taken]


def _taken(office: Office, paths: Sequence[str]) -> set[str]:
    """Return the addresses at which a page or a list answers."""
    found: set[str] = set()
    for path in paths:
        recording.note(f"address:{office.site_id}:{path}")
    wanted = [f"{office.url_path}{path.lstrip('/')}" for path in paths]
    for start in range(0, len(wanted), 400):
        live = Page.objects.filter(
            live=True, path__startswith=office.path, url_path__in=wanted[start : start + 400]
        )
        found |= {f"/{url[len(office.url_path) :]}" for url in live.values_list("url_path", flat=True)}
    for lists in former_lists.known():
        if below := [path for path in paths if path.startswith(lists.root)]:
            found |= lists.taken(office, below)
    return found
