"""Sentences and paragraphs: where they end, and which are too long to be read on a phone."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level
from news.preflight.article import Article, Role, Text

PARAGRAPH_MAX, SENTENCE_MAX = 80, 30  # words
_ASKED = (Role.LEAD, Role.PROSE)
# A full stop ends a sentence, unless it stands after a title, an initial or an abbreviation.
_END = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b(?:Rp|No|Jl|Dr|dr|Ir|Hj|KH)\.)(?<!\b(?:Drs|Dra|dkk|dll|dsb|Kab)\.)(?<!\bProf\.)"
    r"[\"\u201d)]*\s+(?=[\"\u201c(A-Z0-9])"
)
_SHOWN = 40  # letters of a sentence that a message quotes


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, line by line."""
    return [part for line in text.splitlines() for part in _END.split(line) if part.strip()]


def sentence_around(text: str, place: int) -> str:
    """Return the sentence in which `place` lies."""
    start = 0
    for match in re.finditer(rf"\n|{_END.pattern}", text):
        if match.start() >= place:
            return text[start : match.start()]
        start = match.end()
    return text[start:]


def check_paragraphs(article: Article) -> Iterator[Finding]:
    """Find paragraphs of more than 80 words, and offer to begin a new one in the middle."""
    for text in article.of(*_ASKED):
        for line in text.words.splitlines():
            count = len(line.split())
            if count > PARAGRAPH_MAX:
                yield _too_long(text, line, count)


def check_sentences(article: Article) -> Iterator[Finding]:
    """Find, in each text, how many sentences have more than 30 words, and show the longest."""
    for text in article.of(*_ASKED):
        long = [each for each in sentences(text.words) if len(each.split()) > SENTENCE_MAX]
        if not long:
            continue
        longest = max(long, key=lambda each: len(each.split()))
        words = _(
            "%(count)d kalimat lebih dari %(max)d kata; terpanjang %(longest)d kata: “%(start)s…”. Pecah menjadi dua."
        )
        message = words % {
            "count": len(long),
            "max": SENTENCE_MAX,
            "longest": len(longest.split()),
            "start": longest[:_SHOWN].rstrip(),
        }
        yield Finding("long_sentence", Level.WARNING, message, text.place, found=longest)


def _too_long(text: Text, line: str, count: int) -> Finding:
    words = _("Paragraf ini %(count)d kata. Bagi dua; di layar ponsel paling banyak %(max)d kata.")
    return Finding(
        "long_paragraph",
        Level.WARNING,
        words % {"count": count, "max": PARAGRAPH_MAX},
        text.place,
        fixes=_split(text, line),
        found=line,
    )


def _split(text: Text, line: str) -> tuple[Fix, ...]:
    """Offer to begin a new paragraph at the sentence nearest to the middle."""
    starts = [match.end() for match in _END.finditer(line)]
    if not text.is_rich or not starts:
        return ()
    at = min(starts, key=lambda start: abs(start - len(line) // 2))
    opening = line[at : at + _SHOWN]
    nth = text.nth(opening, text.words.index(line) + at)
    label = _("Mulai paragraf baru di “%(start)s…”") % {"start": opening.rstrip()}
    return (Fix(label, "split", text.place.path, "", opening, nth),)
