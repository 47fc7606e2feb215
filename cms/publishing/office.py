"""The office a request or a page belongs to, as everything else sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest
from wagtail.models import Page, Site

from cms.publishing import epoch, recording


@dataclass(frozen=True)
class Link:
    """A link of a menu or a contact list; `url` is absolute or root-relative."""

    text: str
    url: str
    kind: str = ""


@dataclass(frozen=True)
class Office:
    """One institution's site: what every page shows of it, and where its pages live."""

    site_id: int
    page_id: int
    uuid: str
    hostname: str
    root_url: str
    path: str
    url_path: str
    name: str
    short_name: str
    code: str
    level: str
    dateline: str
    zone: ZoneInfo
    zone_name: str
    description: str = ""
    city: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    email: str = ""
    logo_id: int | None = None
    social: tuple[Link, ...] = ()
    main_menu: tuple[Link, ...] = ()
    footer_menu: tuple[Link, ...] = ()
    parent: Link | None = None
    child_sites: tuple[int, ...] = ()  # ids of the sites of the offices directly below
    is_demo: bool = False
    epoch: int = field(default=0, compare=False)

    def place_in_menu(self, path: str) -> str:
        """Return what of `path` the main menu can show: an entry's address, `entry*` below it, or "".

        Every page with the same place has the same masthead.
        """
        entries = [link.url for link in self.main_menu]
        if path in entries:
            return path
        above = [url for url in entries if len(url) > 1 and path.startswith(url)]
        return f"{max(above, key=len)}*" if above else ""


_reader: Callable[[Site, int], Office | None] | None = None


def register_office_reader(reader: Callable[[Site, int], Office | None]) -> None:
    """Let the layer that owns the office's page say how one is read: `reader(site, epoch)`."""
    global _reader
    _reader = reader


_names: Callable[[], dict[int, str]] = dict


def register_office_names(names: Callable[[], dict[int, str]]) -> None:
    """Let the layer that owns the office's page say by site what offices are called, in one query."""
    global _names
    _names = names


def office_names() -> dict[int, str]:
    """Return by site what offices are called, for who would read whole offices for no more than that."""
    return _names()


def office_of_site(site: Site, number: int | None = None) -> Office | None:
    """Return the office whose site this is; None if its root is not an office.

    What it is made of is recorded by its shell (cms.publishing.shell); who shows it depends on `office:<site>`.
    """
    number = epoch.current() if number is None else number
    recording.note(f"office:{site.pk}")
    with recording.aside():
        return epoch.remembered(number, ("office", site.pk), lambda: read_office(site, number))


def read_office(site: Site, number: int) -> Office | None:
    """Read an office from the database and record what it is made of."""
    with recording.reading():
        return _reader(site, number) if _reader else None


def office_for_request(request: HttpRequest) -> Office:
    """Return the office the request's host names; one query once warm.

    Raises Http404 where no site answers to the host.
    """
    known = getattr(request, "_warta_office", None)
    if known is not None:
        return known
    number = epoch.current()
    host = request.get_host()
    with recording.reading():
        site = epoch.remembered(number, ("site", host), lambda: Site.find_for_request(request))
    office = office_of_site(site, number) if site else None
    if office is None:
        raise Http404
    request._wagtail_site = site  # ty: ignore[unresolved-attribute]  # Wagtail's own memo of the same answer
    request._warta_office = office  # ty: ignore[unresolved-attribute]
    return office


def office_of_page(page: Page, number: int | None = None) -> Office | None:
    """Return the office below whose front page `page` lies (or which it is)."""
    number = epoch.current() if number is None else number
    roots = epoch.remembered(
        number,
        "roots",
        lambda: {site.root_page.path: site for site in Site.objects.select_related("root_page")},
    )
    lengths = range(len(page.path), 0, -Page.steplen)
    site = next((roots[page.path[:length]] for length in lengths if page.path[:length] in roots), None)
    return office_of_site(site, number) if site else None
