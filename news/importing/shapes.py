"""A body as a line gives it, our own raw form or simple shapes, turned into what a StreamField stores."""

import uuid
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from news.blocks.catalogue import BODY_BLOCKS, block_of
from news.blocks.text import INLINE_FEATURES, as_paragraph
from news.importing.lines import Refused

Value = Mapping[str, Any]
_IDS = uuid.UUID("0d8d5a39-5c0e-4f8e-9a53-6b7a5a1c7f10")


def read_body(given: object, address: str) -> list[dict[str, Any]]:
    """Return the raw body; block ids follow from `address` and position, so that a second run makes the same.

    Raises Refused naming the block that cannot be taken.
    """
    if given is None:
        return []
    if not isinstance(given, list):
        raise Refused(_("“blocks” bukan daftar."))
    return [
        {"type": kind, "value": value, "id": str(identity(f"{address}#{position}"))}
        for position, item in enumerate(given)
        for kind, value in [_read_block(item, position + 1)]
    ]


def identity(name: str) -> uuid.UUID:
    """Return the one id that belongs to `name` in every database."""
    return uuid.uuid5(_IDS, name)


def _read_block(item: object, position: int) -> tuple[str, Any]:
    kind = item.get("type") if isinstance(item, dict) else None
    if not isinstance(kind, str) or not isinstance(item, dict):
        raise Refused(_("Blok ke-%(position)d tidak punya “type”.") % {"position": position})
    if kind not in BODY_BLOCKS.child_blocks:
        raise Refused(
            _("Blok ke-%(position)d berjenis “%(kind)s” yang tidak dikenal.")
            % {"position": position, "kind": kind}
        )
    try:
        shape = _SIMPLE.get(kind)
        if shape and "value" not in item:
            return kind, shape(item)
        return kind, _cleaned(kind, item["value"])
    except Exception as error:  # noqa: BLE001 (blocks answer foreign data with any exception; the line is refused)
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else ""
        raise Refused(
            _("Blok ke-%(position)d (%(kind)s) tidak dapat dibaca. %(reason)s")
            % {"position": position, "kind": kind, "reason": reason}
        ) from None


def _cleaned(kind: str, raw: object) -> Any:
    """Put a raw value through the checks and the whitelist an editor's form applies."""
    block = block_of(kind)
    value = block.to_python(_whitelisted(block, raw))
    return block.get_prep_value(block.clean(value))


def _whitelisted(block: blocks.Block, raw: Any) -> Any:
    if isinstance(block, blocks.RichTextBlock):
        converter = _converter(tuple(block.features or INLINE_FEATURES))
        return converter.to_database_format(converter.from_database_format(_text(raw)))
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            {**item, "value": _whitelisted(block.child_blocks[item["type"]], item["value"])} for item in raw
        ]
    if isinstance(block, blocks.BaseStructBlock):
        return {
            name: _whitelisted(child, raw[name])
            for name, child in block.child_blocks.items()
            if raw.get(name) is not None
        }
    if isinstance(block, blocks.ListBlock):
        return [_whitelisted(block.child_block, item) for item in raw]
    return raw


@cache
def _converter(features: tuple[str, ...]) -> ContentstateConverter:
    return ContentstateConverter(list(features))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(values: object) -> list[str]:
    if not isinstance(values, list):
        raise TypeError
    return [_text(value) for value in values]


def _paragraph(item: Value) -> str:
    if "html" in item:
        return _cleaned("paragraph", item["html"])
    return as_paragraph(_text(item["text"]))


def _heading(item: Value) -> Any:
    return _cleaned("heading", {"text": _text(item["text"]), "level": str(item.get("level", "2"))})


def _quote(item: Value) -> Any:
    raw = {"text": _text(item["text"]), "attribution": _text(item["by"]), "role": _text(item.get("role", ""))}
    return _cleaned("quote", raw)


def _list(item: Value) -> Any:
    style = "ordered" if item.get("ordered") else "unordered"
    return _cleaned("list", {"style": style, "items": _texts(item["items"])})


def _table(item: Value) -> Any:
    caption = _text(item.get("caption", "")) or str(_("Tabel"))
    return _cleaned("table", {"caption": caption, "cells": [item["head"], *item["rows"]]})


_SIMPLE: dict[str, Callable[[Value], Any]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "quote": _quote,
    "list": _list,
    "table": _table,
}
