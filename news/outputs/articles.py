"""The published files of articles, and where articles stand in lists."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cms.publishing import companions, recording
from cms.publishing.lookup import Lookup
from cms.publishing.many_rows import in_chunks
from cms.publishing.office import Office
from cms.publishing.outputs import File, Made, Name, Stage, Trace
from cms.publishing.restrictions import restricted_paths
from news import article_lists
from news.body import data_files
from news.models import Correction, NewsArticlePage
from news.preloading import Around, attach, readable_articles, render_article
from news.presenting import present

CHUNK = 500  # articles held together
TOGETHER = 900  # traces of articles made together, below the number of variables any SQLite takes
MANY = 3  # from here on what stands around articles is read for all of them instead of for each


class Articles:
    """An article's page, its twin and the CSV of its tables; the ident is the page's id."""

    name = "article"
    stage = Stage.PAGE
    of_page = True

    def idents(self, office: Office) -> Sequence[str]:
        """Return none: every article tells of its own page (`trace_articles`)."""
        return []

    def find(self, office: Office, path: str) -> str | None:
        """Return the id of the article whose twin lies at `path`."""
        folder, _slash, name = path.rpartition("/")
        if name != "index.json":
            return None
        found = NewsArticlePage.objects.readable_in(office).filter(url_path=f"{office.url_path}{folder}/")
        pk = found.values_list("pk", flat=True).first()
        return str(pk) if pk else None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make the files of articles; one nobody may read has none."""
        look = Lookup(office.epoch, office.hostname, office.zone)
        around = Around(office) if len(idents) >= MANY else None
        for part in in_chunks(idents, CHUNK):
            with recording.reading(), recording.aside():  # each page records what it shows of this
                pages = list(readable_articles(office).filter(pk__in=[int(ident) for ident in part]))
                attach(pages, look)
                if around:
                    around.load(pages, look)
                beside = companions.prepare(pages, office)
            by_ident = {str(page.pk): page for page in pages}
            for ident in part:
                page = by_ident.get(ident)
                yield Made(ident, _files(page, office, look, around, beside) if page else [])


def _files(page: NewsArticlePage, office: Office, look: Lookup, around: Around | None, beside) -> list[File]:  # noqa: ANN001
    recording.note(f"page:{page.pk}")
    view = present(page, office, look, around.around if around else None)
    base = view.url.lstrip("/")
    html = render_article(view)
    tables = data_files(page.body.raw_data)
    return [
        File(f"{base}index.html", html.encode()),
        *beside(page, base, view.body_html),
        *(File(f"{base}{table.name}", table.content.encode()) for table in tables),
    ]


def trace_articles(office: Office, ids: Sequence[int] | None) -> Iterator[tuple[int, Trace]]:
    """Yield where the readable articles of an office stand, newest first when all of them are asked for."""
    for part in in_chunks(_all_ids(office) if ids is None else ids, TOGETHER):
        yield from _trace_part(office, part)


def _all_ids(office: Office) -> list[int]:
    with recording.reading():
        articles = NewsArticlePage.objects.readable_in(office).exclude(published_at=None)
        return list(articles.newest_first().values_list("pk", flat=True))


_COLUMNS = ("pk", "path", "url_path", "section_id", "published_at", "kind", "is_pinned", "is_fictional")


def _trace_part(office: Office, ids: Sequence[int]) -> Iterator[tuple[int, Trace]]:
    restricted_paths(office.epoch)
    with recording.reading():
        articles = NewsArticlePage.objects.readable_in(office).exclude(published_at=None).filter(pk__in=ids)
        through = NewsArticlePage.topics.through.objects.filter(newsarticlepage_id__in=ids).order_by()
        topics: dict[int, list[int]] = defaultdict(list)
        for page, topic in through.values_list("newsarticlepage_id", "topic_id"):
            topics[page].append(topic)
        rows = list(articles.newest_first().values_list(*_COLUMNS))
        made = corrected(ids)
    for row in rows:
        trace = _trace(office, row, sorted(topics.get(row[0], ())))
        _trace_corrections(trace, row[0], made.get(row[0], ()))
        yield row[0], trace


def corrected(ids: Sequence[int]) -> dict[int, list[tuple]]:
    """Return office, year and version of the corrections of articles; an alias has those of its source."""
    found: dict[int, list[tuple]] = defaultdict(list)
    columns = ("page_id", "site_id", "year", "version", "is_erased")
    of = Correction.objects.filter(page_id__in=ids).order_by("pk")
    for pk, *rest in of.values_list(*columns):
        found[pk].append(tuple(rest))
    of = Correction.objects.filter(page__aliases__in=ids).order_by("pk")
    for pk, *rest in of.values_list("page__aliases__pk", *columns[1:]):
        found[pk].append(tuple(rest))
    return found


def _trace_corrections(trace: Trace, pk: int, made: Sequence[tuple]) -> None:
    """Add the register of corrections an article stands in, and the pages of its earlier texts."""
    for site_id, year, version, is_erased in made:
        if version and not is_erased:
            trace.outputs.add(Name("version", f"{pk}.{version}"))
        if site_id == trace.site_id:
            trace.keys |= {f"corrections@{site_id}", f"corrections@{site_id}:{year}"}
            trace.outputs.add(Name("corrections", str(year)))


def _trace(office: Office, row: tuple, topics: Sequence[int]) -> Trace:
    pk, path, url_path, section, published_at, kind, is_pinned, is_fictional = row
    place, site = recording.position(published_at, pk), office.site_id
    lists = [article_lists.article_list(site), article_lists.section_list(section, site)]
    lists += [article_lists.topic_list(topic, site) for topic in topics]
    lists += [article_lists.notice_list(site)] if kind in NewsArticlePage.NOTICE_KINDS else []
    lists += [article_lists.pinned_list(site)] if is_pinned else []
    lists += [] if is_fictional else [article_lists.indexed_list(site)]
    shelves = ["", *([f"s{section}"] if section else []), *(f"t{topic}" for topic in topics)]
    month = f"{published_at.astimezone(office.zone):%Y-%m}"
    address = f"/{url_path[len(office.url_path) :]}"
    return Trace(
        site,
        {f"page:{pk}", f"address:{site}:{address}", f"below:{path[:-4]}"},
        {(name, place) for name in lists},
        {
            Name("article", str(pk)),
            Name("archive", month[:4]),
            *([] if is_fictional else [Name("sitemap", month)]),
            *(Name("topic", str(topic)) for topic in topics),
            *(Name("archive", shelf) for shelf in shelves),
            *(Name("month", f"{shelf}/{month}" if shelf else month) for shelf in shelves),
        },
    )
