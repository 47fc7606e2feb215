"""What stands below the addresses of the news and goes with them: archives, the data of tables, earlier texts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from cms.publishing.for_servers import BELOW
from cms.publishing.many_rows import in_chunks
from news.blocks.catalogue import names_with_data
from news.body import data_files
from news.models import NewsArticlePage, NewsIndexPage
from news.outputs.articles import corrected


def beside(ids: Collection[int]) -> Mapping[int, Iterable[str]]:
    """Return what stands below the pages among `ids`, by page."""
    found: dict[int, list[str]] = defaultdict(list)
    for part in in_chunks(ids):
        for pk in NewsIndexPage.objects.filter(pk__in=part).order_by("pk").values_list("pk", flat=True):
            found[pk].append(f"arsip/{BELOW}")
        for pk, made in corrected(part).items():
            found[pk] += [
                f"versi/{version}/" for _s, _y, version, is_erased in made if version and not is_erased
            ]
        for pk, name in data_beside(NewsArticlePage.objects.all(), part):
            found[pk].append(name)
    return found


def data_beside(pages: QuerySet, ids: Collection[int]) -> Iterator[tuple[int, str]]:
    """Yield page and name of every file with the data of a table or chart beside those of `pages` among `ids`."""
    named = Q()
    for name in names_with_data():
        named |= Q(said__contains=f'"{name}"')  # most bodies have none, and are not read
    told = pages.filter(pk__in=ids).annotate(said=Cast("body", TextField())).filter(named)
    for page in told.order_by("pk").only("pk", "body"):
        yield from ((page.pk, file.name) for file in data_files(page.body.raw_data))
