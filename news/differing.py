"""What changed between two texts, word by word, as readers and screen readers can follow it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\s+|[^\s]+")


class Piece(NamedTuple):
    """Some words and what became of them: "same", "gone" or "new"."""

    change: str
    words: str


def paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Piece]]:
    """Yield the paragraphs of both texts in their order, each cut where it differs."""
    for tag, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = before[first:last], after[begin:end]
        if tag == "equal":
            yield from ([Piece("same", text)] for text in old)
            continue
        both = min(len(old), len(new))
        yield from (words(*pair) for pair in zip(old, new, strict=False))
        yield from ([Piece("gone", text)] for text in old[both:])
        yield from ([Piece("new", text)] for text in new[both:])


def words(before: str, after: str) -> list[Piece]:
    """Return one paragraph as it was and became."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Piece] = []
    for tag, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[first:last])))
            continue
        gone, added = "".join(old[first:last]), "".join(new[begin:end])
        found += [Piece("gone", gone)] if gone else []
        found += [Piece("new", added)] if added else []
    return found
