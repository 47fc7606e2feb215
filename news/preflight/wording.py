"""Words of the list, words written twice, stray punctuation."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level
from news.preflight.article import WRITTEN, Article, Term, Text

_TWICE = re.compile(r"\b([^\W\d_]{2,})[ \t]+(\1)\b", re.I)
# What never stands twice; other words may lack the hyphen of a plural.
_JOINING = {
    "di", "ke", "dari", "dan", "yang", "untuk", "pada", "dengan", "dalam", "oleh", "atau", "bagi", "serta", "adalah",
    "akan", "telah", "sudah", "itu", "ini", "para", "agar", "juga", "tersebut", "sebagai", "secara", "dapat", "tidak",
}  # fmt: skip
_STRAY = re.compile(
    r"(?P<twice>,\s*,|;\s*;|:\s*:|(?<![.\s])\.[ \t]?\.(?![.\w])|!!+|\?\?+)|(?<=\w)(?P<gap>[ \t]+[,.;!?])(?=\s|$)"
)


def check_terms(article: Article) -> Iterator[Finding]:
    """Find misspellings and foreign words of the list, and offer the right ones."""
    if not article.is_indonesian:
        return
    pattern, known = _compiled(article.around.terms)
    for text in article.of(*WRITTEN):
        for match in pattern.finditer(text.words) if known else ():
            term = known[_key(match[0])]
            right = _fitting(match[0], term.right)
            if match[0] == right or match[0].isupper():
                continue
            yield _about_term(text, match, term, right)


def check_twice(article: Article) -> Iterator[Finding]:
    """Find a word written twice."""
    for text in article.of(*WRITTEN):
        for match in _TWICE.finditer(text.words):
            first, second = match[1], match[2]
            is_joining = first.lower() in _JOINING
            if not is_joining and first[0].isupper() and second[0].isupper():
                continue  # Bora Bora
            nth = text.nth(match[0], match.start())
            instead = [first] if is_joining else [first, f"{first}-{second}"]
            fixes = tuple(
                Fix(
                    _("Ganti dengan “%(right)s”") % {"right": right},
                    "replace",
                    text.place.path,
                    right,
                    match[0],
                    nth,
                )
                for right in instead
            )
            message = _("“%(words)s” tertulis dua kali. Hapus satu.") % {"words": match[0]}
            yield Finding("doubled_word", Level.WARNING, message, text.place, fixes, match[0], nth)


def check_punctuation(article: Article) -> Iterator[Finding]:
    """Find punctuation written twice, or apart from its word."""
    for text in article.of(*WRITTEN):
        for match in _STRAY.finditer(text.words):
            right = match[0].strip()[0]
            nth = text.nth(match[0], match.start())
            label = _("Rapikan tanda baca")
            fix = Fix(label, "replace", text.place.path, right, match[0], nth)
            around = text.words[max(0, match.start() - 15) : match.end() + 15].strip()
            words = (
                _("Tanda baca ganda di “…%(around)s…”.")
                if match["twice"]
                else _("Ada spasi sebelum tanda baca di “…%(around)s…”.")
            )
            yield Finding(
                "doubled_punctuation",
                Level.WARNING,
                words % {"around": around},
                text.place,
                (fix,),
                match[0],
                nth,
            )


def _about_term(text: Text, match: re.Match[str], term: Term, right: str) -> Finding:
    said = {"wrong": match[0], "right": right}
    nth = text.nth(match[0], match.start())
    label = _("Ganti dengan “%(right)s”") % said
    fix = Fix(label, "replace", text.place.path, right, match[0], nth)
    if term.is_foreign:
        message = _("“%(wrong)s” adalah kata asing. Padanannya: “%(right)s”.") % said
        return Finding("foreign_term", Level.INFO, message, text.place, (fix,), match[0], nth)
    message = _("“%(wrong)s” ditulis “%(right)s”.") % said
    return Finding("spelling", Level.WARNING, message, text.place, (fix,), match[0], nth)


@lru_cache(maxsize=64)
def _compiled(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Term]]:
    """Return one pattern for all terms, and the terms by what it finds; the same for all articles of an office."""
    known = {_key(term.wrong): term for term in terms}
    longest_first = sorted(known, key=len, reverse=True)
    anywhere = "|".join(r"\s+".join(map(re.escape, key.split(" "))) for key in longest_first)
    # Parts of addresses and hyphenated words are none of the list's business.
    return re.compile(rf"(?<![\w.@/#-])(?:{anywhere or '(?!)'})(?![\w@/-]|\.\w)", re.I), known


def _key(words: str) -> str:
    return " ".join(words.lower().split())


def _fitting(found: str, right: str) -> str:
    """Return the right word with the capital the wrong one began with."""
    return right[:1].upper() + right[1:] if found[:1].isupper() else right
