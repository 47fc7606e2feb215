"""From the blocks of the sample file to the raw values our StreamField stores."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_duration
from django.utils.html import format_html
from wagtail import blocks

from news.blocks.catalogue import block_of
from news.blocks.shapes import stored

_IDS = uuid.UUID("8f1d7c8e-53a6-4a8e-8d0f-4f1c4b1a3600")
END_MARK = "end_mark"  # a field of the article, not a block


@dataclass(frozen=True)
class Files:
    """The ids pictures and documents got when they were loaded, by the name the sample gives them."""

    pictures: Mapping[str, int]
    documents: Mapping[str, int]


def body_of(slug: str, sample: Iterable[Mapping[str, Any]], files: Files) -> list[dict[str, Any]]:
    """Return the raw body of the article `slug`; loading twice gives the same bytes."""
    found = []
    for number, said in enumerate(sample):
        if said["type"] == END_MARK:
            continue
        block, seed = block_of(said["type"]), f"{slug}/{number}"
        plain = _worded(block, _ADAPT.get(said["type"], _same)(said["value"], files))
        found.append(
            {"type": said["type"], "value": stored(block, plain, seed), "id": str(uuid.uuid5(_IDS, seed))}
        )
    return found


def _same(value: Any, files: Files) -> Any:
    return value


def _picture(value: Mapping[str, Any], files: Files) -> dict[str, Any]:
    shown = {name: value[name] for name in ("alt", "caption", "credit")}
    return {"image": files.pictures[value["file"]], **shown}


def _gallery(value: Mapping[str, Any], files: Files) -> dict[str, Any]:
    return {"title": value["title"], "images": [_picture(image, files) for image in value["images"]]}


def _documents(value: Mapping[str, Any], files: Files) -> dict[str, Any]:
    return {"items": [files.documents[item["file"]] for item in value["items"]]}


def _heading(value: Mapping[str, Any], files: Files) -> dict[str, Any]:
    return {"text": value["text"], "level": str(value["level"])}


def _table(value: Mapping[str, Any], files: Files) -> dict[str, Any]:
    footer = value["footer"]
    return {
        "caption": value["caption"],
        "cells": [value["headers"], *value["rows"], *([footer] if footer else [])],
        "first_column_is_header": value["first_column_is_header"],
        "last_row_is_total": bool(footer),
        "source": value["source"] or "",
    }


def _video(value: Mapping[str, Any], files: Files) -> dict[str, Any]:
    # The sample names a transcript that nobody wrote; an empty field is honest.
    length = parse_duration(value["duration"]) or ""
    return {**value, "duration": str(length), "transcript": ""}


def _reply(value: Mapping[str, Any], files: Files) -> dict[str, Any]:
    return {**value, "sender": value["from"]}


_ADAPT = {
    "image": _picture,
    "gallery": _gallery,
    "documents": _documents,
    "heading": _heading,
    "table": _table,
    "video": _video,
    "right_of_reply": _reply,
}


def _worded(block: Any, plain: Any) -> Any:
    """Return a plain value with its words as rich text where a block wants it."""
    if isinstance(block, blocks.StructBlock):
        known = {name: child for name, child in block.child_blocks.items() if name in plain}
        return {name: _worded(child, plain[name]) for name, child in known.items()}
    if isinstance(block, blocks.ListBlock):
        return [_worded(block.child_block, value) for value in plain]
    return format_html("<p>{}</p>", plain) if isinstance(block, blocks.RichTextBlock) else plain
