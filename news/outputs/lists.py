"""The published lists of articles: index, sections, topics, archives, months; made by the views readers get live."""

from collections.abc import Iterator, Mapping, Sequence

from cms.publishing import companions, epoch, recording, tallies
from cms.publishing.asking import answer, page_file
from cms.publishing.office import Office
from cms.publishing.outputs import File, Made, Stage, Trace, page_trace
from news import listing, views
from news.article_lists import ArticleList, article_list, has_any
from news.cards import section_url, topic_url
from news.models import NewsIndexPage, Section, Topic
from news.month_runs import AHEAD, TOGETHER, When, month_of
from news.month_shelf import read_ahead


class Listing:
    """A kind of list; `answer_for` says at which address and by which view each is shown."""

    name = ""
    stage = Stage.LIST

    def idents(self, office: Office) -> Sequence[str]:
        """Return none: every article tells which lists it stands in."""
        return []

    def find(self, office: Office, path: str) -> None:
        """Lists have live views of their own."""
        return None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Ask the live view for each list; one it does not know has no file."""
        for ident in idents:
            found = self.answer_for(office, ident)
            yield Made(ident, [File(page_file(found[0]), found[1])] if found and found[1] else [])

    def answer_for(self, office: Office, ident: str) -> tuple[str, bytes | None] | None:
        """Return address and content of one list; None if there is no such list."""
        raise NotImplementedError


class Indexes:
    """The front of the news: the page itself, by its id, with its twin."""

    name = "index"
    stage = Stage.LIST
    of_page = True

    def idents(self, office: Office) -> Sequence[str]:
        """Return none: the page tells of itself (`trace_indexes`)."""
        return []

    def find(self, office: Office, path: str) -> str | None:
        """Return the id of the index whose twin lies at `path`."""
        folder, _slash, name = path.rpartition("/")
        pages = readable_indexes(office).filter(url_path=f"{office.url_path}{folder}/")
        pk = pages.values_list("pk", flat=True).first() if name == "index.json" else None
        return str(pk) if pk else None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make index pages and their twins."""
        for ident in idents:
            recording.note(f"page:{ident}")
            with recording.reading():
                page = readable_indexes(office).filter(pk=int(ident)).first()
                beside = companions.prepare([page] if page else [], office)
            if page is None:
                yield Made(ident, [])
                continue
            base = page.url_path[len(office.url_path) :]
            content = answer(views.index, office, f"/{base}", page=page) or b""
            yield Made(ident, [File(f"{base}index.html", content), *beside(page, base)])


def readable_indexes(office: Office):  # noqa: ANN201
    """Return the news indexes of an office anybody may read."""
    return NewsIndexPage.objects.live().public().filter(path__startswith=office.path).order_by("path")


def trace_indexes(office: Office, ids: Sequence[int] | None) -> Iterator[tuple[int, Trace]]:
    """Yield where the news indexes of an office stand."""
    with recording.reading():
        pages = readable_indexes(office)
        found = list(pages if ids is None else pages.filter(pk__in=ids))
    for page in found:
        yield page.pk, page_trace(page, office, "index")


class Sections(Listing):
    """The front of each section, by its id."""

    name = "section"

    def idents(self, office: Office) -> Sequence[str]:
        """Return the sections of the office, also those that have nothing yet."""
        pks = Section.objects.filter(site_id=office.site_id).order_by("pk").values_list("pk", flat=True)
        return [str(pk) for pk in pks]

    def answer_for(self, office: Office, ident: str) -> tuple[str, bytes | None] | None:
        """Ask the section's view."""
        slug = slug_of_section(office, ident)
        return (section_url(slug), answer(views.section, office, section_url(slug), slug)) if slug else None


class Topics(Listing):
    """The front of each topic the office has written about, by its id; "" is the list of all topics."""

    name = "topic"

    def idents(self, office: Office) -> Sequence[str]:
        """Return the list of all topics."""
        return [""]

    def answer_for(self, office: Office, ident: str) -> tuple[str, bytes | None] | None:
        """Ask the topic's view, if anything stands there."""
        if not ident:
            return "/topik/", answer(views.topics, office, "/topik/")
        topic = topic_with_articles(office, ident)
        if topic is None:
            return None
        return topic_url(topic.slug), answer(views.topic, office, topic_url(topic.slug), topic.slug)


