"""What machines read of the news: an Atom feed for everything and for each section, and the sitemaps."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

from django.template import engines

from cms.publishing import recording
from cms.publishing.office import Office
from cms.publishing.outputs import File, Made, Stage
from news import listing
from news.article_lists import ArticleList, article_list, month_bounds, read_front, readable
from news.cards import article_url, section_url
from news.corrections import Correction, changed_at, corrections_by_id
from news.listed import ListedArticle, listed
from news.models import NewsArticlePage, Section
from news.month_runs import When, month_of, runs
from news.months import months_of
from news.outputs.lists import slug_of_section

Address = tuple[str, dt.datetime | None]  # of a page, and when it changed


class Entry(NamedTuple):
    """One article of a feed."""

    page: ListedArticle
    url: str
    changed_at: dt.datetime
    corrections: Sequence[Correction]


FEED = 20  # articles
FRESH = dt.timedelta(days=2)  # how long search engines take an article for news


class Feeds:
    """Atom (RFC 4287): "" of everything at `/feed.xml`, "5" of section 5 at `/rubrik/x/feed.xml`."""

    name = "feed"
    stage = Stage.LIST

    def idents(self, office: Office) -> Sequence[str]:
        """Return the feed of everything and one for each section."""
        pks = Section.objects.filter(site_id=office.site_id).order_by("pk").values_list("pk", flat=True)
        return ["", *map(str, pks)]

    def find(self, office: Office, path: str) -> str | None:
        """Return the ident of the feed at `path`."""
        if path == "feed.xml":
            return ""
        head, _slash, name = path.rpartition("/")
        if name != "feed.xml" or not head.startswith("rubrik/"):
            return None
        found = Section.objects.filter(site_id=office.site_id, slug=head.removeprefix("rubrik/"))
        pk = found.values_list("pk", flat=True).first()
        return str(pk) if pk else None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make feeds of the newest articles."""
        for ident in idents:
            content = feed(office, ident)
            yield Made(ident, [content] if content else [])


def feed(office: Office, ident: str) -> File | None:
    """Return one feed; None for a section that is gone."""
    section = None
    if ident:
        if slug_of_section(office, ident) is None:
            return None
        with recording.reading():
            section = Section.objects.get(pk=int(ident))
    of = ArticleList(office, section=section)
    pages = read_front(of.name, of.articles(), FEED)
    for page in pages:
        recording.note(f"section:{page.section_id or 0}")
    home = section_url(section.slug) if section else "/"
    context = {
        "id": _id_of(office, ident),
        "office": office,
        "title": f"{section.name} - {office.name}" if section else office.name,
        "home": f"{office.root_url}{home}",
        "address": f"{office.root_url}{home}feed.xml",
        "entries": _entries(pages, office),
    }
    return File(f"{home.lstrip('/')}feed.xml", _xml("feeds/atom.xml", context))


def _entries(pages: Sequence[ListedArticle], office: Office) -> list[Entry]:
    """Return what a feed tells of `pages`; a correction is part of its page, so the list covers it."""
    with recording.reading():
        ids = NewsArticlePage.objects.filter(pk__in=[page.pk for page in pages]).order_by()
        known = corrections_by_id(ids.values_list("pk", "alias_of_id"))
    made = [(page, known.get(page.pk, [])) for page in pages]
    return [
        Entry(page, f"{office.root_url}{article_url(page, office)}", changed_at(page, told), told)
        for page, told in made
    ]


def _id_of(office: Office, ident: str) -> str:
    """Return what a feed is called for ever (RFC 4287, 4.2.6), whatever its address or its section's name becomes."""
    return uuid5(UUID(office.uuid), f"feed:{ident}").urn


