"""Personal data that would be public: identity numbers, mobile numbers, e-mail addresses, birth dates."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level
from news.preflight.article import Article, Role, Text
from news.written_dates import plain_dates

_MASK = "\u2022"
_LIFETIME = 100  # years after which nobody's birth date needs care
# Kemendagri's codes of provinces: an identity number begins with one.
_PROVINCES = {
    *range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98),
}  # fmt: skip
_SIXTEEN = re.compile(r"(?<![\d.,])\d(?:[ .-]?\d){15}(?![\d])(?![.,]\d)")
_GROUPED = re.compile(r"\d{1,3}(?:[.]\d{3})+")  # 1.249.337.000.000.000 is an amount
_NAMED = re.compile(
    r"(?<![^\W_])(?:NIK|KK)[\W_]{0,5}(?:(?:nomor|no)[\W_]{0,3})?$", re.I
)  # says what follows it
_BEFORE = 20  # letters before a number in which its name is looked for
_MOBILE = re.compile(r"(?<![\w.,/-])(?:\+62|62|0)[ .-]?8\d{1,2}(?:[ .-]?\d{2,4}){2,4}(?![\w/])")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BORN = re.compile(
    r"(?<![Hh]ari )\b(?:[Ll]ahir|[Kk]elahiran|TTL)\b\s*:?\s*(?:di\s+)?(?:[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,3}\s*[,:]\s*)?"
    r"(?:pada\s+)?(?:tanggal\s*:?\s*)?(?=\d)"
)
_PRIVATE_MAIL = re.compile(
    r"@(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|icloud|me|proton(?:mail)?|gmx|mail)\.",
    re.I,
)
_OFFICIAL_MAIL = re.compile(r"\.go\.id$", re.I)
_DECLARED = (Role.CONTACT,)  # whom to ask is public on purpose


@dataclass(frozen=True)
class _Datum:
    """A piece of personal data: what it is, where it stands, and how it looks with the private part away."""

    kind: str
    words: str
    start: int
    masked: str
    level: Level = Level.ERROR


def check_personal_data(article: Article) -> Iterator[Finding]:
    """Find personal data in everything readers get, names of files and addresses of links included."""
    for text in article.texts:
        looks = _LOOKS[:1] if text.role in _DECLARED else _LOOKS
        taken = 0  # where the last one ends: part of an identity number looks like a mobile one
        data = sorted(
            (datum for look in looks for datum in look(text.words, article)), key=_first_and_longest
        )
        for datum in data:
            if datum.start >= taken:
                taken = datum.start + len(datum.words)
                yield _about(text, datum)


def _first_and_longest(datum: _Datum) -> tuple[int, int]:
    return datum.start, -len(datum.words)


def _about(text: Text, datum: _Datum) -> Finding:
    can_mask = text.role not in (Role.FILE, Role.ADDRESS)
    nth = text.nth(datum.words, datum.start)
    mask = Fix(_("Samarkan"), "replace", text.place.path, datum.masked, datum.words, nth)
    return Finding(
        "personal_data",
        datum.level,
        _message(datum, text),
        text.place,
        fixes=(mask,) if can_mask else (),
        found=datum.words,
        nth=nth,
    )


def _message(datum: _Datum, text: Text) -> str:
    said = {"words": datum.words}
    if text.role is Role.FILE:
        return (
            _("Nama berkas memuat data pribadi (%(words)s). Ganti nama berkasnya, lalu unggah ulang.") % said
        )
    return {
        "identity": _("“%(words)s” mirip NIK atau nomor KK. Hapus atau samarkan."),
        "mobile": _("“%(words)s” mirip nomor ponsel. Hapus; nomor layanan ditulis di blok Kontak."),
        "mail": _("“%(words)s” adalah alamat surel. Hapus; surel layanan ditulis di blok Kontak."),
        "birth": _("Tanggal lahir (%(words)s) adalah data pribadi. Hapus, atau tulis tahunnya saja."),
    }[datum.kind] % said


def _identity_numbers(words: str, article: Article) -> Iterator[_Datum]:
    for match in _SIXTEEN.finditer(words):
        digits = re.sub(r"\D", "", match[0])
        is_named = _NAMED.search(words[max(0, match.start() - _BEFORE) : match.start()])
        if is_named or (_is_identity(digits) and not _GROUPED.fullmatch(match[0])):
            yield _Datum("identity", match[0], match.start(), digits[:4] + _MASK * 12)


def _is_identity(digits: str) -> bool:
    """Ask whether sixteen digits are built like a NIK or KK: province, then the date at 7 to 12."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return int(digits[:2]) in _PROVINCES and 1 <= (day - 40 if day > 40 else day) <= 31 and 1 <= month <= 12


def _mobile_numbers(words: str, article: Article) -> Iterator[_Datum]:
    for match in _MOBILE.finditer(words):
        digits = re.sub(r"\D", "", match[0])
        is_amount = match[0][0] != "0" and _GROUPED.fullmatch(match[0])  # 62.800.000.000
        if 10 <= len(digits) <= 14 and not is_amount and digits not in article.around.contacts:
            yield _Datum("mobile", match[0], match.start(), match[0][:4] + _MASK * 6)


def _mail_addresses(words: str, article: Article) -> Iterator[_Datum]:
    for match in _MAIL.finditer(words):
        address = match[0].rstrip(".").lower()
        if _OFFICIAL_MAIL.search(address) or address in article.around.contacts:
            continue
        name, _at, host = match[0].partition("@")
        level = Level.ERROR if _PRIVATE_MAIL.search(address) else Level.WARNING
        yield _Datum("mail", match[0], match.start(), f"{name[0]}{_MASK * 4}@{host}", level)


def _birth_dates(words: str, article: Article) -> Iterator[_Datum]:
    dates: dict[int, tuple[str, dt.date]] = {
        start: (said, day) for said, start, day in plain_dates(words) if day
    }
    for match in _BORN.finditer(words):
        said, day = dates.get(match.end(), ("", None))
        if day and article.published.year - day.year < _LIFETIME and day < article.published:
            yield _Datum("birth", said, match.end(), str(day.year))


_LOOKS: tuple[Callable[[str, Article], Iterator[_Datum]], ...] = (
    _identity_numbers,
    _mobile_numbers,
    _mail_addresses,
    _birth_dates,
)
