"""The dateline before an article's first words and the mark after its last, as newspapers print them."""

import re
from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.publishing.lookup import Lookup
from news.body import Raw, rendered_blocks, spoken_blocks

_WORDS = re.compile(r"<p>(?!\s*</p>)")
_LAST_PARAGRAPH = re.compile(r"<p>(?:(?!<p[ >]).)*(</p>\s*)\Z", re.S)
_DATELINE = '<span class="dateline">{}</span>'
_MARK = '<span class="end-mark" aria-hidden="true">***</span>'


def framed_body(body: Iterable[Raw], look: Lookup, dateline: str = "", end_mark: bool = False) -> SafeString:
    """Return `body` (what it points at is loaded), `dateline` opening its first words and `***` closing its last.

    A body without paragraphs gets the dateline as a quiet line above it; one that ends with anything but a
    paragraph gets the mark as a line of its own.
    """
    parts = rendered_blocks(body, look)
    if dateline:
        _open(parts, dateline)
    framed = "".join(html for _type, html in parts)
    return mark_safe(_closed(framed) if end_mark else framed)  # noqa: S308 (rendered and escaped already)


def framed_text(body: Iterable[Raw], dateline: str = "", end_mark: bool = False) -> str:
    """Return what `framed_body` says, without markup: blocks apart by an empty line."""
    spoken = spoken_blocks(body)
    texts = [text for _raw, text in spoken]
    if dateline:
        first = next((place for place, (raw, _text) in enumerate(spoken) if _has_paragraph(raw)), None)
        if first is None:
            texts.insert(0, dateline.rstrip(" -"))
        else:
            texts[first] = f"{dateline}{texts[first]}"
    if end_mark:
        closes = spoken and _has_paragraph(spoken[-1][0]) and spoken[-1][0]["value"].rstrip().endswith("</p>")
        texts[-1:] = [f"{texts[-1]} ***"] if closes else [*texts[-1:], "***"]
    return "\n\n".join(texts)


def _has_paragraph(raw: Raw) -> bool:
    return raw["type"] == "paragraph" and "<p" in raw["value"]


def _open(parts: list[tuple[str, str]], dateline: str) -> None:
    # Only in a block of paragraphs is every <p> one of the text: elsewhere it may be part of a box.
    for place, (block_type, html) in enumerate(parts):
        first = _WORDS.search(html) if block_type == "paragraph" else None
        if first:
            opening = format_html(_DATELINE, dateline)
            parts[place] = (block_type, f"{html[: first.end()]}{opening}{html[first.end() :]}")
            return
    parts.insert(0, ("dateline", format_html('<p class="dateline-alone">{}</p>', dateline.rstrip(" -"))))


def _closed(body: str) -> str:
    # Looked for from the last paragraph on: a long body is not searched from its beginning.
    start = max(body.rfind("<p>"), 0)
    last = _LAST_PARAGRAPH.match(body, start)
    return f"{body[: last.start(1)]} {_MARK}{last[1]}" if last else f"{body}<p>{_MARK}</p>"
