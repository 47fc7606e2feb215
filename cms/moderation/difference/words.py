"""Two texts word by word: what went is struck out on the one side, what came is underlined on the other."""

import difflib
import re
from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_TOKEN = re.compile(r"\w+(?:[^\w\s]+\w+)*|\s+|[^\w\s]")  # an address is one word
_CONTEXT = 1  # lines that stay around a change
_WORDS_MAX = 20_000  # tokens: beyond that, comparing them would keep a person waiting


def plain(text: str) -> SafeString:
    """Return a whole text, its lines as paragraphs."""
    return format_html_join("", "<p>{}</p>", ((line,) for line in text.split("\n")))


def sides(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Return both texts with their differences marked, and lines that are the same folded."""
    old, new = before.split("\n"), after.split("\n")
    left: list[SafeString] = []
    right: list[SafeString] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            same = _folded(old[i1:i2])
            left += same
            right += same
            continue
        shared = min(i2 - i1, j2 - j1)
        for one, other in zip(old[i1 : i1 + shared], new[j1 : j1 + shared], strict=True):
            gone, come = _line(one, other)
            left.append(gone)
            right.append(come)
        left += [format_html("<p>{}</p>", _marked("del", line)) for line in old[i1 + shared : i2]]
        right += [format_html("<p>{}</p>", _marked("ins", line)) for line in new[j1 + shared : j2]]
    return _joined(left), _joined(right)


def _line(before: str, after: str) -> tuple[SafeString, SafeString]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _WORDS_MAX:
        return (
            format_html("<p>{}</p>", _marked("del", before)),
            format_html("<p>{}</p>", _marked("ins", after)),
        )
    left: list[SafeString] = []
    right: list[SafeString] = []
    for kind, i1, i2, j1, j2 in _merged(old, new):
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        left.append(conditional_escape(gone) if kind == "equal" else _marked("del", gone))
        right.append(conditional_escape(come) if kind == "equal" else _marked("ins", come))
    return format_html("<p>{}</p>", _joined(left)), format_html("<p>{}</p>", _joined(right))


def _merged(old: list[str], new: list[str]) -> Iterable[tuple[str, int, int, int, int]]:
    """Join changes that only a space keeps apart: words that are read together are marked together."""
    found: list[tuple[str, int, int, int, int]] = []
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (kind, i1, i2, j1, j2) in enumerate(codes):
        is_gap = kind == "equal" and 0 < place < len(codes) - 1 and not "".join(old[i1:i2]).strip()
        if found and found[-1][0] != "equal" and (kind != "equal" or is_gap):
            found[-1] = ("replace", found[-1][1], i2, found[-1][3], j2)
        else:
            found.append((kind, i1, i2, j1, j2))
    return found


def _folded(lines: list[str]) -> list[SafeString]:
    if len(lines) <= 2 * _CONTEXT + 1:
        return [format_html("<p>{}</p>", line) for line in lines]
    hidden = len(lines) - 2 * _CONTEXT
    words = ngettext("%(count)d alinea tidak berubah", "%(count)d alinea tidak berubah", hidden)
    fold = format_html('<p class="warta-fold">… {} …</p>', words % {"count": hidden})
    start = [format_html("<p>{}</p>", line) for line in lines[:_CONTEXT]]
    return [*start, fold, *(format_html("<p>{}</p>", line) for line in lines[-_CONTEXT:])]


def _marked(tag: str, text: str) -> SafeString:
    if not text:
        return SafeString("")
    if tag == "del":
        return format_html('<del><span class="w-sr-only">{} </span>{}</del>', _("dihapus:"), text)
    return format_html('<ins><span class="w-sr-only">{} </span>{}</ins>', _("ditambah:"), text)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
