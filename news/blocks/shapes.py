"""Walk a raw value along the block that stores it: the forms that follow from the fields alone."""

import uuid
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.media.pictures import Picture, Source
from cms.publishing.lookup import FileLink, Lookup, PageLink, References
from news import richtext
from news.blocks import moments

_IDS = uuid.UUID("5c2b3e0a-6d0c-4c55-9a58-0d4e3a0f7b11")


def opened(block: blocks.Block, raw: Any) -> Any:
    """Return the raw value with every field of `block` present and list items taken out of their wrapping."""
    if isinstance(block, blocks.StructBlock):
        given = raw or {}
        return {
            name: opened(child, given[name]) if name in given else _blank(child)
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [_item(block.child_block, item) for item in raw or ()]
    return raw


def stored(block: blocks.Block, plain: Any, seed: str) -> Any:
    """Return what the StreamField stores for a plain value (the inverse of `opened`), for loaders.

    List items get ids that follow from `seed` and their position, so loading twice gives the same bytes.
    """
    if isinstance(block, blocks.StructBlock):
        return {
            name: stored(child, plain[name], f"{seed}/{name}")
            for name, child in block.child_blocks.items()
            if name in plain
        }
    if isinstance(block, blocks.ListBlock):
        return [
            {
                "type": "item",
                "value": stored(block.child_block, value, f"{seed}/{number}"),
                "id": str(uuid.uuid5(_IDS, f"{seed}/{number}")),
            }
            for number, value in enumerate(plain or ())
        ]
    return plain


def points_at_things(block: Any) -> bool:
    """Return whether a value of `block` may hold an id; a heading, for one, never does."""
    if isinstance(block, blocks.StructBlock):
        return any(points_at_things(child) for child in block.child_blocks.values())
    if isinstance(block, blocks.ListBlock):
        return points_at_things(block.child_block)
    return isinstance(block, (blocks.RichTextBlock, *_CHOOSERS))


def collect(block: Any, raw: Any, found: References) -> None:
    """Add the ids a raw value points at."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if raw and name in raw:
                collect(child, raw[name], found)
    elif isinstance(block, blocks.ListBlock):
        for item in raw or ():
            collect(block.child_block, _bare(item), found)
    elif isinstance(block, blocks.RichTextBlock):
        richtext.rich_text_references(raw, found)
    elif kind := next((kind for chooser, kind in _CHOOSERS.items() if isinstance(block, chooser)), None):
        found.add(kind, raw)


def represent(block: Any, raw: Any, look: Lookup) -> Any:
    """Return a raw value as JSON: ids become pictures, files and links, rich text HTML and words."""
    if isinstance(block, blocks.StructBlock):
        given = raw or {}
        return {
            name: represent(child, given[name] if name in given else _blank(child), look)
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [_item_json(block.child_block, item, look) for item in raw or ()]
    return _leaf(block, raw, look)


def plain_text(block: Any, raw: Any, silent: frozenset[str] = frozenset()) -> str:
    """Return the words of a raw value, a line for each field; choices, addresses and ids have none."""
    if isinstance(block, blocks.StructBlock):
        given = raw or {}
        parts = (
            plain_text(child, given.get(name), silent)
            for name, child in block.child_blocks.items()
            if name not in silent
        )
    elif isinstance(block, blocks.ListBlock):
        parts = (plain_text(block.child_block, _bare(item), silent) for item in raw or ())
    else:
        return _words(block, raw)
    return "\n".join(part for part in parts if part)


def _leaf(block: blocks.Block, raw: Any, look: Lookup) -> Any:
    if isinstance(block, blocks.RichTextBlock):
        html = str(richtext.render_rich_text(raw, look))
        return {"html": html, "text": richtext.rich_text_as_text(raw)}
    if isinstance(block, ImageChooserBlock):
        return picture_json(look.picture(raw))
    if isinstance(block, DocumentChooserBlock):
        return file_json(look.document(raw))
    if isinstance(block, blocks.PageChooserBlock):
        return page_json(look.page(raw))
    return raw.isoformat() if hasattr(raw, "isoformat") else raw


def picture_json(picture: Picture | None) -> dict[str, Any] | None:
    """Return a picture with its renditions; None stays None."""
    if picture is None:
        return None

    def sources(found: tuple[Source, ...]) -> list[dict[str, Any]]:
        return [{"url": source.url, "width": source.width, "height": source.height} for source in found]

    return {
        "id": picture.id,
        "alt": picture.alt,
        "credit": picture.credit,
        "width": picture.width,
        "height": picture.height,
        "state": picture.state,
        "src": picture.src,
        "avif": sources(picture.avif),
        "jpeg": sources(picture.jpeg),
    }


def file_json(file: FileLink | None) -> dict[str, Any] | None:
    """Return a document; `size` in bytes; None stays None."""
    if file is None:
        return None
    date = moments.day(file.official_date)
    return {
        "id": file.id,
        "title": file.title,
        "url": file.url,
        "format": file.extension,
        "size": file.size,
        "number": file.official_number,
        "date": date.isoformat() if date else None,
        "pages": file.page_count,
    }


def page_json(page: PageLink | None) -> dict[str, Any] | None:
    """Return a link to a page; None for one readers cannot open."""
    return {"id": page.id, "title": page.title, "url": page.url} if page else None


_CHOOSERS = {
    ImageChooserBlock: "images",
    DocumentChooserBlock: "documents",
    blocks.PageChooserBlock: "pages",
}
_SPOKEN = (blocks.CharBlock, blocks.TextBlock, blocks.EmailBlock)


def _words(block: blocks.Block, raw: Any) -> str:
    if isinstance(block, blocks.RichTextBlock):
        return richtext.rich_text_as_text(raw)
    if isinstance(block, blocks.DateTimeBlock):
        return moments.moment_text(raw)
    if isinstance(block, blocks.DateBlock):
        return moments.day_text(raw)
    if isinstance(raw, list):
        return "\n".join(_line(item) for item in raw)
    return str(raw).strip() if raw and isinstance(block, _SPOKEN) else ""


def _line(item: Any) -> str:
    return "\t".join(map(str, item)) if isinstance(item, list) else str(item)


def _bare(item: Any) -> Any:
    return (
        item["value"] if isinstance(item, dict) and item.get("type") == "item" and "value" in item else item
    )


def _item(child: blocks.Block, item: Any) -> Any:
    value = opened(child, _bare(item))
    return {"id": item.get("id", ""), **value} if isinstance(value, dict) else value


def _item_json(child: blocks.Block, item: Any, look: Lookup) -> Any:
    value = represent(child, _bare(item), look)
    is_wrapped = isinstance(child, blocks.StructBlock) and "id" in item
    return {"id": item["id"], **value} if is_wrapped else value


def _blank(child: blocks.Block) -> Any:
    if isinstance(child, blocks.ListBlock):
        return []
    if isinstance(child, blocks.StructBlock):
        return opened(child, {})
    return child.get_prep_value(child.get_default())
