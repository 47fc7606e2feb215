"""The pictures and documents of a tree: those some output shows, and no others."""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from wagtail.models import CollectionViewRestriction

from cms.media.models import Document, Image, Rendition
from cms.media.sizes import ALL_SPECS
from cms.publishing import recording
from cms.publishing.office import Office
from cms.publishing.outputs import File, Made, Stage


class _Shown:
    """An output that exists because others show it under `<key>:<ident>`."""

    name = ""
    key = ""
    stage = Stage.FILE

    def idents(self, office: Office) -> Sequence[str]:
        """Return none: the outputs that show them say which there are."""
        return []

    def find(self, office: Office, path: str) -> None:
        """Stored files have live doors of their own (cms.media)."""
        return None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Read the files from the storage; what is gone or private has none."""
        with recording.reading():
            private = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
        for ident in idents:
            with recording.reading():
                yield_files = self.files(int(ident), private) if ident.isdigit() else []
            yield Made(ident, yield_files)

    def files(self, pk: int, private: Sequence[str]) -> list[File]:
        """Return the files of one thing."""
        raise NotImplementedError


class Pictures(_Shown):
    """Every encoded size of a picture; originals stay with the office."""

    name = "picture"
    key = "image"

    def files(self, pk: int, private: Sequence[str]) -> list[File]:
        """Return the sizes of picture `pk`."""
        image = Image.objects.select_related("collection").filter(pk=pk, state=Image.State.READY).first()
        if image is None or is_private(image.collection.path, private):
            return []
        sizes = Rendition.objects.filter(image_id=pk, filter_spec__in=ALL_SPECS).order_by("filter_spec")
        return [File(path_of(size.url), _content(size.file)) for size in sizes]


class Documents(_Shown):
    """A document as readers download it."""

    name = "document"
    key = "document"

    def files(self, pk: int, private: Sequence[str]) -> list[File]:
        """Return the file of document `pk`."""
        document = Document.objects.select_related("collection").filter(pk=pk).first()
        if document is None or is_private(document.collection.path, private):
            return []
        return [File(path_of(document.url), _content(document.file))]


def is_private(path: str, private: Sequence[str]) -> bool:
    """Return whether a collection (by tree path) lies in one that is not for everybody."""
    return any(path.startswith(above) for above in private)


def path_of(url: str) -> str:
    """Return where in the tree the file lies that readers ask for at `url`."""
    return unquote(urlsplit(url).path).lstrip("/")


def _content(file: object) -> bytes:
    with file.open("rb") as stored:  # ty: ignore[unresolved-attribute]
        return stored.read()
