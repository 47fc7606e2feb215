"""What a page points at, by id: pictures, documents and other pages, read together and remembered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from wagtail.models import Page

from cms.formats.row_numbers import read_row_number
from cms.media.models import Document
from cms.media.pictures import Picture, read_pictures
from cms.publishing import epoch, recording
from cms.publishing.office import Office
from cms.publishing.restrictions import open_pages
from cms.templating import in_preview

_MOST = 20_000  # things of a kind remembered: a whole build walks past all there are


@dataclass(frozen=True)
class PageLink:
    """Another page, as a link to it needs it; only pages that are live have one."""

    id: int
    title: str
    url: str


@dataclass(frozen=True)
class FileLink:
    """A document, as a download link needs it; `size` in bytes."""

    id: int
    title: str
    url: str
    extension: str
    size: int
    size_text: str
    official_number: str
    official_date: object
    page_count: int | None


@dataclass
class References:
    """The ids a body mentions."""

    images: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)

    def add(self, kind: str, pk: object) -> None:
        """Note one; anything that is not a number is left out."""
        if isinstance(pk, int | str) and (number := read_row_number(pk)) is not None:
            getattr(self, kind).add(number)


class Lookup:
    """Answers by id; loads what it was told of in one go, and what it was not told of when asked."""

    def __init__(
        self,
        number: int | None = None,
        host: str = "",
        zone: ZoneInfo | None = None,
        *,
        for_editor: bool = False,
    ) -> None:
        """Take the epoch `number` (read when None), the `host` whose links may be relative, its `zone`.

        `for_editor`: a picture still being processed is shown as its original, which only staff may fetch.
        """
        self.number = epoch.current() if number is None else number
        self.host = host
        self.zone = zone or ZoneInfo(settings.TIME_ZONE)
        self.for_editor = for_editor

    def load(self, references: References) -> None:
        """Read everything `references` names and is not remembered yet: at most four queries."""
        self._load("picture", references.images, read_pictures)
        self._load("document", references.documents, _read_files)
        self._load("page", references.pages, self._read_pages)

    def picture(self, pk: object) -> Picture | None:
        """Return the picture with id `pk`; readers are not sent to an original."""
        if pk is None:
            return None
        recording.note(f"image:{pk}")
        found = self._one("picture", pk, read_pictures)
        return found if found is None or self.for_editor else found.for_readers()

    def document(self, pk: object) -> FileLink | None:
        """Return the document with id `pk`."""
        recording.note(f"document:{pk}")
        return self._one("document", pk, _read_files)

    def page(self, pk: object) -> PageLink | None:
        """Return the live page with id `pk`; its address is relative when it lies on this host."""
        if pk is None:
            return None
        recording.note(f"page:{pk}")
        link = self._one("page", pk, self._read_pages)
        if link and self.host and urlsplit(link.url).netloc == self.host:
            parts = urlsplit(link.url)
            return PageLink(link.id, link.title, parts.path)
        return link

    def _read_pages(self, ids: Iterable[int]) -> dict[int, PageLink]:
        pages = open_pages(Page.objects.filter(pk__in=set(ids)), self.number).order_by("pk")
        return {page.pk: PageLink(page.pk, page.title, page.full_url) for page in pages if page.full_url}

    def _kept(self, kind: str) -> dict[int, object]:
        # What is shown of it is noted by who asks: picture(), document(), page().
        return epoch.remembered(self.number, ("lookup", kind), dict)

    def _load(
        self, kind: str, ids: Iterable[int], read: Callable[[Iterable[int]], dict[int, object]]
    ) -> None:
        kept = self._kept(kind)
        missing = set(ids) - kept.keys()
        if missing:
            with recording.reading():
                found = read(missing)
            if len(kept) > _MOST:
                kept.clear()
            kept.update({pk: found.get(pk) for pk in missing})

    def _one(self, kind: str, pk: object, read: Callable[[Iterable[int]], dict[int, object]]):  # noqa: ANN202
        wanted = read_row_number(pk)
        if wanted is None:
            return None
        kept = self._kept(kind)
        while wanted not in kept:  # another thread may have made room since
            self._load(kind, {wanted}, read)
        return kept.get(wanted)


def lookup_for(request: HttpRequest, office: Office) -> Lookup:
    """Return the answers for one page of `office`, as its reader or, in a preview, its editor may see them."""
    return Lookup(office.epoch, office.hostname, office.zone, for_editor=in_preview(request))


def _read_files(ids: Iterable[int]) -> dict[int, FileLink]:
    return {
        document.pk: FileLink(
            id=document.pk,
            title=document.title,
            url=document.url,
            extension=document.file_extension.upper(),
            size=document.file_size or 0,
            size_text=filesizeformat(document.file_size or 0),
            official_number=document.official_number,
            official_date=document.official_date,
            page_count=document.page_count,
        )
        for document in Document.objects.filter(pk__in=set(ids)).order_by("pk")
    }
