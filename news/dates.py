"""Dates, times and numbers as an Indonesian office writes them (EYD V), whatever the server's locale."""

import datetime as dt
from zoneinfo import ZoneInfo

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_ZONE_NAMES = {25_200: "WIB", 28_800: "WITA", 32_400: "WIT"}


def day_month_year(day: dt.date) -> str:
    """`25 Mei 2022`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def from_to(first: dt.date, last: dt.date | None) -> str:
    """`12 April 2022 sampai 3 Juli 2024`, or `sejak 12 April 2022`."""
    return (
        f"{day_month_year(first)} sampai {day_month_year(last)}" if last else f"sejak {day_month_year(first)}"
    )


def long_date(moment: dt.date, zone: ZoneInfo | None = None) -> str:
    """`Rabu, 25 Mei 2022`; an aware `datetime` is first taken to `zone`."""
    if isinstance(moment, dt.datetime) and zone:
        moment = moment.astimezone(zone)
    return f"{WEEKDAYS[moment.weekday()]}, {day_month_year(moment)}"


def dateline(place: str, day: dt.date | None, *, printed: str = "", is_shown: bool = True) -> str:
    """`KPU BANTEN - Rabu, 25 Mei 2022 - `, or what an imported text printed, or nothing."""
    if not is_shown or printed:
        return printed if is_shown else ""
    return f"{place} - {long_date(day)} - " if day else f"{place} - "


def clock(moment: dt.datetime, zone: ZoneInfo) -> str:
    """`pukul 20.05 WIB`."""
    local = moment.astimezone(zone)
    offset = local.utcoffset() or dt.timedelta()
    name = _ZONE_NAMES.get(int(offset.total_seconds())) or local.strftime("%Z")
    return f"pukul {local.hour:02}.{local.minute:02} {name}"


def is_day_alone(moment: dt.datetime, zone: ZoneInfo) -> bool:
    """Ask whether only the day of a moment is known, as in old texts: midnight sharp means so."""
    return moment.astimezone(zone).time() == dt.time()


def date_and_time(moment: dt.datetime, zone: ZoneInfo) -> str:
    """`Rabu, 25 Mei 2022, pukul 20.05 WIB`, or the day alone."""
    local = moment.astimezone(zone)
    day = long_date(local)
    return day if is_day_alone(local, zone) else f"{day}, {clock(local, zone)}"


def month_and_year(year: int, month: int) -> str:
    """`Mei 2022`."""
    return f"{MONTHS[month - 1]} {year}"


def grouped_number(value: float) -> str:
    """`1.249.337` and `54,31`."""
    return f"{value:,}".replace(",", "\0").replace(".", ",").replace("\0", ".")
