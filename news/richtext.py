"""Stored rich text, in every form but the stored one: for browsers, as words, as the ids it points at."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from cms.publishing.lookup import Lookup, References

if TYPE_CHECKING:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

_TAG = re.compile(r"<[^>]+>")
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_LINK = re.compile(r"<a ([^>]*)>(.*?)</a>", re.S)
_HREF = re.compile(r"""\bhref=["']([^"']*)""", re.I)
_LINK_ID = re.compile(r'linktype="(page|document)"|(?<!\w)id="(\d+)"')
_BREAK = re.compile(r"</(?:p|li|h\d)>|<br ?/?>")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_NOT_WORDS = re.compile(r"<!--.*?-->|<(style|script|xml|head)\b.*?</\1\s*>", re.S | re.I)
_EMPTY_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(?:\s|<br ?/?>)*</p>")


class StoredLink(NamedTuple):
    """A link as stored: to a page or document by id (`kind` and `pk`), or to an address."""

    kind: str | None
    pk: str | None
    href: str
    words: str


def render_rich_text(html: str | None, look: Lookup) -> SafeString:
    """Turn stored rich text into what a browser gets: links by id become addresses, editor's keys go."""
    html = without_block_keys(html or "")
    if "linktype" in html:
        html = _LINK.sub(lambda match: _linked(match, look), html)
    return SafeString(html)  # whitelisted by Draftail on save


def without_block_keys(html: str) -> str:
    """Return stored rich text without the keys the editor's screen puts into its paragraphs."""
    return _BLOCK_KEY.sub("", html) if "data-block-key" in html else html


def rich_text_references(html: str | None, found: References) -> None:
    """Add the pages and documents stored rich text links to."""
    if not html or "linktype" not in html:
        return
    for match in _LINK.finditer(html):
        kind, pk = _link_target(match[1])
        if kind:
            found.add("pages" if kind == "page" else "documents", pk)


def stored_links(html: str | None) -> Iterator[StoredLink]:
    """Yield the links of stored rich text."""
    for match in _LINK.finditer(html or ""):
        href = _HREF.search(match[1])
        words = unescape(_TAG.sub("", match[2]))
        yield StoredLink(*_link_target(match[1]), unescape(href[1]) if href else "", words)


def rich_text_as_text(html: str | None) -> str:
    """Return the words of rich text, a line for each paragraph or list item."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", html or ""))).strip()


def tidy(html: str) -> str:
    """Drop what pasting leaves and nobody sees: invisible characters, hard spaces, empty paragraphs."""
    visible = _INVISIBLE.sub("", html).replace("&nbsp;", " ").replace("\u00a0", " ")
    return _EMPTY_PARAGRAPH.sub("", visible)


def cleaned(html: str, features: tuple[str, ...]) -> str:
    """Return foreign HTML (Word, an old site) as rich text an editor with `features` could have written."""
    converter = _converter(features)
    words = _NOT_WORDS.sub("", html)
    return tidy(converter.to_database_format(converter.from_database_format(words)))


@cache
def _converter(features: tuple[str, ...]) -> "ContentstateConverter":
    # Wagtail's module needs the models, which need this one.
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    return ContentstateConverter(features)


def _linked(match: re.Match[str], look: Lookup) -> str:
    kind, pk = _link_target(match[1])
    if kind is None:
        return match[0]
    target = look.page(pk) if kind == "page" else look.document(pk)
    # A link to a page that is gone keeps its words.
    return f'<a href="{escape(target.url)}">{match[2]}</a>' if target else match[2]


def _link_target(attributes: str) -> tuple[str | None, str | None]:
    kind = pk = None
    for match in _LINK_ID.finditer(attributes):
        kind, pk = match[1] or kind, match[2] or pk
    return (kind, pk) if kind and pk else (None, None)
