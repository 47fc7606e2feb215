"""An article's body, from raw StreamField data to HTML, text and references: one renderer per block type."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Template

from cms.publishing.lookup import Lookup, References
from news.blocks.catalogue import block_of, names_with_data
from news.blocks.contract import DataFile, Place

Raw = Mapping[str, Any]


@cache
def _template(block_type: str) -> Template:
    return engines["jinja2"].env.get_template(f"blocks/{block_type}.html")


def render_block(block_type: str, value: object, look: Lookup, place: Place = Place()) -> str:  # noqa: B008 (immutable)
    """Return the HTML of one block from its raw value."""
    block = block_of(block_type)
    html = block.html(value, look)
    if html is not None:
        return html
    template = _template(block_type)
    # `Template.render` copies all globals for each block, which takes longer than the block itself.
    context = template.new_context(template.environment.globals, shared=True)
    context.vars.update(block.present(value, look, place))
    return "".join(template.root_render_func(context))


def render_body(body: Iterable[Raw], look: Lookup, base: str = "") -> SafeString:
    """Return the HTML of a whole body; loads what it points at first.

    `base` is the address of the page, before the names of the files beside it; "" makes links relative to it.
    """
    blocks = list(body)
    look.load(references(blocks))
    parts = "".join(html for _type, html in rendered_blocks(blocks, look, base))
    return mark_safe(parts)  # noqa: S308 (escaped by the templates)


def rendered_blocks(body: Iterable[Raw], look: Lookup, base: str = "") -> list[tuple[str, str]]:
    """Return the type and the HTML of each block; what they point at is asked for one by one unless it is loaded."""
    return [
        (raw["type"], render_block(raw["type"], raw["value"], look, place))
        for raw, place in _placed(body, base)
    ]


def references(body: Iterable[Raw]) -> References:
    """Collect the ids of everything a body points at."""
    found = References()
    for raw in body:
        block_of(raw["type"]).collect(raw["value"], found)
    return found


def plain_text(body: Iterable[Raw]) -> str:
    """Return what the body says, without markup: paragraphs apart by an empty line."""
    return "\n\n".join(text for _raw, text in spoken_blocks(body))


def spoken_blocks(body: Iterable[Raw]) -> list[tuple[Raw, str]]:
    """Return each block that has words, with its words."""
    return [(raw, text) for raw in body if (text := block_of(raw["type"]).plain_text(raw["value"]))]


def represent(body: Iterable[Raw], look: Lookup, base: str = "") -> list[dict[str, Any]]:
    """Return the body as typed blocks for API consumers; `base` as for `render_body`."""
    blocks = list(body)
    look.load(references(blocks))
    return [
        {
            "id": raw.get("id"),
            "type": raw["type"],
            "value": block_of(raw["type"]).represent(raw["value"], look, place),
        }
        for raw, place in _placed(blocks, base)
    ]


def data_files(body: Iterable[Raw]) -> list[DataFile]:
    """Return the files that stand beside a page with this body: the CSV of each table and chart."""
    blocks = list(body)
    with_data = _names_with_data()
    if not any(raw["type"] in with_data for raw in blocks):
        return []
    files = (block_of(raw["type"]).data_file(raw["value"], place) for raw, place in _placed(blocks, ""))
    return [file for file in files if file]


@cache
def _names_with_data() -> frozenset[str]:
    return frozenset(names_with_data())


def _placed(body: Iterable[Raw], base: str) -> Iterator[tuple[Raw, Place]]:
    """Give each block its number among those of its type, and the level its headings may have."""
    seen: dict[str, int] = {}
    has_section = False
    for raw in body:
        block_type = raw["type"]
        seen[block_type] = number = seen.get(block_type, 0) + 1
        yield raw, Place(number, base, has_section)
        has_section = has_section or block_of(block_type).opens_section
