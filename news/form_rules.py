"""What an article's form refuses, and the sentence that says what to do instead."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

TITLE_MAX = 110  # letters
LEAD_MIN, LEAD_MAX = 60, 220  # letters
TAGS_MAX = 8
EARLIEST, LATEST = (
    1902,
    2037,
)  # years whose articles have places of their own in lists (cms.publishing.recording)

Given = Mapping[str, Any]
Rule = Callable[[Given], tuple[str, str] | None]


def broken(given: Given, rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    """Yield (name of the field, sentence) for every one of `rules` that the cleaned data breaks."""
    for rule in rules:
        if found := rule(given):
            yield found


def _title_length(given: Given) -> tuple[str, str] | None:
    now = len(given.get("title") or "")
    if now <= TITLE_MAX:
        return None
    words = _("Judul paling panjang %(max)d huruf; sekarang %(now)d. Pendekkan judulnya.")
    return "title", words % {"max": TITLE_MAX, "now": now}


def _lead_length(given: Given) -> tuple[str, str] | None:
    now = len((given.get("lead") or "").strip())
    if not now or LEAD_MIN <= now <= LEAD_MAX:
        return None
    words = _("Teras berita %(min)d sampai %(max)d huruf; sekarang %(now)d.")
    return "lead", words % {"min": LEAD_MIN, "max": LEAD_MAX, "now": now}


def _hero_alt(given: Given) -> tuple[str, str] | None:
    if not given.get("hero_image") or (given.get("hero_alt") or "").strip():
        return None
    return "hero_alt", _("Isi teks alternatif: ceritakan isi foto kepada orang yang tidak dapat melihatnya.")


def _tag_count(given: Given) -> tuple[str, str] | None:
    now = len(set(given.get("tags") or ()))
    if now <= TAGS_MAX:
        return None
    words = _("Paling banyak %(max)d tagar; sekarang %(now)d. Hapus yang kurang penting.")
    return "tags", words % {"max": TAGS_MAX, "now": now}


def _embargo(given: Given) -> tuple[str, str] | None:
    embargo: dt.datetime | None = given.get("embargo_until")
    if not embargo or embargo <= timezone.now() or "go_live_at" not in given:
        return None
    start = given["go_live_at"]
    if start and start >= embargo:
        return None
    words = _("Embargo belum berakhir. Jadwalkan terbit sesudah waktu embargo, atau kosongkan embargo.")
    return "embargo_until", words


def _validity(given: Given) -> tuple[str, str] | None:
    start, end = given.get("valid_from"), given.get("valid_until")
    if not start or not end or end >= start:
        return None
    return "valid_until", _("Akhir masa berlaku tidak boleh mendahului awalnya.")


def _update(given: Given) -> tuple[str, str] | None:
    first, last = given.get("published_at"), given.get("updated_at")
    if not first or not last or last >= first:
        return None
    return "updated_at", _("Waktu pembaruan tidak boleh mendahului waktu terbit.")


def _age(given: Given) -> tuple[str, str] | None:
    first = given.get("published_at")
    if not first or EARLIEST <= first.year <= LATEST:
        return None
    words = _("Tahun waktu terbit harus antara %(first)d dan %(last)d. Periksa angka tahunnya.")
    return "published_at", words % {"first": EARLIEST, "last": LATEST}


def _priority(given: Given) -> tuple[str, str] | None:
    level = given.get("priority")
    return None if level is None or 1 <= level <= 9 else ("priority", _("Prioritas diisi 1 sampai 9."))


# The database itself refuses these three, in drafts too.
ALWAYS: tuple[Rule, ...] = (_validity, _update, _priority)
ALL: tuple[Rule, ...] = (*ALWAYS, _age, _title_length, _lead_length, _hero_alt, _tag_count, _embargo)
