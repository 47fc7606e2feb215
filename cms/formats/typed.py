"""Date fields that take what an Indonesian types: 25/05/2022, 25 Mei 2022, Rabu, 25 Mei 2022, pukul 20.05."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_MONTHS = (
    ("januari", "jan"), ("februari", "pebruari", "feb", "peb"), ("maret", "mar"), ("april", "apr"),
    ("mei",), ("juni", "jun"), ("juli", "jul"), ("agustus", "agu", "agt", "ags"),
    ("september", "sep", "sept"), ("oktober", "okt"), ("november", "nopember", "nov", "nop"),
    ("desember", "des"),
)  # fmt: skip
MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
WEEKDAY_NUMBERS = {name.lower(): number for number, name in enumerate(_WEEKDAYS)} | {
    "jum'at": 4,
    "jum\u2019at": 4,
    "ahad": 6,
}
_WORDS = re.compile(
    r"(?:(?P<weekday>[^\W\d]+(?:['\u2019]at)?)\s*,?\s+)?(?P<day>\d{1,2})\s*[-/.\s]\s*"
    r"(?P<month>[^\W\d]+)\.?\s*[-/.\s]\s*(?P<year>\d{4})(?P<rest>.*)",
    re.S,
)
_CLOCK = re.compile(r"[\s,]*(?:pukul|jam)?\s*(\d{1,2}[.:]\d{2})?\s*(wib|wita|wit)?\.?\s*", re.I)
_OFFSET = {"wib": 7, "wita": 8, "wit": 9}  # hours east of Greenwich

DATE_HINT = _("Tulis tanggal seperti 25/05/2022 atau 25 Mei 2022 (hari, bulan, tahun).")
MOMENT_HINT = _("Tulis tanggal dan jam seperti 25/05/2022 20.05 atau 25 Mei 2022 20.05.")


def in_digits(typed: str) -> str:
    """Return `typed` with its Indonesian words as digits (`25/05/2022 20:05`); anything else unchanged.

    Raises ValidationError where the weekday is not that of the date, or the zone not that of the screen.
    """
    match = _WORDS.fullmatch(typed.strip())
    if not match or match["month"].lower() not in MONTH_NUMBERS:
        return typed
    rest = _CLOCK.fullmatch(match["rest"])
    if not rest:
        return typed
    try:
        day = dt.date(int(match["year"]), MONTH_NUMBERS[match["month"].lower()], int(match["day"]))
    except ValueError:
        return typed
    _check_weekday(match["weekday"], day, match.group("day", "month", "year"))
    clock = f" {rest[1].replace('.', ':')}" if rest[1] else ""
    _check_zone(rest[2], day)
    return f"{day:%d/%m/%Y}{clock}"


def _check_weekday(named: str | None, day: dt.date, words: tuple[str, ...]) -> None:
    if named and WEEKDAY_NUMBERS.get(named.lower()) != day.weekday():
        raise ValidationError(
            _("%(date)s jatuh pada hari %(right)s, bukan %(named)s. Periksa tanggalnya."),
            params={"date": " ".join(words), "right": _WEEKDAYS[day.weekday()], "named": named},
            code="weekday",
        )


def _check_zone(named: str | None, day: dt.date) -> None:
    noon = dt.datetime.combine(day, dt.time(12), timezone.get_current_timezone())
    if named and noon.utcoffset() != dt.timedelta(hours=_OFFSET[named.lower()]):
        raise ValidationError(
            _("Layar ini memakai zona waktu %(zone)s. Tulis jamnya menurut zona itu, tanpa WIB/WITA/WIT."),
            params={"zone": str(timezone.get_current_timezone())},
            code="zone",
        )


class DateField(forms.DateField):
    """A date as an Indonesian types it; month before day is refused."""

    default_error_messages = {"invalid": DATE_HINT}

    def to_python(self, value: Any) -> dt.date | None:
        """Return the date; ValidationError says how to write one."""
        return super().to_python(in_digits(value) if isinstance(value, str) else value)


class DateTimeField(forms.DateTimeField):
    """A moment as an Indonesian types it; month before day is refused."""

    default_error_messages = {"invalid": MOMENT_HINT}

    def to_python(self, value: Any) -> dt.datetime | None:
        """Return the moment in the zone of the screen; ValidationError says how to write one."""
        return super().to_python(in_digits(value) if isinstance(value, str) else value)
