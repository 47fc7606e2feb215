"""Addresses readers knew: a stub at each for hosts that know nothing, and one list for servers that do."""

from collections.abc import Iterator, Mapping, Sequence

from django.template import engines
from jinja2 import Template

from cms.publishing import recording
from cms.publishing.for_servers import BELOW, GONE, LIST, NGINX, NGINX_FOR_NOW, REST, Lead, lists_of
from cms.publishing.ground import Ground, redirects_of
from cms.publishing.many_rows import in_chunks
from cms.publishing.models import FormerAddress, FormerList
from cms.publishing.office import Office
from cms.publishing.outputs import File, Made, Stage
from cms.publishing.ways import Way, paths_of, way_on, ways_of

_AT_ONCE = 200  # stubs whose rows are read together


class Redirects:
    """The list of all old addresses, as `_redirects` and as maps for nginx."""

    name = "redirects"
    stage = Stage.STUB

    def idents(self, office: Office) -> Sequence[str]:
        """Return the one there is."""
        return [""]

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Write every old address with where it leads."""
        recording.note("redirects")
        recording.note(f"left:{office.site_id}")
        lines = dict(map(_line, ways_of(office)))
        files = [File(name, content) for name, content in lists_of(lines).items()]
        yield Made("", files, waits=not files)

    def find(self, office: Office, path: str) -> str | None:
        """Return the ident of the list."""
        return "" if path in (LIST, NGINX, NGINX_FOR_NOW) else None


def _line(way: Way) -> tuple[str, Lead]:
    if not way.with_below:
        return way.path, Lead(way.target or GONE, way.is_for_now)
    return f"{way.path}{BELOW}", Lead(f"{way.target}{REST}" if way.target else GONE, way.is_for_now)


class Stubs:
    """A page at an old address that sends the reader on; only where there is somewhere to go."""

    name = "stub"
    stage = Stage.STUB

    def idents(self, office: Office) -> Iterator[str]:
        """Yield the ident of every old address, also of those that lead nowhere yet."""
        for model in (FormerAddress, FormerList):
            left = model.objects.filter(site_id=office.site_id).order_by("path")
            yield from left.values_list("ident", flat=True)
        yield from (f"r{pk}" for pk in redirects_of(office).values_list("pk", flat=True))

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make the stubs of old addresses that lead somewhere."""
        template = engines["jinja2"].env.get_template("errors/moved.html")
        for part in in_chunks(idents, _AT_ONCE):
            paths = paths_of(office, part)
            yield from self._made(template, Ground(office, list(paths.values())), paths, part)

    def _made(
        self, template: Template, ground: Ground, paths: Mapping[str, str], idents: Sequence[str]
    ) -> Iterator[Made]:
        for ident in idents:
            path = paths.get(ident)
            recording.note(f"way:{path or ident}")
            way = way_on(ground, path) if path else None
            files = []
            if way and way.target and way.ident == ident and way.path == path and not way.is_notice:
                content = template.render(way=way, office=ground.office)
                files = [File(f"{path.strip('/')}/index.html", content.encode())]
            yield Made(ident, files, waits=not files)

    def find(self, office: Office, path: str) -> None:
        """Live, Django redirects."""
        return None
