"""Dates and times inside blocks: read from raw values (ISO text, or date objects in a preview), and shown."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime, parse_duration

from news import dates

Raw = str | dt.date | None


def day(raw: object) -> dt.date | None:
    """Return the date of a raw value; None where there is none or it cannot be read."""
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date) or not raw:
        return raw or None  # ty: ignore[invalid-return-type]
    try:
        return parse_date(str(raw)[:10])
    except ValueError:
        return None


def moment(raw: object, zone: ZoneInfo | None = None) -> dt.datetime | None:
    """Return the instant of a raw value; one without an offset is taken to be in `zone`."""
    try:
        found = raw if isinstance(raw, dt.datetime) else parse_datetime(str(raw or ""))
    except ValueError:
        return None
    zone = zone or ZoneInfo(settings.TIME_ZONE)
    return found.replace(tzinfo=zone) if found and found.tzinfo is None else found


def day_text(raw: object) -> str:
    """`25 Mei 2022`."""
    found = day(raw)
    return dates.day_month_year(found) if found else ""


def moment_text(raw: object, zone: ZoneInfo | None = None) -> str:
    """`Rabu, 25 Mei 2022, pukul 20.05 WIB`."""
    zone = zone or ZoneInfo(settings.TIME_ZONE)
    found = moment(raw, zone)
    return dates.date_and_time(found, zone) if found else ""


def days_text(start: object, end: object) -> str:
    """`24 Agustus 2026`, or `24 Agustus 2026 sampai 20 November 2026`; what the two share is said once."""
    first, last = day(start), day(end)
    if first is None or last is None or first == last:
        return day_text(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\u2013{dates.day_month_year(last)}"
    opening = dates.day_month_year(first)
    if first.year == last.year:
        opening = opening.removesuffix(f" {first.year}")
    return f"{opening} \u2013 {dates.day_month_year(last)}"


def period_text(start: object, end: object, zone: ZoneInfo) -> str:
    r"""`Kamis, 1 Oktober 2026, pukul 09.00\u201312.30 WIB`; across days, both in full."""
    first, last = moment(start, zone), moment(end, zone)
    if first is None or last is None:
        return moment_text(first or last, zone)
    first, last = first.astimezone(zone), last.astimezone(zone)
    if first.date() != last.date():
        return f"{dates.date_and_time(first, zone)} \u2013 {dates.date_and_time(last, zone)}"
    closing = dates.clock(last, zone).removeprefix("pukul ")
    return f"{dates.long_date(first, zone)}, pukul {first:%H.%M}\u2013{closing}"


def clock_text(raw: object, zone: ZoneInfo) -> str:
    """`pukul 20.05 WIB`."""
    found = moment(raw, zone)
    return dates.clock(found, zone) if found else ""


def seconds(duration: str | None) -> int | None:
    """Return the seconds of `3:18:00`, `12:30` or `PT3H18M`; None for anything else."""
    try:
        found = parse_duration(duration or "")
    except ValueError:
        return None
    return int(found.total_seconds()) if found is not None and found >= dt.timedelta() else None


def duration_text(duration: str | None) -> str:
    """`3 jam 18 menit`, `45 detik`; "" where there is none."""
    total = seconds(duration)
    if not total:
        return ""
    hours, rest = divmod(total, 3600)
    minutes, left = divmod(rest, 60)
    parts = [(hours, "jam"), (minutes, "menit"), (0 if hours else left, "detik")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def iso_duration(duration: str | None) -> str | None:
    """`PT3H18M`."""
    total = seconds(duration)
    if total is None:
        return None
    hours, rest = divmod(total, 3600)
    minutes, left = divmod(rest, 60)
    parts = [(hours, "H"), (minutes, "M"), (left, "S")]
    return "PT" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0S")
