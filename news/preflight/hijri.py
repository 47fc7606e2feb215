"""The Hijri month of a day, near enough for a hint.

The arithmetic ("civil") Islamic calendar: years of 354 days, eleven leap days in thirty years, from Friday, 16 July 622
(Julian); E. M. Reingold and N. Dershowitz, "Calendrical Calculations", 4th edition (2018), chapter 7. What Indonesia
announces after sighting the moon lies within a day of it, so each day has the months of its neighbours too.
"""

import datetime as dt
import re

_EPOCH = 227_015  # dt.date.toordinal() of the first day of year 1, in the proleptic Gregorian calendar
MONTHS = (
    "Muharam", "Safar", "Rabiulawal", "Rabiulakhir", "Jumadilawal", "Jumadilakhir",
    "Rajab", "Syakban", "Ramadan", "Syawal", "Zulkaidah", "Zulhijah",
)  # fmt: skip
_SPELLINGS = (
    r"muharr?am", r"[sz]h?afar", r"rabi['\u2019]?ul\s?aw+al", r"rabi['\u2019]?ul\s?(?:akhir|tsani)",
    r"juma?dil\s?(?:aw+al|ula)", r"juma?dil\s?(?:akhir|tsani(?:yah)?)", r"rajab", r"sya['\u2019k]?ban",
    r"rama(?:dh?|ll|dl)an", r"sy?aw+al", r"d?zul(?:ka|qa|qo)['\u2019]?idah|d?zul(?:ka|qa|qo)['\u2019]dah",
    r"d?zul\s?hij+ah?",
)  # fmt: skip
NAMES = "|".join(f"(?P<h{number}>{names})" for number, names in enumerate(_SPELLINGS, 1))


def hijri(day: dt.date) -> tuple[int, int, int]:
    """Return year, month and day."""
    fixed = day.toordinal()
    year = (30 * (fixed - _EPOCH) + 10_646) // 10_631
    before = fixed - _first_day(year)
    month = (11 * before + 330) // 325
    return year, month, fixed - _first_day(year) - 29 * (month - 1) - month // 2 + 1


def months_near(day: dt.date) -> set[int]:
    """Return the months (1 to 12) that day may lie in: its own, and those of its neighbours."""
    one = dt.timedelta(days=1)
    return {hijri(near)[1] for near in (day - one, day, day + one)}


def spoken(day: dt.date) -> str:
    """`22 Syakban 1443 H`."""
    year, month, number = hijri(day)
    return f"{number} {MONTHS[month - 1]} {year} H"


def month_of(match: re.Match[str]) -> int:
    """Return the month that a match of NAMES names."""
    return next(number for number in range(1, 13) if match[f"h{number}"])


def _first_day(year: int) -> int:
    return _EPOCH + 354 * (year - 1) + (11 * year + 3) // 30
