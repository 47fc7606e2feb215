"""Titles that shout, run on, or claim what the text does not carry."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level, Place
from news.preflight.article import STORY, Article, Role

TITLE_MAX = 70  # letters a phone shows
_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?![\w/])")
_CLAIM = re.compile(rf"{_NUMBER.pattern}(?:\s+[^\W\d]+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERALS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_SPOKEN = {word: str(number) for number, word in enumerate(_NUMERALS)} | {"seratus": "100", "seribu": "1000"}
_SMALL = {
    "dan", "di", "ke", "dari", "yang", "untuk", "pada", "dengan", "dalam", "oleh", "atau", "bagi", "serta",
    "tentang", "sebagai", "terhadap", "antara", "agar", "hingga", "sampai", "karena", "akibat", "lewat",
}  # fmt: skip
_ACRONYMS = {
    "KPU", "RI", "TPS", "PPS", "PPK", "DPT", "DPS", "DPK", "KTP", "NIK", "TNI", "WIB", "DPR", "DPD", "MK", "MA", "UU",
    "KPPS", "DKPP", "PPID", "JDIH", "PKPU", "PDPB", "UMKM", "ASN", "BPJS", "BPS", "PPLN", "SDM", "PAW", "DPRD",
}  # fmt: skip


def check_claims(article: Article) -> Iterator[Finding]:
    """Find numbers in the title that neither lead nor text know."""
    title = article.said(Role.TITLE)
    known = _numbers(" ".join(text.words for text in article.of(*STORY)))
    if article.event_date:
        known |= {str(article.event_date.day), str(article.event_date.year)}
    for match in _CLAIM.finditer(title):
        number = match[0].split()[0]
        if _plain(number) in known or _YEAR.fullmatch(number):
            continue
        message = _(
            "“%(claim)s” pada judul tidak ada di teras maupun isi. Jelaskan di isi, atau ubah judulnya."
        )
        yield Finding(
            "title_not_in_body", Level.WARNING, message % {"claim": match[0]}, _title_place(), found=match[0]
        )


def check_shouting(article: Article) -> Iterator[Finding]:
    """Find a title in capital letters, and offer it in the spelling of titles."""
    title = article.said(Role.TITLE)
    words = re.findall(r"[^\W\d_]{2,}", title)
    loud = [word for word in words if word.isupper() and word not in _ACRONYMS and len(word) > 3]
    if len(loud) < 2 or 2 * sum(word.isupper() for word in words) <= len(words):
        return
    calm = calmed(title)
    fixes = (Fix(_("Ganti dengan “%(title)s”") % {"title": calm}, "set", "title", calm),)
    message = _("Judul berhuruf kapital semua terbaca seperti teriakan. Tulis dengan huruf biasa.")
    yield Finding("title_shouting", Level.WARNING, message, _title_place(), fixes, title)


def check_length(article: Article) -> Iterator[Finding]:
    """Find a title that a phone or a card cuts off."""
    now = len(article.said(Role.TITLE))
    if now > TITLE_MAX:
        message = _("Judul %(now)d huruf; di ponsel dan kartu terpotong sesudah %(max)d. Pendekkan.")
        place = _title_place()
        yield Finding(
            "title_long", Level.WARNING, message % {"now": now, "max": TITLE_MAX}, place, basis=str(now)
        )


def calmed(title: str) -> str:
    """Return a shouted title as EYD writes titles: capitals, small joining words, acronyms kept."""

    def calm(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() in _SMALL:
            return word.lower() if match.start() else word.capitalize()
        return word if word in _ACRONYMS else word.capitalize()

    return re.sub(r"[^\W\d_]+", calm, title)


def _title_place() -> Place:
    return Place("title", _("Judul"))


def _numbers(text: str) -> set[str]:
    spoken = {_SPOKEN[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _SPOKEN}
    return spoken | {_plain(match[0]) for match in _NUMBER.finditer(text)} | set(re.findall(r"\d+", text))


def _plain(number: str) -> str:
    """`9.178.930` -> `9178930`."""
    return number.replace(".", "").rstrip(",")
