"""From an article, saved or not, to the plain description its checks read."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.formats.row_numbers import read_row_number
from cms.moderation.checks import Place
from cms.publishing.office import Office, office_of_page
from news import richtext
from news.blocks import cells
from news.dates import is_day_alone
from news.models import NewsArticlePage
from news.preflight import surroundings
from news.preflight.article import (
    Article,
    Heading,
    Link,
    Markup,
    Picture,
    Role,
    Table,
    Text,
)
from news.preflight.leaves import Leaf, Whole, blocks_of

_FIRST = (("title", Role.TITLE), ("lead", Role.LEAD))
_HERO = (("hero_alt", Role.ALT), ("hero_caption", Role.CAPTION), ("hero_credit", Role.NAME))
_LAST = (
    ("short_title", Role.SHARED), ("seo_title", Role.SHARED), ("search_description", Role.SHARED),
    ("author_unit", Role.NAME), ("writers", Role.NAME), ("author_role", Role.NAME),
    ("photographer", Role.NAME), ("editor_name", Role.NAME), ("signatory_role", Role.NAME),
    ("disclaimer", Role.CAPTION), ("change_right", Role.CAPTION),
)  # fmt: skip
_WORDS = (blocks.CharBlock, blocks.TextBlock, blocks.EmailBlock)


@dataclass
class _Found:
    """What the walk through an article gathers."""

    texts: list[Text] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)
    images: list[tuple[Place, int]] = field(default_factory=list)
    documents: list[tuple[Place, int]] = field(default_factory=list)


def describe(page: NewsArticlePage) -> Article:
    """Return what the checks need to know of `page`: a handful of queries."""
    office = office_of_page(page)
    found = _Found()
    _add_fields(found, page, _FIRST)
    _add_dateline(found, page, office)
    if page.hero_image_id:
        _add_fields(found, page, _HERO)
        found.pictures.append(Picture(_place("hero_alt"), page.hero_alt))
        found.images.append((_place("hero_image"), page.hero_image_id))
    body = list(blocks_of(page.body.raw_data))
    for block in body:
        _add_block(found, block)
    _add_fields(found, page, _LAST)
    _add_attachments(found, page)
    found.texts += surroundings.file_names(found.images, found.documents)
    return replace(
        _outline(page, office),
        has_quote=any(block.block_type == "quote" for block in body),
        file_count=len(found.documents),
        texts=tuple(found.texts),
        links=tuple(found.links),
        headings=tuple(found.headings),
        pictures=tuple(found.pictures),
        tables=tuple(found.tables),
        markup=tuple(found.markup),
        around=surroundings.read(office, found.links),
    )


def _outline(page: NewsArticlePage, office: Office | None) -> Article:
    zone = office.zone if office else ZoneInfo(settings.TIME_ZONE)
    now = timezone.now()
    next_time = page.go_live_at if page.go_live_at and page.go_live_at > now else now
    is_as_read = page.live and not page.has_unpublished_changes
    return Article(
        kind=page.kind,
        published=_day(page.published_at or next_time, zone),
        goes_out=_day((page.last_published_at if is_as_read else None) or next_time, zone),
        is_day_alone=page.published_at is not None and is_day_alone(page.published_at, zone),
        is_new=not page.live and page.published_at is None,
        is_indonesian=page.language == NewsArticlePage.Language.INDONESIAN,
        event_date=page.event_date,
        has_section=page.section_id is not None,
        author_unit=page.author_unit.strip(),
        has_hero=page.hero_image_id is not None,
        tag_count=len(page.tags.all()),
    )


def _day(moment: dt.datetime, zone: ZoneInfo) -> dt.date:
    return moment.astimezone(zone).date()


def _place(name: str) -> Place:
    return Place(name, capfirst(str(NewsArticlePage._meta.get_field(name).verbose_name)))


def _add_fields(found: _Found, page: NewsArticlePage, fields: tuple[tuple[str, Role], ...]) -> None:
    found.texts += [Text(_place(name), getattr(page, name), role) for name, role in fields]


def _add_dateline(found: _Found, page: NewsArticlePage, office: Office | None) -> None:
    if not page.show_dateline:
        return
    # What is computed cannot be wrong; a printed one is mended by correcting the date.
    if page.printed_dateline:
        found.texts.append(
            Text(Place("event_date", _("Teras tanggal")), page.printed_dateline, Role.DATELINE)
        )
    found.texts.append(Text(_place("dateline_place"), page.dateline_place, Role.NAME))


def _add_attachments(found: _Found, page: NewsArticlePage) -> None:
    for number, raw in enumerate(page.attachments.raw_data):
        path = f"attachments.{raw.get('id') or f'@{number}'}"
        _add_document(found, Place(path, _("Lampiran %(number)d") % {"number": number + 1}), raw["value"])


def _add_block(found: _Found, whole: Whole) -> None:
    if whole.block_type == "heading":
        _add_heading(found, whole)
    if whole.block_type == "table":
        _add_table(found, whole)
    for leaf in whole.leaves():
        _add_leaf(found, leaf)


def _add_heading(found: _Found, whole: Whole) -> None:
    level = 3 if str(whole.raw.get("level")) == "3" else 2
    has_section = any(heading.level == 2 for heading in found.headings)
    place = Place(f"{whole.place.path}.level", whole.place.label)
    found.headings.append(Heading(place, level, whole.raw.get("text") or "", has_section))


def _add_table(found: _Found, whole: Whole) -> None:
    rows = tuple(tuple(map(cells.shown, row)) for row in whole.raw.get("cells") or ())
    place = Place(f"{whole.place.path}.cells", whole.place.label)
    has_total = bool(whole.raw.get("last_row_is_total"))
    found.tables.append(Table(place, whole.raw.get("caption") or "", rows, has_total))


def _add_leaf(found: _Found, leaf: Leaf) -> None:
    if leaf.name == "alt":
        found.pictures.append(Picture(leaf.place, leaf.raw or ""))
    if isinstance(leaf.block, blocks.RichTextBlock):
        _add_rich_text(found, leaf)
    elif isinstance(leaf.block, blocks.URLBlock):
        found.texts.append(Text(leaf.place, leaf.raw or "", Role.ADDRESS))
        found.links += [Link(leaf.place, url=leaf.raw)] if leaf.raw else []
    elif isinstance(leaf.block, ImageChooserBlock):
        found.images += [(leaf.place, leaf.raw)] if leaf.raw else []
    elif isinstance(leaf.block, DocumentChooserBlock):
        _add_document(found, leaf.place, leaf.raw)
    elif isinstance(leaf.block, blocks.PageChooserBlock):
        found.links += [Link(leaf.place, page_id=leaf.raw)] if leaf.raw else []
    else:
        found.texts += [Text(leaf.place, words, leaf.role) for words in _words(leaf)]


def _words(leaf: Leaf) -> Iterator[str]:
    if isinstance(leaf.raw, list):
        yield "\n".join(_line(item) for item in leaf.raw)
    elif isinstance(leaf.block, _WORDS) and leaf.raw:
        yield str(leaf.raw)


def _line(item: Any) -> str:
    return "\t".join(map(cells.shown, item)) if isinstance(item, list) else str(item)


def _add_rich_text(found: _Found, leaf: Leaf) -> None:
    words = richtext.rich_text_as_text(leaf.raw).replace("\u00a0", " ")
    found.texts.append(Text(leaf.place, words, leaf.role, is_rich=True))
    if "<" not in (leaf.raw or ""):
        return
    found.markup.append(Markup(leaf.place, leaf.raw))
    for link in richtext.stored_links(leaf.raw):
        if link.kind == "page":
            found.links.append(Link(leaf.place, page_id=read_row_number(link.pk) or 0, words=link.words))
        elif link.kind == "document":
            found.links.append(Link(leaf.place, document_id=read_row_number(link.pk) or 0, words=link.words))
        elif link.href:
            found.links.append(Link(leaf.place, url=link.href, words=link.words))
            found.texts.append(Text(leaf.place, link.href, Role.ADDRESS))


def _add_document(found: _Found, place: Place, pk: int | None) -> None:
    if pk:
        found.documents.append((place, pk))
        found.links.append(Link(place, document_id=pk))
