"""The status of a page in words for its editor, and moments as the office's clock shows them."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.publishing import causes
from cms.publishing.office import Office, office_of_page
from cms.publishing.status import PublicationStatus, State

_SOON, _LATER = 1, 15  # seconds until a screen asks again
_ZONES = {25_200: "WIB", 28_800: "WITA", 32_400: "WIT"}


def words_of(status: PublicationStatus) -> str:
    """Return one sentence that says where a page stands."""
    match status.state:
        case State.WAITING:
            return _("Menunggu ditarik dari situs") if status.is_leaving else _("Menunggu diterbitkan")
        case State.BEING_MADE:
            return _("Sedang ditarik dari situs") if status.is_leaving else _("Sedang diterbitkan")
        case State.PUBLISHED:
            return _published(status)
        case State.FAILED | State.STOPPED:
            return _held_up(status)
        case _:
            return _("Tidak ada di situs")


def label_of(status: PublicationStatus) -> str:
    """Return the status in as few words as a list has room for."""
    match status.state:
        case State.WAITING:
            return _("Menunggu")
        case State.FAILED | State.STOPPED:
            if status.is_leaving:
                return _("Masih di situs")
            return _("Perubahan belum terbit") if status.address else _("Belum terbit")
        case State.PUBLISHED:
            return _("Terbit")
    return words_of(status)


def detail_of(status: PublicationStatus) -> str:
    """Return why a page is held up in technical words; "" where there are none."""
    return causes.told(status.cause).detail


def again_in(status: PublicationStatus) -> int:
    """Return after how many seconds the answer may be another one; 0: it is final."""
    if status.state in (State.WAITING, State.BEING_MADE):
        return _SOON
    return _LATER if status.state in (State.FAILED, State.STOPPED) else 0


def _published(status: PublicationStatus) -> str:
    if status.moment is None:
        return _("Terbit")
    zone = zone_of(status.office)
    if timezone.localdate(timezone=zone) == status.moment.astimezone(zone).date():
        return _("Terbit pukul %(clock)s") % {"clock": clock(status.moment, zone)}
    return _("Terbit %(moment)s") % {"moment": day_and_clock(status.moment, zone)}


def _held_up(status: PublicationStatus) -> str:
    cause = causes.told(status.cause).words or _("Penerbitan situs ini sedang dihentikan oleh administrator.")
    if status.is_leaving:
        return _("Masih di situs. %(cause)s") % {"cause": cause}
    if status.address:
        return _("Belum terbit. %(cause)s Pembaca masih melihat versi sebelumnya.") % {"cause": cause}
    return _("Belum terbit. %(cause)s") % {"cause": cause}


def zone_of(office: Office | None) -> ZoneInfo:
    """Return the clock of an office; of the installation where there is none."""
    return office.zone if office else ZoneInfo(timezone.get_default_timezone_name())


def clock(moment: dt.datetime, zone: ZoneInfo) -> str:
    """`20.05.07 WIB`."""
    local = moment.astimezone(zone)
    offset = local.utcoffset() or dt.timedelta()
    name = _ZONES.get(int(offset.total_seconds())) or local.strftime("%Z")
    return f"{local:%H.%M.%S} {name}"


def clock_to_the_minute(moment: dt.datetime, zone: ZoneInfo) -> str:
    """`20.05 WIB`."""
    time, name = clock(moment, zone).rsplit(" ", 1)
    return f"{time.rsplit('.', 1)[0]} {name}"


def day_and_minute(moment: dt.datetime, zone: ZoneInfo) -> str:
    """`Rabu, 25 Mei 2022 pukul 20.05 WIB`."""
    day = date_format(moment.astimezone(zone).date(), "l, j F Y")
    return _("%(day)s pukul %(clock)s") % {"day": day, "clock": clock_to_the_minute(moment, zone)}


def moment_by_clock_of(page: Page | None, moment: dt.datetime) -> str:
    """`Rabu, 25 Mei 2022 pukul 20.05 WIB` where `page` lives; by the installation's clock without one."""
    return day_and_minute(moment, zone_of(office_of_page(page) if page else None))


def day_and_clock(moment: dt.datetime, zone: ZoneInfo) -> str:
    """`26 Mei 2022 pukul 20.05.07 WIB`."""
    day = date_format(moment.astimezone(zone).date(), "j F Y")
    return _("%(day)s pukul %(clock)s") % {"day": day, "clock": clock(moment, zone)}
