"""What stands at old addresses, or stood there: read for many together, each table when it is first asked for."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from django.db.models import Q, QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.publishing import former_lists
from cms.publishing.beside_pages import names_beside
from cms.publishing.for_servers import BELOW, TWIN
from cms.publishing.many_rows import in_chunks
from cms.publishing.models import FormerAddress, FormerList
from cms.publishing.office import Office

_AT_ONCE = 400  # addresses in one query
_DEEPEST = 4  # steps from the address of a page to what belongs to it: /berita/arsip/2026/03/


# Where pages were taken down but their address tells why: the address, by the id of the page.
_noticed: list[Callable[[Office], Mapping[int, str]]] = []


def register_notices(noticed: Callable[[Office], Mapping[int, str]]) -> None:
    """Let `noticed(office)` say which addresses keep a notice (an output of an upper layer), by page id."""
    _noticed.append(noticed)


class Ground:
    """The rows that say where addresses of an office lead; records nothing, that is for who reads one of them."""

    def __init__(self, office: Office, paths: Collection[str] | None = None) -> None:
        """Take the addresses that will be asked for (a few hundred); None for all the office ever had."""
        self.office = office
        self._paths = paths

    @property
    def _folders(self) -> list[str]:
        return sorted({folder_of(path) for path in self._paths or ()})

    @cached_property
    def left(self) -> dict[str, FormerAddress]:
        """Return the addresses pages have left, in order."""
        rows = FormerAddress.objects.filter(site_id=self.office.site_id).order_by("path")
        if self._paths is not None:
            rows = rows.filter(
                path__in=sorted({above for path in self._paths for above in pages_above(path)})
            )
        return {row.path: row for row in rows}

    @cached_property
    def pages(self) -> dict[int, Page]:
        """Return the pages that have left them and are still there."""
        return Page.objects.in_bulk({row.page_id for row in self.left.values()})

    @cached_property
    def notices(self) -> dict[int, str]:
        """Return the addresses that keep a notice, by the id of the page that was there."""
        return {pk: path for noticed in _noticed for pk, path in noticed(self.office).items()}

    @cached_property
    def redirects(self) -> dict[str, list[Redirect]]:
        """Return what editors redirect, by address."""
        rows = redirects_of(self.office).select_related("redirect_page")
        if self._paths is not None:
            both = [form for folder in self._folders for form in (folder, folder.rstrip("/"))]
            rows = rows.filter(old_path__in=both)
        found: dict[str, list[Redirect]] = {}
        for row in rows:
            found.setdefault(address_of(row), []).append(row)
        return found

    @cached_property
    def lists(self) -> dict[str, FormerList]:
        """Return the addresses lists have left, in order."""
        rows = FormerList.objects.filter(site_id=self.office.site_id).order_by("path")
        if self._paths is not None:
            above = {each for path in self._paths for each in lists_above(path)}
            rows = rows.filter(path__in=sorted(above)) if above else rows.none()
        return {row.path: row for row in rows}

    def live(self, paths: Iterable[str]) -> dict[str, int]:
        """Return the ids of the live pages at some addresses, by address."""
        if self._paths is None:
            return self._read_live(paths)
        return {path: self._live[path] for path in paths if path in self._live}

    def within(self, paths: Iterable[str]) -> set[str]:
        """Return which of some addresses belong to a live page above them: its archive, its earlier texts."""
        above = {path: pages_above(path)[1:] for path in paths}
        live = self.live({each for several in above.values() for each in several})
        names = names_beside(live.values())
        below = {page: [f"{page}{name}" for name in names.get(pk, ())] for page, pk in live.items()}
        return {
            path
            for path, several in above.items()
            if any(_is_at(path, name) for page in several for name in below.get(page, ()))
        }

    @cached_property
    def _live(self) -> dict[str, int]:
        above = {each for path in self._paths or () for each in pages_above(path)}
        return self._read_live(sorted(above.union(self.lists)))

    def _read_live(self, paths: Iterable[str]) -> dict[str, int]:
        begin, found = self.office.url_path, {}
        for part in in_chunks((f"{begin}{path.lstrip('/')}" for path in paths), _AT_ONCE):
            live = Page.objects.filter(live=True, path__startswith=self.office.path, url_path__in=part)
            found |= {f"/{url[len(begin) :]}": pk for url, pk in live.values_list("url_path", "pk")}
        return found


def _is_at(path: str, name: str) -> bool:
    return path.startswith(name.removesuffix(BELOW)) if name.endswith(BELOW) else path == name


def folder_of(path: str) -> str:
    """Return the address of the page that is meant by `path`: with a slash, and for a twin that of its page."""
    return path.removesuffix(TWIN) if path.endswith(f"/{TWIN}") else f"{path.rstrip('/')}/"


def pages_above(path: str) -> list[str]:
    """Return the addresses of pages that `path` may mean, or lie below as a part of them, the nearest first."""
    parts = folder_of(path).strip("/").split("/")
    if parts == [""]:
        return ["/"]
    return [f"/{'/'.join(parts[:end])}/" for end in range(len(parts), max(len(parts) - _DEEPEST, 1) - 1, -1)]


def lists_above(path: str) -> list[str]:
    """Return the addresses of the lists at or above which `path` may lie."""
    return [
        f"{lists.root}{path.removeprefix(lists.root).partition('/')[0]}/"
        for lists in former_lists.known()
        if path.startswith(lists.root)
    ]


def redirects_of(office: Office) -> QuerySet[Redirect]:
    """Return the redirects editors have made for an office, or for all."""
    return Redirect.objects.filter(Q(site_id=office.site_id) | Q(site=None)).order_by("pk")


def address_of(row: Redirect) -> str:
    """Return the address a redirect stands at, with its last slash."""
    return f"{row.old_path.rstrip('/')}/"
