"""An entry of the trail in words: who did what, on which day and at what time by the office's clock."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from cms.moderation.trail_entries import Act, TrailEntry
from cms.publishing import epoch
from cms.publishing.office import office_of_site
from cms.publishing.telling import clock_to_the_minute, zone_of

_SHOWN = 12  # digits of a digest: enough to tell two texts apart
_BY_SCHEDULE = "wagtail.publish.scheduled"
_DELETION = "wagtail.delete"
_MOST_CHANGES = 3  # of one shared thing that a sentence tells
_SAID: dict[str, str | Promise] = {
    Act.WROTE: gettext_lazy("%(name)s menulis naskah"),
    Act.SUBMITTED: gettext_lazy("%(name)s mengajukan naskah"),
    Act.CLAIMED: gettext_lazy("%(name)s menangani naskah"),
    Act.RELEASED: gettext_lazy("%(name)s melepaskan naskah"),
    Act.REASSIGNED: gettext_lazy("%(name)s mengalihkan naskah kepada %(to)s"),
    Act.APPROVED: gettext_lazy("%(name)s menyetujui teks ini"),
    Act.WAIVED: gettext_lazy("%(name)s mengesampingkan temuan pemeriksaan (%(place)s)"),
    Act.CORRECTED: gettext_lazy("%(name)s meralat artikel"),
    Act.WITHDREW: gettext_lazy("%(name)s menarik artikel dari pembaca"),
    Act.UNPUBLISHED: gettext_lazy("%(name)s menurunkan naskah dari situs"),
    Act.TRASHED: gettext_lazy("%(name)s membuang naskah ke Sampah"),
    Act.RESTORED: gettext_lazy("%(name)s memulihkan naskah dari Sampah"),
    Act.PUBLISHED: gettext_lazy("Naskah terbit oleh keputusan %(name)s"),
    Act.SHARED_CHANGED: gettext_lazy("%(name)s mengubah %(kind)s “%(thing)s”, yang dipakai bersama"),
    Act.DELEGATED: gettext_lazy("%(name)s melimpahkan wewenang %(giver)s kepada %(taker)s"),
}
_OUTCOMES: dict[str, str | Promise] = {
    "confirmed": gettext_lazy("%(name)s meninjau sesudah terbit: sudah benar"),
    "correction": gettext_lazy("%(name)s meninjau sesudah terbit: minta diralat"),
    "taken_down": gettext_lazy("%(name)s meninjau sesudah terbit: diturunkan dari situs"),
}


@dataclass(frozen=True)
class Line:
    """One entry, ready to be shown."""

    entry: TrailEntry
    sentence: str
    day: str  # Rabu, 25 Mei 2022
    clock: str  # 20.05 WIB
    digest: str  # its first digits


def lines(entries: Iterable[TrailEntry]) -> list[Line]:
    """Return the lines for `entries`; a fixed number of queries once the offices are known."""
    found = list(entries)
    zones = _zones({entry.site_id for entry in found if entry.site_id})
    return [_line(entry, zones.get(entry.site_id or 0, zone_of(None))) for entry in found]


def day_of(moment: dt.datetime, zone: ZoneInfo) -> str:
    """`Rabu, 25 Mei 2022`."""
    return date_format(moment.astimezone(zone).date(), "l, j F Y")


def sentence_of(entry: TrailEntry) -> str:
    """Say who did what, as one sentence without its full stop."""
    details = entry.details
    if details.get("action") == _BY_SCHEDULE:
        return _("Naskah terbit menurut jadwalnya")
    if entry.act == Act.PUBLISHED and not entry.actor:
        return _("Naskah terbit")
    said = {"name": entry.actor or _("Sistem"), "act": entry.act_label, "stage": details.get("stage")}
    said |= {name: details.get(name) or "…" for name in ("to", "place", "giver", "taker", "kind", "thing")}
    if (entry.act, details.get("action")) == (Act.SHARED_CHANGED, _DELETION):
        return _("%(name)s menghapus %(kind)s “%(thing)s”, yang dipakai bersama") % said
    known = _OUTCOMES.get(details.get("outcome", "")) or _SAID.get(entry.act, _("%(name)s %(act)s"))
    words = str(known) % said
    return words + _in_stage(said) + _changes(details.get("changed", ()))


def _changes(changed: Sequence[Mapping[str, str]]) -> str:
    """Say what a shared thing was before and is now."""
    told = [
        _("%(field)s “%(before)s” menjadi “%(after)s”") % {**each, "field": each["field"].lower()}
        for each in changed[:_MOST_CHANGES]
    ]
    if len(changed) > _MOST_CHANGES:
        told.append(_("dan %(count)d isian lain") % {"count": len(changed) - _MOST_CHANGES})
    return f": {'; '.join(told)}" if told else ""


def _in_stage(said: Mapping[str, Any]) -> str:
    return " " + _("(tahap %(stage)s)") % said if said["stage"] else ""


def _line(entry: TrailEntry, zone: ZoneInfo) -> Line:
    return Line(
        entry,
        sentence_of(entry),
        day_of(entry.at, zone),
        clock_to_the_minute(entry.at, zone),
        entry.digest[:_SHOWN],
    )


def _zones(site_ids: set[int]) -> dict[int, ZoneInfo]:
    number = epoch.current()
    return {site.pk: zone_of(office_of_site(site, number)) for site in Site.objects.filter(pk__in=site_ids)}
