"""What a set of pages points at, read together: an API answers twenty articles with the queries of one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from django.db.models import prefetch_related_objects
from wagtail.models import Locale, Page

from cms.publishing import epoch
from cms.publishing.lookup import Lookup, References
from cms.publishing.office import Office
from news import body, richtext
from news.corrections import corrections_by_page
from news.models import NewsArticlePage, Section, TaggedArticle

Rows = Mapping[int, list]


class Shelf:
    """Answers for `pages` (specific ones) and `images` (ids); each kind of thing is read when first asked for."""

    def __init__(self, office: Office, pages: Iterable[Page] = (), images: Iterable[int] = ()) -> None:
        """Take what will be answered."""
        self.office = office
        self._pages = list(pages)
        self._images = set(images)

    def fill(self) -> None:
        """Read everything now: what is told of these pages afterwards asks the database nothing."""
        for kind in ("look", "sections", "topics", "tags", "corrections", "languages"):
            getattr(self, kind)

    @cached_property
    def look(self) -> Lookup:
        """Pictures, documents and other pages, by id; addresses of pages are absolute."""
        found = References(images=set(self._images))
        for page in self._pages:
            _collect(page, found)
        look = Lookup(self.office.epoch, zone=self.office.zone)
        look.load(found)
        return look

    @cached_property
    def sections(self) -> Mapping[int, Section]:
        """The sections of these pages, by id; asked for only where the pages came without theirs."""
        articles = [page for page in self._pages if isinstance(page, NewsArticlePage)]
        prefetch_related_objects(articles, "section")
        return {page.section_id: page.section for page in articles if page.section_id}

    @cached_property
    def languages(self) -> Mapping[int, str]:
        """The code of each locale's language, by the id of the locale."""
        return epoch.remembered(
            self.office.epoch, "languages", lambda: dict(Locale.objects.values_list("pk", "language_code"))
        )

    @cached_property
    def topics(self) -> Rows:
        """The topics of each page, by name."""
        through = NewsArticlePage.topics.through.objects.filter(newsarticlepage__in=self._ids)
        return _grouped(
            through.order_by("topic__name").select_related("topic"),
            lambda row: (row.newsarticlepage_id, row.topic),
        )

    @cached_property
    def tags(self) -> Rows:
        """The names of each page's tags, in order."""
        rows = TaggedArticle.objects.filter(content_object__in=self._ids).order_by("tag__name")
        return _grouped(rows.values_list("content_object_id", "tag__name"), lambda row: row)

    @cached_property
    def corrections(self) -> Rows:
        """The corrections of each page, newest first."""
        return corrections_by_page(page for page in self._pages if isinstance(page, NewsArticlePage))

    @property
    def _ids(self) -> list[int]:
        """The articles among the pages: no other has topics, tags or corrections."""
        return [page.pk for page in self._pages if isinstance(page, NewsArticlePage)]


def _grouped(rows: Iterable, split: Callable) -> Rows:
    found: defaultdict[int, list] = defaultdict(list)
    for row in rows:
        pk, value = split(row)
        found[pk].append(value)
    return found


def _collect(page: Page, found: References) -> None:
    """Add what a page of any type points at; a column the type does not have adds nothing."""
    stream = getattr(page, "body", None)
    if stream:
        mentioned = body.references(stream.raw_data)
        found.images |= mentioned.images
        found.documents |= mentioned.documents
        found.pages |= mentioned.pages
    for name in ("hero_image_id", "social_image_id", "logo_id"):
        found.add("images", getattr(page, name, None))
    found.add("pages", getattr(page, "supersedes_id", None))
    for raw in getattr(getattr(page, "attachments", None), "raw_data", ()):
        found.add("documents", raw["value"])
    richtext.rich_text_references(getattr(page, "intro", ""), found)
