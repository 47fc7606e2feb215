"""What is approved and waits for its time, for those who may take the approval back."""

from dataclasses import dataclass

from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, get_default_page_content_type

from cms.accounts.models import User
from cms.moderation.approvers import approved_by
from cms.publishing import epoch
from cms.publishing.office import office_of_page
from cms.publishing.telling import day_and_minute, zone_of

SHOWN = 20


@dataclass(frozen=True)
class Scheduled:
    """One line."""

    page_id: int
    title: str
    office: str
    when: str


def scheduled_for(user: User) -> list[Scheduled]:
    """Return what goes live next in the offices in which `user` lets things go live; a fixed number of queries."""
    ids = Page.objects.filter(approved_by(user)).order_by().values("pk")
    rows = list(
        Revision.objects.filter(
            approved_go_live_at__isnull=False, base_content_type=get_default_page_content_type()
        )
        .annotate(number=Cast("object_id", BigIntegerField()))
        .filter(number__in=ids)
        .order_by("approved_go_live_at", "pk")[:SHOWN]
    )
    pages = Page.objects.in_bulk([int(row.object_id) for row in rows])
    number = epoch.current()
    return [
        _line(row, page, number)
        for row in rows
        if (page := pages.get(int(row.object_id))) and row.approved_go_live_at
    ]


def _line(row: Revision, page: Page, number: int) -> Scheduled:
    office = office_of_page(page, number)
    return Scheduled(
        page_id=page.pk,
        title=page.draft_title or page.title,
        office=office.short_name if office else "",
        when=day_and_minute(row.approved_go_live_at, zone_of(office)),
    )
