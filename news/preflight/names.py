"""People in the office's register: names spelt another way, and posts they did not hold on the day."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level
from news.dates import day_month_year, from_to
from news.preflight.article import READ, Appointment, Article, Role, Text
from news.preflight.sentences import sentence_around

_ASKED = READ - {Role.CONTACT, Role.DATELINE, Role.VERBATIM}
_WORD = re.compile(r"[^\W\d_](?:[\w\u2019'\u2018`-]*\w)?")
_APOSTROPHES = str.maketrans("\u2019\u2018`", "'''")
_SHORTEST = 5  # letters: a shorter word differs from too many others by one (Siti and Sita)
_MOST_WRONG = 2  # letters in a name, in two words: Rahmadani is not Rahmawati
_ALSO = {
    "kpu": r"(?:KPU|Komisi\s+Pemilihan\s+Umum)", "ri": r"(?:RI|Republik\s+Indonesia)",
    "sekjen": r"(?:Sekjen|Sekretaris\s+Jenderal)", "kabupaten": r"(?:Kabupaten|Kab\.?)",
}  # fmt: skip
_BETWEEN = r"\s+(?:Provinsi\s+|Prov\.?\s+)?"
_WRITTEN_OUT = (
    ("komisi pemilihan umum", "kpu"),
    ("republik indonesia", "ri"),
    ("sekretaris jenderal", "sekjen"),
)
_HONOURS = r"(?:(?:Bapak|Ibu|Bpk|Sdr|Sdri|Prof|Dr|dr|Drs|Dra|Ir|H|Hj|KH)\.?,?\s+)*"
_DEGREES = r"(?:,?\s+(?:[SM]\.?\s?[A-Z]\w{0,4}|Ph\.?\s?D|LL\.?M)\.?)*"
# Whoever speaks of another time says so.
_OTHER_TIME = re.compile(
    r"\b(?:mantan|eks|bekas|almarhum\w*|plt|plh|calon|(?:saat|ketika|kala|waktu)\s+itu|periode|dilantik|terpilih)\b",
    re.I,
)


def check_spelling(article: Article) -> Iterator[Finding]:
    """Find names that differ from a registered one by a letter or two."""
    register = {_plain(each.name): each.name for each in article.around.appointments}
    for text in article.of(*_ASKED) if register else ():
        for start, end, name in _nearly_named(text.words, register):
            written = text.words[start:end]
            words = _("“%(written)s” tertulis lain dari daftar pejabat: “%(name)s”. Periksa ejaannya.")
            nth = text.nth(written, start)
            label = _("Ganti dengan %(name)s") % {"name": name}
            yield Finding(
                "name_at_date",
                Level.WARNING,
                words % {"written": written, "name": name},
                text.place,
                fixes=(Fix(label, "replace", text.place.path, name, written, nth),),
                found=written,
                nth=nth,
            )


def check_posts(article: Article) -> Iterator[Finding]:
    """Find people with a post that, says the register, they did not hold on the day the article speaks of."""
    register = article.around.appointments
    for text in article.of(*_ASKED) if register else ():
        for position in dict.fromkeys(each.position for each in register):
            holders = [each for each in register if each.position == position]
            for name in dict.fromkeys(each.name for each in register):
                for start, end in _named_with(text.words, name, position):
                    if not _OTHER_TIME.search(sentence_around(text.words, start)):
                        yield from _about(text, article.reference, name, holders, (start, end))


def _about(
    text: Text, day: dt.date, name: str, holders: Sequence[Appointment], at: tuple[int, int]
) -> Iterator[Finding]:
    own = [each for each in holders if each.name == name]
    others = [each for each in holders if each.holds_on(day)]
    if any(each.holds_on(day) for each in own) or not (own or others):
        return
    said = {"name": name, "position": holders[0].position, "day": day_month_year(day)}
    if own:
        words = _("Menurut daftar pejabat, %(name)s menjabat %(position)s %(time)s, bukan pada %(day)s.")
        said["time"] = " / ".join(from_to(each.starts, each.ends) for each in own)
    else:
        words = _("Menurut daftar pejabat, %(position)s pada %(day)s adalah %(other)s, bukan %(name)s.")
        said["other"] = others[0].name
    written = text.words[slice(*at)]
    nth = text.nth(written, at[0])
    label = _("Ganti dengan %(name)s")
    advice = _("Periksa nama, jabatan, dan tanggalnya.")
    yield Finding(
        "name_at_date",
        Level.WARNING,
        f"{words % said} {advice}",
        text.place,
        fixes=tuple(
            Fix(label % {"name": each.name}, "replace", text.place.path, each.name, written, nth)
            for each in others
        ),
        found=written,
        nth=nth,
        basis=f"{holders[0].position} {day}",
    )


def _named_with(words: str, name: str, position: str) -> Iterator[tuple[int, int]]:
    """Yield where `name` stands right before or after `position`."""
    own = r"\s+".join(re.escape(part).replace("'", "['\u2019\u2018`]") for part in _plain_case(name).split())
    post = _pattern_of(position)
    before = rf"(?<!wakil\s){post}(?:\s*[,(:]\s*|\s+(?:yaitu\s+)?){_HONOURS}(?P<first>\b{own}\b)"
    after = rf"(?P<last>\b{own}\b){_DEGREES}(?:\s*[,(]\s*|\s+)(?:(?:selaku|sebagai|yang\s+juga)\s+)?{post}"
    for match in re.finditer(rf"{before}|{after}", words, re.I):
        yield match.span("first" if match["first"] else "last")


def _pattern_of(position: str) -> str:
    """Return what finds a post however it is shortened: KPU Banten is KPU Provinsi Banten."""
    plain = f" {' '.join(position.lower().split())} "
    for long, short in _WRITTEN_OUT:
        plain = plain.replace(f" {long} ", f" {short} ")
    parts = [part for part in plain.split() if part != "provinsi"]
    return r"\b" + _BETWEEN.join(_ALSO.get(part, re.escape(part)) for part in parts) + r"\b"


def _nearly_named(words: str, register: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and the registered name of what differs from it by a letter or two."""
    found = list(_WORD.finditer(words))
    by_initial: dict[str, list[list[str]]] = {}
    for plain in register:
        parts = plain.split()
        if len(parts) > 1:
            by_initial.setdefault(plain[0], []).append(parts)
    for number, match in enumerate(found):
        for parts in by_initial.get(match[0][0].lower(), ()):
            run = found[number : number + len(parts)]
            written = [_plain(each[0]) for each in run]
            if len(run) < len(parts) or " ".join(written) in register:
                continue
            if _is_a_name(words, run) and _is_near(written, parts):
                yield run[0].start(), run[-1].end(), register[" ".join(parts)]


def _is_a_name(words: str, run: Sequence[re.Match[str]]) -> bool:
    gaps = [words[left.end() : right.start()] for left, right in pairwise(run)]
    return all(each[0][0].isupper() for each in run) and not any(gap.strip() for gap in gaps)


def _is_near(written: Sequence[str], right: Sequence[str]) -> bool:
    wrong = 0
    for own, other in zip(written, right, strict=True):
        if own == other:
            continue
        if own[0] != other[0] or min(len(own), len(other)) < _SHORTEST:
            return False
        if _distance(own, other) > 1:
            return False
        wrong += 1
    return 0 < wrong <= _MOST_WRONG


def _distance(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out or changed (Levenshtein 1965)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        last, row[0] = row[0], number
        for place, against in enumerate(other, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (letter != against))
    return row[-1]


def _plain(name: str) -> str:
    return " ".join(_plain_case(name).lower().split())


def _plain_case(name: str) -> str:
    return name.translate(_APOSTROPHES)
