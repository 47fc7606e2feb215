"""A picture as readers get it: sources by width and format, ready to be written into a page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from cms.media.models import Image, Rendition
from cms.media.sizes import ALL_SPECS, WIDTHS, filter_spec


@dataclass(frozen=True)
class Source:
    """One encoded file of a picture."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Picture:
    """What a template needs to show an image; until `state` is ready it shows `original_url`, scaled."""

    id: int
    title: str
    alt: str
    credit: str
    width: int
    height: int
    state: str
    original_url: str
    avif: tuple[Source, ...]
    jpeg: tuple[Source, ...]

    def for_readers(self) -> "Picture":
        """Return what readers may see: never the original, and no size of a file that has been replaced."""
        if self.state == Image.State.READY and self.jpeg:
            return self
        return replace(self, original_url="", avif=(), jpeg=())

    @property
    def src(self) -> str:
        """Return the address for clients that know no `srcset`: the middle JPEG."""
        return self.jpeg[len(self.jpeg) // 2].url if self.jpeg else self.original_url


def read_pictures(ids: Iterable[int]) -> dict[int, Picture]:
    """Read many pictures with their renditions in two queries; unknown ids are left out."""
    made = Prefetch("renditions", queryset=Rendition.objects.filter(filter_spec__in=ALL_SPECS).order_by("pk"))
    images = Image.objects.filter(pk__in=set(ids)).prefetch_related(made).order_by("pk")
    return {image.pk: _picture(image) for image in images}


def _picture(image: Image) -> Picture:
    specs = {rendition.filter_spec: rendition for rendition in image.renditions.all()}

    def sources(image_format: str) -> tuple[Source, ...]:
        found = {
            rendition.width: Source(rendition.url, rendition.width, rendition.height)
            for width in WIDTHS
            if (rendition := specs.get(filter_spec(image_format, width)))
        }
        return tuple(found[width] for width in sorted(found))

    return Picture(
        id=image.pk,
        title=image.title,
        alt=image.description,
        credit=image.credit,
        width=image.width,
        height=image.height,
        state=image.state,
        original_url=image.file.url,
        avif=sources("avif"),
        jpeg=sources("jpeg"),
    )
