"""A figure in the text that is, but for a slip, the one its table gives."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level
from news.preflight.article import Article, Role, Table, Text
from news.preflight.sentences import sentence_around

_ASKED = (Role.TITLE, Role.LEAD, Role.PROSE, Role.LIST, Role.CAPTION)
_FIGURE = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d]|[.,]\d)")
_TOTAL = re.compile(r"(?:jumlah|total|grand\s+total)\b", re.I)
_IN_ALL = r"(?:jumlah|total|keseluruhan|seluruhnya|sebanyak)"
# Who compares with another time, or rounds, gives another figure on purpose.
_ANOTHER = re.compile(
    r"\b(?:sebelum\w*|semula|awalnya|dahulu|dulu|lalu|dari|menjadi|dibanding\w*|sekitar|kira-kira|hampir|lebih|kurang"
    r"|pemilu\s+(?:19|20)\d\d)\b",
    re.I,
)


def check_figures(article: Article) -> Iterator[Finding]:
    """Find figures that differ from a cell of the row they speak of by one digit, or by two that changed places."""
    for table in article.tables:
        cells = {cell.strip() for row in table.rows for cell in row}
        for text in article.of(*_ASKED):
            for match in _FIGURE.finditer(text.words):
                if match[0] not in cells:
                    yield from _about(table, text, match)


def _about(table: Table, text: Text, match: re.Match[str]) -> Iterator[Finding]:
    sentence = sentence_around(text.words, match.start())
    if _ANOTHER.search(sentence):
        return
    for row in table.rows[1:]:
        near = [cell.strip() for cell in row[1:] if _is_slip(match[0], cell.strip())]
        if len(near) != 1 or near[0] in text.words or not _speaks_of(sentence, row[0]):
            continue
        words = _("“%(written)s” di teks, tetapi tabel “%(row)s” menulis %(cell)s. Samakan keduanya.")
        nth = text.nth(match[0], match.start())
        label = _("Ganti %(written)s dengan %(total)s") % {"written": match[0], "total": near[0]}
        yield Finding(
            "sum_mismatch",
            Level.ERROR,
            words % {"written": match[0], "row": row[0].strip(), "cell": near[0]},
            text.place,
            fixes=(Fix(label, "replace", text.place.path, near[0], match[0], nth),),
            found=match[0],
            nth=nth,
            basis=near[0],
        )
        return


def _speaks_of(sentence: str, name: str) -> bool:
    """Ask whether a sentence names the row; a row of totals is named by any word for all."""
    words = name.strip()
    pattern = _IN_ALL if _TOTAL.match(words) else re.escape(words)
    return bool(words) and bool(re.search(rf"\b{pattern}\b", sentence, re.I))


def _is_slip(written: str, cell: str) -> bool:
    """Ask whether two figures of as many digits differ in one, or in two neighbours that changed places."""
    if len(written) != len(cell) or not _FIGURE.fullmatch(cell):
        return False
    places = [number for number, (one, other) in enumerate(zip(written, cell, strict=True)) if one != other]
    if len(places) == 1:
        return True
    digits, right = written.replace(".", ""), cell.replace(".", "")
    apart = [number for number in range(len(digits)) if digits[number] != right[number]]
    if len(apart) != 2 or apart[1] - apart[0] != 1:
        return False
    first, second = apart
    return digits[first] == right[second] and digits[second] == right[first]