class Sitemaps:
    """sitemaps.org: "index" names the others, "pages" what is not news, "news" the last two days, "2026-11" a month."""

    name = "sitemap"
    stage = Stage.LIST

    def idents(self, office: Office) -> Sequence[str]:
        """Return those that are there from the first day; months are told of by their articles."""
        return ["index", "pages", "news"]

    def find(self, office: Office, path: str) -> str | None:
        """Return the ident of the sitemap at `path`."""
        if path == "sitemap.xml":
            return "index"
        is_one = path.startswith("sitemap-") and path.endswith(".xml") and "/" not in path
        return path.removeprefix("sitemap-").removesuffix(".xml") if is_one else None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make sitemaps."""
        months = _articles_by_month(office, idents)
        for ident in idents:
            made = self._made(office, ident, months)
            yield Made(ident, [made] if made else [])

    def _made(self, office: Office, ident: str, months: Mapping[str, Sequence[Address]]) -> File | None:
        if ident in _FIXED:
            return _FIXED[ident](office)
        if ident not in months:  # no month at all
            return None
        recording.note_range(article_list(office.site_id), *month_bounds(*month_of(ident), office))
        return _addresses(office, ident, months[ident]) if months[ident] else None


def _index(office: Office) -> File:
    indexed = ArticleList(office, is_indexed=True)  # a month of nothing else has no sitemap
    names = ["pages", "news", *(f"{month.year:04}-{month.month:02}" for month in months_of(indexed))]
    context = {"addresses": [f"{office.root_url}/sitemap-{name}.xml" for name in names]}
    return File("sitemap.xml", _xml("feeds/sitemap_index.xml", context))


def _pages_file(office: Office) -> File:
    return _addresses(office, "pages", _pages(office))


def _addresses(office: Office, ident: str, entries: Sequence[Address]) -> File:
    return File(f"sitemap-{ident}.xml", _xml("feeds/sitemap.xml", {"office": office, "entries": entries}))


_page_lists: list = []


def register_sitemap_pages(list_pages: object) -> None:
    """Let `list_pages(office)`, which records what it shows, name addresses that are not articles."""
    _page_lists.append(list_pages)


def _pages(office: Office) -> list[Address]:
    """Return the pages of the office, then its sections and topics that have articles."""
    paths = [path for list_pages in _page_lists for path in list_pages(office)]
    paths += [section_url(section.slug) for section in listing.sections(office)]
    paths += ["/topik/", *(subject.url for subject in listing.topics(office))]
    return [(f"{office.root_url}{path}", None) for path in paths]


def _articles_by_month(office: Office, idents: Iterable[str]) -> dict[str, list[Address]]:
    """Return address and time of change of the articles of each ident that is a month; neighbours are read together."""
    months = {ident: month_of(ident) for ident in idents if ident not in _FIXED and _is_month(office, ident)}
    found: dict[When, list[Address]] = {month: [] for month in months.values()}
    begin = len(office.url_path)
    for first, last in runs(months.values()):
        with recording.reading():
            articles = readable(office).filter(is_fictional=False).in_months(first, last, office.zone)
            rows = list(articles.values_list("url_path", "updated_at", "published_at"))
        for path, updated, published in rows:
            day = published.astimezone(office.zone)
            if (day.year, day.month) in found:
                found[day.year, day.month].append((f"{office.root_url}/{path[begin:]}", updated or published))
    return {ident: found[month] for ident, month in months.items()}


def _is_month(office: Office, ident: str) -> bool:
    try:
        month_bounds(*month_of(ident), office)
    except ValueError:
        return False
    return True


def _news(office: Office) -> File:
    """Return the sitemap of what search engines take for news, true until its oldest entry is too old."""
    name, now = article_list(office.site_id), recording.now()
    recording.note_range(name, recording.first_position(now - FRESH), recording.HIGHEST)
    with recording.reading():
        pages = listed(readable(office).filter(published_at__gt=now - FRESH, is_fictional=False))
    shown = [page for page in pages if not recording.passed(page.published_at + FRESH)]
    context = {
        "office": office,
        "entries": [(page, f"{office.root_url}{article_url(page, office)}") for page in shown],
    }
    return File("sitemap-news.xml", _xml("feeds/sitemap_news.xml", context))


_FIXED: dict[str, Callable[[Office], File]] = {"index": _index, "pages": _pages_file, "news": _news}


def _xml(template: str, context: dict[str, object]) -> bytes:
    return engines["jinja2"].env.get_template(template).render(context).encode()
