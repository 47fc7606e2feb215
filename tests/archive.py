"""An archive of any size, written straight into the database: what is counted are the writes of one publication."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from wagtail.models import Locale, Page

from cms.publishing import epoch
from news.benchmarks.corpus import article
from news.models import NewsArticlePage, NewsIndexPage, Section, Topic

PART = 500


def fill(index: NewsIndexPage, count: int) -> None:
    """Put `count` more articles of 2013 to 2025 below an index, each under a section and two topics."""
    sections, topics = (
        list(Section.objects.filter(site__root_page=index.get_parent())),
        list(Topic.objects.all()),
    )
    start = (Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    there = Page.objects.child_of(index).count()
    rows = [_article(index, there + number, start + number, sections) for number in range(count)]
    for first in range(0, count, PART):
        part = rows[first : first + PART]
        _insert(Page, part)
        _insert(NewsArticlePage, part)
    through = NewsArticlePage.topics.through
    pairs = (
        through(newsarticlepage_id=start + number, topic_id=topics[(number + more) % len(topics)].pk)
        for number in range(count)
        for more in (0, 3)
    )
    through.objects.bulk_create(pairs, batch_size=PART)
    Page.objects.filter(pk=index.pk).update(numchild=there + count)
    epoch.advance()


def _article(index: NewsIndexPage, number: int, pk: int, sections: list[Section]) -> NewsArticlePage:
    told = article(number + 1)
    moment = dt.datetime.fromisoformat(told["date"]).replace(microsecond=0)
    page = NewsArticlePage(
        pk=pk,
        path=f"{index.path}{_step(number + 1)}",
        depth=index.depth + 1,
        title=told["title"],
        draft_title=told["title"],
        slug=f"berita-{number}",
        content_type=ContentType.objects.get_for_model(NewsArticlePage),
        locale=Locale.objects.first(),
        lead=told["lead"],
        author_unit=told["author"],
        section=sections[number % len(sections)],
        published_at=moment,
        first_published_at=moment,
        body=[
            ("paragraph", f"<p>{block['text']}</p>")
            for block in told["blocks"]
            if block["type"] == "paragraph"
        ],
    )
    page.page_ptr_id = pk
    page.url_path = page.dated_path(index.url_path, dt.timezone(dt.timedelta(hours=7)))
    return page


def _step(number: int) -> str:
    return Page._int2str(number).rjust(Page.steplen, Page.alphabet[0])


def _insert(model: type[models.Model], rows: list[models.Model]) -> None:
    """Write one table of a page's; Django's bulk_create refuses models of more than one."""
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})",  # noqa: S608
            values,
        )


def kinds_of(paths: Iterator[str] | list[str]) -> Counter[str]:
    """Count files by what they are: `html`, `xml`, `json` ..."""
    return Counter(path.rpartition(".")[2] for path in paths)
