"""What the admin's templates ask of publishing."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.publishing.office import office_of_page
from cms.publishing.status import PublicationStatus, State, status_of, statuses_of
from cms.publishing.telling import again_in, day_and_minute, detail_of, label_of, words_of, zone_of

register = template.Library()


def status_context(page: Page, status: PublicationStatus, *, short: bool = False) -> dict[str, Any]:
    """Return what `publishing/status.html` shows of a page."""
    return {
        "page_id": page.pk,
        "state": status.state.value,
        "is_shown": status.state != State.NOT_PUBLIC,
        "words": label_of(status) if short else words_of(status),
        "title": words_of(status) if short else "",
        "detail": "" if short else detail_of(status),
        "address": "" if short else status.address,
        "again": again_in(status),
        "short": short,
    }


@register.inclusion_tag("publishing/status.html")
def publishing_status(page: Page) -> dict[str, Any]:
    """Show where a page stands, kept up to date."""
    return status_context(page, status_of(page)) if page.pk else {"is_shown": False}


@register.filter
def by_clock_in(moment: dt.datetime, zone: ZoneInfo | None) -> str:
    """Say when something was, by an office's clock or the installation's: `Rabu, 25 Mei 2022 pukul 20.05 WIB`."""
    return day_and_minute(moment, zone or zone_of(None))


@register.simple_tag
def office_clock(page: Page) -> str:
    """Say by which clock the screens of a page tell the time; "" for one outside every office."""
    office = office_of_page(page)
    return (
        _("Jam di layar ini menurut %(zone)s, waktu kantor.") % {"zone": office.zone_name} if office else ""
    )


@register.simple_tag
def held_up_status(page: Page, table: Any = None) -> dict[str, Any] | None:
    """Return what to show in place of Wagtail's "live" while readers do not have the page as it is; else None.

    Those of all rows of a `table` are asked for together.
    """
    if not page.pk:
        return None
    known = status_of(page) if table is None else _of_row(page, table)
    if known is None or known.state in (State.PUBLISHED, State.NOT_PUBLIC):
        return None
    return status_context(page, known, short=True)


def _of_row(page: Page, table: Any) -> PublicationStatus | None:
    statuses = table.__dict__.get("publication_statuses")
    if statuses is None:
        statuses = table.publication_statuses = statuses_of([row for row in table.data if row.pk])
    return statuses.get(page.pk)
