"""A block as labelled leaves, whatever it is made of: each leaf is words, or a picture."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.moderation.difference.names import Names
from cms.moderation.difference.rich import lines_of


@dataclass(frozen=True)
class Leaf:
    """One value of a block; `key` is the same for the same place before and after."""

    key: str
    label: str
    text: str = ""
    picture: int | None = None


def leaves_of(block: blocks.Block, raw: Any, names: Names, key: str = "", label: str = "") -> Iterator[Leaf]:
    """Yield the leaves of a block's stored value; empty ones are left out."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from leaves_of(child, (raw or {}).get(name), names, f"{key}.{name}", _label(child))
    elif isinstance(block, blocks.ListBlock):
        yield from _listed(block, raw or (), names, key, label or _label(block))
    elif isinstance(block, blocks.StreamBlock):
        yield from _streamed(block, raw or (), names, key)
    elif isinstance(block, ImageChooserBlock):
        yield from [Leaf(key, label, picture=raw)] if raw else []
    elif text := text_of(block, raw, names):
        yield Leaf(key, label, text)


def _listed(block: blocks.ListBlock, raw: Any, names: Names, key: str, label: str) -> Iterator[Leaf]:
    """Number the items: "Foto 2: Keterangan"."""
    for place, item in enumerate(raw):
        is_kept = isinstance(item, dict) and "value" in item and "type" in item
        value, mark = (item["value"], item.get("id")) if is_kept else (item, None)
        many = f"{label} {place + 1}"
        for leaf in leaves_of(block.child_block, value, names, f"{key}.{mark or place}", many):
            yield replace(leaf, label=many if leaf.label == many else f"{many}: {leaf.label}")


def _streamed(block: blocks.StreamBlock, raw: Any, names: Names, key: str) -> Iterator[Leaf]:
    for place, item in enumerate(raw):
        if child := block.child_blocks.get(item["type"]):
            here = f"{key}.{item.get('id') or place}"
            yield from leaves_of(child, item["value"], names, here, _label(child))


def text_of(block: blocks.Block, raw: Any, names: Names) -> str:
    """Return a single value in words."""
    if raw is None or raw == "":
        return ""
    if isinstance(block, blocks.RichTextBlock):
        return lines_of(str(raw), names.target)
    if isinstance(block, blocks.BooleanBlock):
        return _("Ya") if raw else _("Tidak")
    if isinstance(block, blocks.PageChooserBlock | DocumentChooserBlock):
        return names.name(block.model_class, raw)
    if isinstance(block, blocks.ChoiceBlock):
        return _choice(block, raw)
    return _written(raw)


def _choice(block: blocks.ChoiceBlock, raw: Any) -> str:
    known: dict[str, str] = {}
    for value, label in block.field.choices:
        known |= {str(one): str(name) for one, name in label} if isinstance(label, list | tuple) else {}
        known[str(value)] = str(label)
    return known.get(str(raw), str(raw))


def _written(raw: Any) -> str:
    """Rows of cells are lines; anything else is what it says."""
    if isinstance(raw, list):
        rows = [" | ".join(map(_cell, row)) if isinstance(row, list) else _cell(row) for row in raw]
        return "\n".join(rows)
    return str(raw)


def _cell(raw: Any) -> str:
    return "" if raw is None else str(raw)


def _label(block: blocks.Block) -> str:
    return capfirst(str(block.label or block.name))
