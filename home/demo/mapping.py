"""From the blocks of the sample file to the raw values our StreamField stores."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from wagtail import blocks

from news.blocks.catalogue import block_of, names

_IDS = uuid.UUID("8f1d7c8e-53a6-4a8e-8d0f-4f1c4b1a3600")
END_MARK = "end_mark"  # a field of the article, not a block


@dataclass(frozen=True)
class Files:
    """The ids pictures and documents got when they were loaded, by the name the sample gives them."""

    pictures: Mapping[str, int]
    documents: Mapping[str, int]


def body_of(slug: str, sample: Iterable[Mapping[str, Any]], files: Files) -> list[dict[str, Any]]:
    """Return the raw body of the article `slug`; loading twice gives the same bytes."""
    known = set(names())
    found = []
    for number, block in enumerate(sample):
        if block["type"] in known:
            seed = f"{slug}/{number}"
            plain = _ADAPT.get(block["type"], _same)(block["value"], files)
            value = _stored(block_of(block["type"]), plain, seed)
            found.append({"type": block["type"], "value": value, "id": _id(seed)})
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


_ADAPT = {"image": _picture, "gallery": _gallery, "documents": _documents, "heading": _heading}


def _stored(block: Any, plain: Any, seed: str) -> Any:
    """Return what the StreamField stores for a plain value; words become rich text where a block wants it."""
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks.items()
        return {
            name: _stored(child, plain[name], f"{seed}/{name}") for name, child in children if name in plain
        }
    if isinstance(block, blocks.ListBlock):
        return [
            _item(block.child_block, value, f"{seed}/{number}") for number, value in enumerate(plain or ())
        ]
    if isinstance(block, blocks.RichTextBlock):
        return format_html("<p>{}</p>", plain) if plain else ""
    return plain


def _item(child: Any, value: Any, seed: str) -> dict[str, Any]:
    return {"type": "item", "value": _stored(child, value, seed), "id": _id(seed)}


def _id(seed: str) -> str:
    return str(uuid.uuid5(_IDS, seed))
