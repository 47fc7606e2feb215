"""What a manuscript changes of what is live: field by field and block by block, the same parts folded."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.moderation.difference import fields, words
from cms.moderation.difference.leaves import Leaf, leaves_of
from cms.moderation.difference.names import Names

SAME, CHANGED, ADDED, REMOVED, MOVED = "same", "changed", "added", "removed", "moved"


@dataclass(frozen=True)
class Piece:
    """A labelled value on one side."""

    label: str
    html: SafeString | str


@dataclass(frozen=True)
class Row:
    """One part, before and after."""

    label: str
    state: str
    before: list[Piece] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """Rows one after the other that are all changed, or all the same."""

    is_same: bool
    rows: list[Row]


@dataclass(frozen=True)
class Section:
    """A field of the form."""

    label: str
    groups: list[Group]

    @property
    def is_same(self) -> bool:
        """Ask whether nothing has changed here."""
        return all(group.is_same for group in self.groups)


@dataclass(frozen=True)
class Difference:
    """All fields; `is_new` where nothing of the page is live."""

    is_new: bool
    changed: list[Section]
    same: list[Section]


def compare(live: Page | None, page: Page) -> Difference:
    """Return what `page` changes of `live`, a page of the same kind; everything is new without one."""
    names = Names()
    sections = [
        Section(known.label, _grouped(rows))
        for known in fields.fields_of(type(page))
        if (rows := _rows(live, page, known, names))
    ]
    changed = [section for section in sections if not section.is_same]
    return Difference(live is None, changed, [section for section in sections if section.is_same])


def _grouped(rows: Iterable[Row]) -> list[Group]:
    return [Group(same, list(part)) for same, part in groupby(rows, key=lambda row: row.state == SAME)]


def _rows(live: Page | None, page: Page, known: fields.FormField, names: Names) -> list[Row]:
    if isinstance(known.field, StreamField):
        return _stream_rows(_stream(live, known.name), _stream(page, known.name), known.field, names)
    if known.field.one_to_many:
        before, after = (fields.child_rows(each, known) if each else {} for each in (live, page))
        keys = dict.fromkeys([*before, *after])
        texts = ((before.get(key, ""), after.get(key, "")) for key in keys)
        return [_row("", [Leaf("", "", old)], [Leaf("", "", new)], names) for old, new in texts]
    before, after = (_leaves(each, known, names) if each else [] for each in (live, page))
    return [_row("", before, after, names)] if before or after else []


def _leaves(page: Page, known: fields.FormField, names: Names) -> list[Leaf]:
    if picture := fields.picture_of(page, known):
        return [Leaf("", "", picture=picture)]
    text = fields.words_of(page, known, names)
    return [Leaf("", "", text)] if text else []


def _stream(page: Page | None, name: str) -> list[dict[str, Any]]:
    return getattr(page, name).get_prep_value() if page else []


def _stream_rows(
    before: list[dict[str, Any]], after: list[dict[str, Any]], stream: StreamField, names: Names
) -> list[Row]:
    """Match blocks by their ids; those without a match by what they say; and tell which were moved."""
    old = {_key(item, place): item for place, item in enumerate(before)}
    new = {_key(item, place): item for place, item in enumerate(after)}
    pairs = _paired(old, new)
    moved = _moved([key for key in old if key in pairs.values()], [pairs[key] for key in new if key in pairs])
    children = stream.stream_block.child_blocks
    rows: list[Row] = []
    gone = [key for key in old if key not in pairs.values()]
    places = {key: place for place, key in enumerate(old)}
    for key, item in new.items():
        mine = pairs.get(key)
        while gone and mine is not None and places[gone[0]] < places[mine]:
            rows += _block_row(old[gone.pop(0)], None, children, names)
        rows += _block_row(old.get(mine) if mine else None, item, children, names, is_moved=mine in moved)
    return rows + [row for key in gone for row in _block_row(old[key], None, children, names)]


def _key(item: dict[str, Any], place: int) -> str:
    return item.get("id") or f"@{place}"


def _paired(old: dict[str, Any], new: dict[str, Any]) -> dict[str, str]:
    """Return for each new block the old one it is."""
    pairs = {key: key for key in new if key in old and old[key]["type"] == new[key]["type"]}
    rest = [key for key in old if key not in pairs.values()]
    for key, item in new.items():
        said = item["type"], item["value"]
        twin = next((mine for mine in rest if (old[mine]["type"], old[mine]["value"]) == said), None)
        if key not in pairs and twin:
            pairs[key] = twin
            rest.remove(twin)
    return pairs


def _moved(before: list[str], after: list[str]) -> set[str]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    still = {key for start, _j, size in matcher.get_matching_blocks() for key in before[start : start + size]}
    return set(after) - still


def _block_row(
    old: dict[str, Any] | None,
    new: dict[str, Any] | None,
    children: dict[str, Any],
    names: Names,
    *,
    is_moved: bool = False,
) -> list[Row]:
    block = children.get((new or old or {}).get("type", ""))
    if block is None:  # a kind of block that there is no more: readers do not see it either
        return []
    before, after = (list(leaves_of(block, item["value"], names)) if item else [] for item in (old, new))
    row = _row(capfirst(str(block.label)), before, after, names)
    return [Row(row.label, MOVED, row.before, row.after) if is_moved and row.state == SAME else row]


def _row(label: str, before: list[Leaf], after: list[Leaf], names: Names) -> Row:
    old, new = ({leaf.key: leaf for leaf in leaves} for leaves in (before, after))
    if not before or not after or not _says(before) or not _says(after):
        state = SAME if _says(before) == _says(after) else ADDED if _says(after) else REMOVED
        return Row(
            label, state, [_whole(leaf, names) for leaf in before], [_whole(leaf, names) for leaf in after]
        )
    if before == after:
        return Row(
            label, SAME, [_whole(leaf, names) for leaf in before], [_whole(leaf, names) for leaf in after]
        )
    left, right = [], []
    for key in dict.fromkeys([*old, *new]):
        one, other = old.get(key), new.get(key)
        first, second = _both(one, other, names)
        left += [Piece(one.label, first)] if one else []
        right += [Piece(other.label, second)] if other else []
    return Row(label, CHANGED, left, right)


def _says(leaves: list[Leaf]) -> list[tuple[str, int | None]]:
    return [(leaf.text, leaf.picture) for leaf in leaves if leaf.text or leaf.picture]


def _both(old: Leaf | None, new: Leaf | None, names: Names) -> tuple[SafeString | str, SafeString | str]:
    if (old and old.picture) or (new and new.picture):
        return (names.picture(old.picture) if old else "", names.picture(new.picture) if new else "")
    return words.sides(old.text if old else "", new.text if new else "")


def _whole(leaf: Leaf, names: Names) -> Piece:
    return Piece(leaf.label, names.picture(leaf.picture) if leaf.picture else words.plain(leaf.text))