class Archives(Listing):
    """The months that have articles: "" of all, "2026" of a year, "s5" of a section, "t3" of a topic."""

    name = "archive"

    def idents(self, office: Office) -> Sequence[str]:
        """Return the archive of everything, which is there from the first day."""
        return [""]

    def answer_for(self, office: Office, ident: str) -> tuple[str, bytes | None] | None:
        """Ask the view of the archive."""
        index = listing.news_index(office)
        if ident[:1] in ("s", "t"):
            return _shelf_answer(office, ident, "arsip/", views.section_archive, views.topic_archive)
        if index is None:
            return None
        path = f"{index.url}arsip/{f'{ident}/' if ident else ''}"
        arguments = (index.url.strip("/"), *([int(ident)] if ident else []))
        return path, answer(views.archive, office, path, *arguments)


class Months(Listing):
    """A month: "2026-11" of everything, "s5/2026-11" of a section, "t3/2026-11" of a topic."""

    name = "month"

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Ask the live views, with what stands in some months read together."""
        for part in _by_months(idents, _sizes_of_months(office)):
            read_ahead(office, {month_of(ident) for ident in part})
            yield from super().render(office, part)

    def answer_for(self, office: Office, ident: str) -> tuple[str, bytes | None] | None:
        """Ask the view of the month."""
        shelf, (year, month) = ident.rpartition("/")[0], month_of(ident)
        below = f"arsip/{year:04}/{month:02}/"
        if shelf:
            doors = (views.section_month, views.topic_month)
            return _shelf_answer(office, shelf, below, *doors, year, month)
        index = listing.news_index(office)
        if index is None:
            return None
        path = f"{index.url}{below}"
        return path, answer(views.month, office, path, index.url.strip("/"), year, month)


def _sizes_of_months(office: Office) -> dict[When, int]:
    """Return how many articles stand in each month; nothing outside a batch, which has one month to make."""
    if not tallies.is_known(office.site_id):
        return {}
    found = tallies.months(article_list(office.site_id))
    return {(month.year, month.month): month.count for month in found}


def _by_months(idents: Sequence[str], sizes: Mapping[When, int]) -> Iterator[list[str]]:
    """Yield idents in their order, cut where more would be held together than is kept."""
    part: list[str] = []
    held: set[When] = set()
    count = 0
    for ident in idents:
        month = month_of(ident)
        if month not in held:
            count += sizes.get(month, 0)
            if len(held) == AHEAD or (held and count > TOGETHER):
                yield part
                part, held, count = [], set(), sizes.get(month, 0)
        part.append(ident)
        held.add(month)
    if part:
        yield part


def _shelf_answer(office: Office, shelf: str, below: str, of_section, of_topic, *when: int):  # noqa: ANN001, ANN202
    if shelf[0] == "s":
        slug = slug_of_section(office, shelf[1:])
        path = f"{section_url(slug)}{below}" if slug else ""
        return (path, answer(of_section, office, path, slug, *when)) if slug else None
    topic = topic_with_articles(office, shelf[1:])
    path = f"{topic_url(topic.slug)}{below}" if topic else ""
    return (path, answer(of_topic, office, path, topic.slug, *when)) if topic else None


def keys_of_section(section: Section) -> set[str]:
    """Return what changes with a section: where it is shown, and the outputs it has by itself."""
    own = {f"output:section:{section.pk}", f"output:feed:{section.pk}"}
    return {f"section:{section.pk}", f"sections@{section.site_id}", *own}


def slug_of_section(office: Office, ident: str) -> str | None:
    """Return the slug of one of the office's sections by its id; None if there is none."""
    recording.note(f"section:{ident}")

    def read() -> str | None:
        with recording.reading():
            found = Section.objects.filter(site_id=office.site_id, pk=int(ident))
            return found.values_list("slug", flat=True).first()

    return epoch.remembered(office.epoch, ("section-slug", office.site_id, ident), read)


def topic_with_articles(office: Office, ident: str) -> Topic | None:
    """Return a topic by its id, if the office has written about it."""
    recording.note(f"topic:{ident}")

    def read() -> Topic | None:
        with recording.reading():
            return Topic.objects.filter(pk=int(ident)).first()

    topic = epoch.remembered(office.epoch, ("topic-by-id", ident), read)
    return topic if topic and has_any(ArticleList(office, topic=topic)) else None


KINDS = (Indexes(), Sections(), Topics(), Archives(), Months())
