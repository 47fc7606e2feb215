"""An article's body, from raw StreamField data to HTML, text and references: one renderer per block type."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import unescape
from typing import Any

from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Template

from cms.publishing.lookup import Lookup, References

Raw = Mapping[str, Any]

_TAG = re.compile(r"<[^>]+>")
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_LINK = re.compile(r"<a ([^>]*)>(.*?)</a>", re.S)
_LINK_ID = re.compile(r'linktype="(page|document)"|(?<!\w)id="(\d+)"')
_BREAK = re.compile(r"</(?:p|li|h\d)>|<br ?/?>")


@cache
def _template(block_type: str) -> Template:
    return engines["jinja2"].env.get_template(f"blocks/{block_type}.html")


def render_block(block_type: str, value: object, look: Lookup) -> str:
    """Return the HTML of one block from its raw value."""
    from news.blocks.catalogue import block_of

    return _template(block_type).render(block_of(block_type).present(value, look))


def render_body(body: Iterable[Raw], look: Lookup) -> SafeString:
    """Return the HTML of a whole body; loads what it points at first."""
    blocks = list(body)
    look.load(references(blocks))
    return mark_safe("".join(render_block(raw["type"], raw["value"], look) for raw in blocks))  # noqa: S308 (escaped by the templates)


def references(body: Iterable[Raw]) -> References:
    """Collect the ids of everything a body points at."""
    from news.blocks.catalogue import block_of

    found = References()
    for raw in body:
        block_of(raw["type"]).collect(raw["value"], found)
    return found


def plain_text(body: Iterable[Raw]) -> str:
    """Return what the body says, without markup: paragraphs apart by an empty line."""
    from news.blocks.catalogue import block_of

    return "\n\n".join(text for raw in body if (text := block_of(raw["type"]).plain_text(raw["value"])))


def represent(body: Iterable[Raw], look: Lookup) -> list[dict[str, Any]]:
    """Return the body as typed blocks for API consumers."""
    from news.blocks.catalogue import block_of

    blocks = list(body)
    look.load(references(blocks))
    return [
        {
            "id": raw.get("id"),
            "type": raw["type"],
            "value": block_of(raw["type"]).represent(raw["value"], look),
        }
        for raw in blocks
    ]


def render_rich_text(html: str, look: Lookup) -> SafeString:
    """Turn stored rich text into what a browser gets: links by id become addresses, editor's keys go."""

    def link(match: re.Match[str]) -> str:
        kind, pk = _link_target(match[1])
        if kind is None:
            return match[0]
        target = look.page(pk) if kind == "page" else look.document(pk)
        # A link to a page that is gone keeps its words.
        return f'<a href="{target.url}">{match[2]}</a>' if target else match[2]

    return mark_safe(_LINK.sub(link, _BLOCK_KEY.sub("", html)))  # noqa: S308 (whitelisted by Draftail on save)


def rich_text_references(html: str, found: References) -> None:
    """Add the pages and documents stored rich text links to."""
    if "linktype" not in html:
        return
    for match in _LINK.finditer(html):
        kind, pk = _link_target(match[1])
        if kind:
            found.add("pages" if kind == "page" else "documents", pk)


def rich_text_as_text(html: str) -> str:
    """Return the words of rich text."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", html))).strip()


def _link_target(attributes: str) -> tuple[str | None, str | None]:
    kind = pk = None
    for match in _LINK_ID.finditer(attributes):
        kind, pk = match[1] or kind, match[2] or pk
    return (kind, pk) if kind and pk else (None, None)
