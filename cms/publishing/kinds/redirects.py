"""Addresses readers knew: a stub at each for hosts that know nothing, and one list for servers that do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.template import engines
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.publishing import recording
from cms.publishing.models import FormerAddress
from cms.publishing.office import Office
from cms.publishing.outputs import File, Made, Stage
from cms.publishing.restrictions import restricted_paths

LIST, NGINX = "_redirects", "nginx-redirects.map"
# What may stand unquoted in both lists.
_PLAIN = re.compile(r"/[\w./~%-]*/")
_UNSAFE = re.compile(r"[\s\"\\;{}$]")


@dataclass(frozen=True)
class Way:
    """Where an old address leads; `target` is None where nothing is left."""

    ident: str
    path: str
    target: str | None


class Redirects:
    """The list of all old addresses, as `_redirects` and as a map for nginx."""

    name = "redirects"
    stage = Stage.LIST

    def idents(self, office: Office) -> Sequence[str]:
        """Return the one there is."""
        return [""]

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Write every old address with where it leads."""
        recording.note("redirects")
        recording.note(f"left:{office.site_id}")
        ways = ways_of(office)
        lines = [f"{way.path} {way.target or '/410.html'} {301 if way.target else 410}" for way in ways]
        entries = [f'"{way.path}" "{way.target or "410"}";' for way in ways]
        files = [File(LIST, _text(lines)), File(NGINX, _text(entries))] if ways else []
        yield Made("", files, waits=not files)

    def find(self, office: Office, path: str) -> str | None:
        """Return the ident of the list."""
        return "" if path in (LIST, NGINX) else None


class Stubs:
    """A page at an old address that sends the reader on; only where there is somewhere to go."""

    name = "stub"
    stage = Stage.LIST

    def idents(self, office: Office) -> Iterator[str]:
        """Yield the ident of every old address, also of those that lead nowhere yet."""
        left = FormerAddress.objects.filter(site_id=office.site_id).order_by("path")
        yield from left.values_list("ident", flat=True)
        yield from (f"r{pk}" for pk in _redirects_of(office).values_list("pk", flat=True))

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make the stubs of old addresses that lead somewhere."""
        template = engines["jinja2"].env.get_template("errors/moved.html")
        for ident in idents:
            recording.note("redirects")
            way = next(iter(ways_of(office, ident)), None)
            files = []
            if way and way.target:
                content = template.render(target=way.target, office=office)
                files = [File(f"{way.path.strip('/')}/index.html", content.encode())]
            yield Made(ident, files, waits=not files)

    def find(self, office: Office, path: str) -> None:
        """Live, Django redirects."""
        return None


def _text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def ways_of(office: Office, ident: str | None = None) -> list[Way]:
    """Return every old address of an office (or the one called `ident`) that no page has now, by path.

    A page beats a redirect, a redirect beats an address that was only left.
    """
    with recording.reading():
        redirected = {way.path: way for way in _redirected(office)}
        ways = {way.path: way for way in _left(office, ident)} | redirected
        ways = {path: way for path, way in ways.items() if ident in (None, way.ident)}
        taken = _taken(office, list(ways))
    return [ways[path] for path in sorted(ways) if path not in taken]


def _left(office: Office, ident: str | None) -> Iterator[Way]:
    rows = FormerAddress.objects.filter(site_id=office.site_id).order_by("path")
    rows = list(rows.filter(ident=ident) if ident else rows)
    pages = Page.objects.in_bulk({row.page_id for row in rows})
    for row in rows:
        recording.note(f"page:{row.page_id}")
        page = pages.get(row.page_id)
        if page is not None and page.live and _is_private(page, office):
            continue  # its name is nobody's business
        yield Way(row.ident, row.path, _target(page, office) if page else None)


def _redirects_of(office: Office) -> QuerySet[Redirect]:
    return Redirect.objects.filter(Q(site_id=office.site_id) | Q(site=None)).order_by("pk")


def _redirected(office: Office) -> Iterator[Way]:
    for row in _redirects_of(office).select_related("redirect_page"):
        page = row.redirect_page
        if page:
            recording.note(f"page:{page.pk}")
        target = _target(page, office) if page else row.redirect_link
        path = f"{row.old_path.rstrip('/')}/"
        if target and path != "/" and _PLAIN.fullmatch(path) and not _UNSAFE.search(target):
            yield Way(f"r{row.pk}", path, target)


def _target(page: Page, office: Office) -> str | None:
    """Return the address of a page anybody may read, relative on the same site; None if there is none."""
    if not page.live or _is_private(page, office):
        return None
    if page.path.startswith(office.path):
        return f"/{page.url_path[len(office.url_path) :]}"
    return page.full_url


def _is_private(page: Page, office: Office) -> bool:
    return any(page.path.startswith(path) for path in restricted_paths(office.epoch))


def _taken(office: Office, paths: Sequence[str]) -> set[str]:
    """Return the addresses a page answers at: a page beats a redirect, a redirect beats "gone"."""
    found: set[str] = set()
    for path in paths:
        recording.note(f"address:{office.site_id}:{path}")
    wanted = [f"{office.url_path}{path.lstrip('/')}" for path in paths]
    for start in range(0, len(wanted), 400):
        live = Page.objects.filter(
            live=True, path__startswith=office.path, url_path__in=wanted[start : start + 400]
        )
        found |= {f"/{url[len(office.url_path) :]}" for url in live.values_list("url_path", flat=True)}
    return found
