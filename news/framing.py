"""The dateline before an article's first words and the mark after its last, as newspapers print them."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_FIRST_PARAGRAPH = re.compile(r"\s*<p>")
_LAST_PARAGRAPH = re.compile(r"<p>(?:(?!<p[ >]).)*(</p>\s*)\Z", re.S)
_DATELINE = '<span class="dateline">{}</span>'
_MARK = '<span class="end-mark" aria-hidden="true">***</span>'


def frame(body: SafeString, dateline: str = "", end_mark: bool = False) -> SafeString:
    """Return the rendered `body` with `dateline` opening its first paragraph and `***` closing its last one.

    A body that begins or ends with anything but a paragraph gets them as lines of their own.
    """
    framed = _opened(str(body), dateline) if dateline else str(body)
    return mark_safe(_closed(framed) if end_mark else framed)  # noqa: S308 (rendered and escaped already)


def _opened(body: str, dateline: str) -> str:
    first = _FIRST_PARAGRAPH.match(body)
    if first:
        return f"<p>{format_html(_DATELINE, dateline)}{body[first.end() :]}"
    return format_html('<p class="dateline">{}</p>', dateline.rstrip(" -")) + body


def _closed(body: str) -> str:
    # Looked for from the last paragraph on: a long body is not searched from its beginning.
    start = max(body.rfind("<p>"), 0)
    last = _LAST_PARAGRAPH.match(body, start)
    return f"{body[: last.start(1)]} {_MARK}{last[1]}" if last else f"{body}<p>{_MARK}</p>"
