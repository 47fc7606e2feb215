"""Gambling links and words, and text made so that only search engines see it: the attack on .go.id sites ("judol")."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Level
from news.preflight.article import Article, Role

# Parts of host names and paths that only gambling sites have.
_ADDRESS = re.compile(
    r"(?<!time)(?<!time-)slot(?:s|gacor|online|maxwin|dana|qris|thailand|demo|\d+)?(?=[-./_\d]|$)|gacor|togel|toto(?:gel|slot|macau|sgp|hk|\d)"
    r"|maxwin|sbobet|judi(?:online|bola|slot)|judi-(?:online|bola|slot)|casino|kasino|poker(?:qq|online|\d)|bandarq|domino(?:qq|99)"
    r"|pragmatic-?play|joker123|rtp-?(?:live|slot)|scatter-?hitam|mahjong-?ways|live-?draw|\bidn(?:slot|poker|play)"
)
# What advertises gambling; news about it says "judi online" and "judol".
_WORDS = re.compile(
    r"\b(?:slot\s+(?:gacor|online|dana|qris|thailand|maxwin|demo|88|777)|situs\s+(?:slot|togel|judi)|agen\s+(?:slot|togel|judi|bola)"
    r"|bandar\s+(?:togel|slot|judi|bola|q)|daftar\s+slot|link\s+(?:slot|alternatif)|gacor|maxwin|sbobet|toto\s+(?:macau|togel|sgp)"
    r"|togel\s+(?:online|hari|singapura|hongkong)|rtp\s+(?:slot|live)|scatter\s+hitam|mahjong\s+ways|gates\s+of\s+olympus"
    r"|pragmatic\s+play|bonus\s+new\s+member|depo(?:sit)?\s+\d+\s*(?:k|rb|ribu)\b|anti\s+rungkad|jackpot\s+(?:besar|paus))\b",
    re.I,
)
_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|(?<!-)\b(?:height|width)\s*:\s*0(?:px)?\s*[;\"']"
    r"|<(?:marquee|iframe|script|object|embed)\b|<[a-z]+[^>]*\shidden\b)",
    re.I,
)
_QUOTED = (Role.VERBATIM,)  # a claim that is refuted may name what it advertises


def check_addresses(article: Article) -> Iterator[Finding]:
    """Find links to gambling sites, and gambling pages planted on others."""
    for link in article.links:
        parts = urlsplit(link.url.lower())
        where = f"{parts.hostname or ''}{unquote(parts.path)}"
        if link.url and _ADDRESS.search(where):
            message = _("Tautan ke %(host)s mirip tautan judi daring. Hapus tautannya.")
            said = message % {"host": parts.hostname or link.url}
            yield Finding("gambling_link", Level.ERROR, said, link.place, found=link.url)


def check_words(article: Article) -> Iterator[Finding]:
    """Find the words of gambling advertisements; two different ones in an article are no accident."""
    found = [
        (text, match)
        for text in article.texts
        if text.role not in _QUOTED
        for match in _WORDS.finditer(text.words)
    ]
    several = len({match[0].lower() for _text, match in found}) > 1
    for text, match in found:
        message = _("“%(words)s” adalah kata iklan judi daring. Hapus.") % {"words": match[0]}
        level = Level.ERROR if several else Level.WARNING
        nth = text.nth(match[0], match.start())
        yield Finding("gambling_link", level, message, text.place, found=match[0], nth=nth)


def check_hidden(article: Article) -> Iterator[Finding]:
    """Find markup that hides words from readers."""
    for markup in article.markup:
        if match := _HIDDEN.search(markup.html):
            message = _("Ada teks atau kode tersembunyi (%(code)s). Tempel ulang paragraf ini tanpa format.")
            said = message % {"code": match[0].strip()}
            yield Finding("hidden_text", Level.ERROR, said, markup.place, found=match[0])
