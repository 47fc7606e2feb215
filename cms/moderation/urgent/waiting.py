"""What was published at once and nobody else has looked at: for the home, the queue and the banner on a page."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from cms.accounts.models import User
from cms.moderation.queue.telling import Urgency, urgency_of
from cms.moderation.urgent.after_reviews import AfterReview
from cms.publishing import epoch
from cms.publishing.office import office_of_page
from cms.publishing.telling import day_and_minute, zone_of

SHOWN = 8


@dataclass(frozen=True)
class Owed:
    """One line: what waits for a second pair of eyes."""

    pk: int
    title: str
    office: str
    by: str
    due: str
    urgency: Urgency


def owed_to(user: User, now: dt.datetime) -> list[Owed]:
    """Return what the approver `user` should see reviewed, what is due first; a fixed number of queries."""
    if not AfterReview.objects.waiting().exists():  # nearly always: then it costs this one query
        return []
    rows = AfterReview.objects.waiting().of_offices_of(user).select_related("approval", "page")[:SHOWN]
    number = epoch.current()
    return [_line(row, number, now) for row in rows]


def _line(row: AfterReview, number: int, now: dt.datetime) -> Owed:
    office = office_of_page(row.page, number)
    return Owed(
        pk=row.pk,
        title=row.page.title,
        office=office.short_name if office else "",
        by=row.approval.actor_name,
        due=day_and_minute(row.due_at, zone_of(office)),
        urgency=urgency_of(row.due_at, now),
    )


class OwedPanel(Component):
    """Terbit serta-merta, belum ditinjau: on the home of every approver, while there is any."""

    name = "owed"
    order = 15
    template_name = "moderation/urgent/panel.html"

    def __init__(self, rows: list[Owed]) -> None:
        """Take what is listed."""
        self.rows = rows

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is listed."""
        return {"rows": self.rows}


def show_what_is_owed(request: HttpRequest, panels: list[Any]) -> None:
    """Put the panel on the home of who lets things go live."""
    if rows := owed_to(request.user, timezone.now()):  # ty: ignore[invalid-argument-type]
        panels.append(OwedPanel(rows))
