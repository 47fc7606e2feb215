"""The pictures and documents that a page's form was sent, wherever in it they stand: found, and taken out again."""

import json
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django import forms
from django.db.models import Model
from django.utils.datastructures import MultiValueDict
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.formats.row_numbers import read_row_number
from cms.media.models import Document, Image

_CHOOSERS = (ImageChooserBlock, DocumentChooserBlock)
_NOWHERE = 0  # no row has this number


class File(NamedTuple):
    """A picture or a document, by its number."""

    model: type[Model]
    pk: int


def files_in(field: forms.Field, data: MultiValueDict, name: str) -> set[File]:
    """Return the files that one field, or anything within its blocks, names."""
    found = set()
    for key, model in _places(field, data, name):
        numbers = [data.get(key)] if model else [link.get("id") for link in _links(_text(data, key))]
        found |= {File(model or Document, pk) for each in numbers if (pk := _number(each))}
    return found


def take_out(field: forms.Field, data: MultiValueDict, name: str, files: Collection[File]) -> None:
    """Let the field name none of `files`: a form shown again shows what is chosen in it. Every word stays."""
    for key, model in _places(field, data, name):
        if model:
            number = _number(data.get(key))
            data[key] = "" if number and File(model, number) in files else data.get(key)
            continue
        text = _text(data, key)
        for link in _links(text):
            number = _number(link.get("id"))
            if number and File(Document, number) in files:
                link["id"] = _NOWHERE  # the editor of rich texts asks for the name of the document of an id
                data[key] = json.dumps(text)


def _places(field: forms.Field, data: MultiValueDict, name: str) -> Iterator[tuple[str, type[Model] | None]]:
    """Yield the names under which files were sent, each with what is chosen there; None: a rich text links to it."""
    if isinstance(field, blocks.BlockField):
        yield from _below(field.block, data, name)
    elif isinstance(field, forms.ModelChoiceField) and field.queryset.model in (Image, Document):
        yield name, field.queryset.model


def _below(
    block: blocks.Block, data: MultiValueDict, prefix: str
) -> Iterator[tuple[str, type[Model] | None]]:
    if isinstance(block, _CHOOSERS):
        yield prefix, Image if isinstance(block, ImageChooserBlock) else Document
    elif isinstance(block, blocks.RichTextBlock):
        yield prefix, None
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _below(child, data, f"{prefix}-{name}")
    elif isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        place = 0
        while (below := f"{prefix}-{place}") and f"{below}-deleted" in data:
            kinds = getattr(block, "child_blocks", {})
            child = kinds.get(data.get(f"{below}-type")) if kinds else block.child_block
            if child:
                yield from _below(child, data, f"{below}-value")
            place += 1


def _number(sent: Any) -> int | None:
    return read_row_number(getattr(sent, "pk", sent))  # the API sends the picture itself


def _text(data: MultiValueDict, key: str) -> Any:
    try:
        return json.loads(data.get(key) or "null")
    except (ValueError, RecursionError):
        return None


def _links(text: Any) -> list[dict[str, Any]]:
    """Return what leads to a document in a text as its editor sends it."""
    try:
        return [each["data"] for each in text["entityMap"].values() if each["type"] == "DOCUMENT"]
    except (TypeError, KeyError, AttributeError):
        return []
