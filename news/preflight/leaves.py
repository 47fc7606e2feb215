"""Every field of every block of a body, with its place in the form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail import blocks

from cms.moderation.checks import Place
from news.blocks.catalogue import BODY_BLOCKS
from news.blocks.grid import CellsBlock
from news.blocks.lines import LinesBlock
from news.preflight.article import Role

_BY_PLACE = {
    ("quote", "text"): Role.SPEECH,
    ("claim_review", "claim"): Role.VERBATIM,
    ("right_of_reply", "text"): Role.VERBATIM,
}
_BY_NAME = {
    "alt": Role.ALT,
    "credit": Role.NAME,
    "attribution": Role.NAME,
    "role": Role.NAME,
    "sender": Role.NAME,
    "transcript": Role.VERBATIM,
}
_BY_TYPE = {"contact": Role.CONTACT, "heading": Role.HEADING}


@dataclass(frozen=True)
class Leaf:
    """One field: its place, the type of the block of the body it belongs to, its name there, its raw value."""

    place: Place
    block_type: str
    name: str
    block: blocks.Block
    raw: Any

    @property
    def role(self) -> Role:
        """Return what its words are for."""
        by_kind = _BY_PLACE.get((self.block_type, self.name)) or _BY_NAME.get(self.name)
        return by_kind or _BY_TYPE.get(self.block_type) or _by_class(self.block)


@dataclass(frozen=True)
class Whole:
    """One block of the body, whole."""

    place: Place
    block_type: str
    raw: Any

    def leaves(self) -> Iterator[Leaf]:
        """Yield its fields in the order of the form."""
        block = BODY_BLOCKS.child_blocks[self.block_type]
        yield from _walk(self.block_type, block, self.raw, self.place, "")


def blocks_of(body: Iterable[Mapping[str, Any]]) -> Iterator[Whole]:
    """Yield the blocks of a raw body; those of a type that no longer exists are passed over."""
    seen: dict[str, int] = {}
    for number, raw in enumerate(body):
        block = BODY_BLOCKS.child_blocks.get(raw["type"])
        if block is None:
            continue
        count = seen[raw["type"]] = seen.get(raw["type"], 0) + 1
        path = f"body.{raw.get('id') or f'@{number}'}"
        yield Whole(Place(path, f"{block.label} {count}"), raw["type"], raw["value"])


def _walk(block_type: str, block: Any, raw: Any, place: Place, name: str) -> Iterator[Leaf]:
    if isinstance(block, blocks.StructBlock):
        for own, child in block.child_blocks.items():
            inside = Place(f"{place.path}.{own}", f"{place.label}, {child.label}")
            yield from _walk(block_type, child, (raw or {}).get(own), inside, own)
    elif isinstance(block, blocks.ListBlock):
        for number, item in enumerate(raw or ()):
            is_wrapped = isinstance(item, dict) and item.get("type") == "item"
            own = (item.get("id") if is_wrapped else "") or f"@{number}"
            inside = Place(f"{place.path}.{own}", f"{place.label} {number + 1}")
            yield from _walk(
                block_type, block.child_block, item["value"] if is_wrapped else item, inside, name
            )
    else:
        yield Leaf(place, block_type, name, block, raw)


def _by_class(block: blocks.Block) -> Role:
    if isinstance(block, blocks.RichTextBlock):
        return Role.PROSE
    if isinstance(block, LinesBlock):
        return Role.LIST
    return Role.CELLS if isinstance(block, CellsBlock) else Role.CAPTION
