"""What an office itself adds to its tree: front page, standard pages, error pages, robots.txt."""

from collections.abc import Callable, Collection, Iterator, Sequence

from django.db.models import QuerySet
from django.http import HttpResponse
from wagtail.models import Page

from cms.publishing import companions, recording
from cms.publishing.asking import answer
from cms.publishing.many_rows import in_chunks
from cms.publishing.office import Office
from cms.publishing.outputs import File, Made, Stage, Trace, Tracer, page_trace
from cms.publishing.restrictions import open_pages
from home import errors, views
from home.models import HomePage, StandardPage
from news.body import data_files
from news.outputs.beside import data_beside


class Pages:
    """The pages of one type, by id, with their twins."""

    of_page = True

    def __init__(self, name: str, stage: Stage, model: type[Page], view: Callable[..., HttpResponse]) -> None:
        """Take the kind's name, when its pages move into place, their type and the view that shows them."""
        self.name, self.stage, self._model, self._view = name, stage, model, view

    def idents(self, office: Office) -> Sequence[str]:
        """Return none: each page tells of itself."""
        return []

    def readable(self, office: Office) -> QuerySet[Page]:
        """Return the pages anybody may read on the site of `office`."""
        found = self._model.objects.filter(path__startswith=office.path)
        return open_pages(found, office.epoch).order_by("path")

    def find(self, office: Office, path: str) -> str | None:
        """Return the id of the page whose twin lies at `path`."""
        folder, _slash, name = f"/{path}".rpartition("/")
        if name != "index.json":
            return None
        address = f"{office.url_path}{folder.strip('/')}".rstrip("/")
        pk = self.readable(office).filter(url_path=f"{address}/").values_list("pk", flat=True).first()
        return str(pk) if pk else None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make pages and their twins; one nobody may read has no file."""
        for ident in idents:
            recording.note(f"page:{ident}")
            with recording.reading():
                page = self.readable(office).filter(pk=int(ident)).first()
                beside = companions.prepare([page] if page else [], office)
            if page is None:
                yield Made(ident, [])
                continue
            base = page.url_path[len(office.url_path) :]
            content = answer(self._view, office, f"/{base}", page=page) or b""
            tables = data_files(page.body.raw_data) if isinstance(page, StandardPage) else []
            data = (File(f"{base}{table.name}", table.content.encode()) for table in tables)
            yield Made(ident, [File(f"{base}index.html", content), *beside(page, base), *data])

    def tracer(self) -> Tracer:
        """Return what says where these pages stand."""

        def trace(office: Office, ids: Sequence[int] | None) -> Iterator[tuple[int, Trace]]:
            with recording.reading():
                pages = self.readable(office)
                found = list(pages if ids is None else pages.filter(pk__in=ids))
            for page in found:
                traced = page_trace(page, office, self.name)
                if self._model is HomePage:
                    traced.keys.add("offices")
                yield page.pk, traced

        return trace


class Errors:
    """The pages for an address where nothing is ("404") and where something was ("410")."""

    name = "error"
    stage = Stage.PAGE

    def idents(self, office: Office) -> Sequence[str]:
        """Return both."""
        return ["404", "410"]

    def find(self, office: Office, path: str) -> None:
        """Live, they answer wherever nothing is."""
        return None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make them as the live site shows them."""
        shown = {"404": errors.show_not_found, "410": errors.show_gone}
        for ident in idents:
            content = answer(shown[ident], office, f"/{ident}/")
            yield Made(ident, [File(f"{ident}.html", content or b"")])


class Robots:
    """robots.txt (RFC 9309)."""

    name = "robots"
    stage = Stage.LIST

    def idents(self, office: Office) -> Sequence[str]:
        """Return the one there is."""
        return [""]

    def find(self, office: Office, path: str) -> str | None:
        """Return its ident for its path."""
        return "" if path == "robots.txt" else None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Keep robots out of the newsroom and lead them to the sitemap."""
        lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /cari/", "Disallow: /hitung/", ""]
        lines += [f"Sitemap: {office.root_url}/sitemap.xml", ""]
        yield Made("", [File("robots.txt", "\n".join(lines).encode())])


def list_addresses(office: Office) -> Iterator[str]:
    """Yield the addresses of an office's pages that are not articles, for its sitemap."""
    recording.note(f"pages@{office.site_id}")
    kinds = ("home.HomePage", "home.StandardPage", "news.NewsIndexPage")
    with recording.reading():
        pages = open_pages(Page.objects.filter(path__startswith=office.path), office.epoch).order_by("path")
        known = [model for model in Page.__subclasses__() if model._meta.label in kinds]
        urls = list(pages.type(tuple(known)).values_list("url_path", flat=True))
    yield from (f"/{url[len(office.url_path) :]}" for url in urls)


FRONT = Pages("home", Stage.LIST, HomePage, views.front)
STANDARD = Pages("standard", Stage.PAGE, StandardPage, views.standard)


def data_beside_standing(ids: Collection[int]) -> dict[int, list[str]]:
    """Return the files with the data of tables and charts beside the standing pages among `ids`, by page."""
    found: dict[int, list[str]] = {}
    for part in in_chunks(ids):
        for pk, name in data_beside(StandardPage.objects.all(), part):
            found.setdefault(pk, []).append(name)
    return found
