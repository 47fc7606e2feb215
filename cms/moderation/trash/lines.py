"""The lines of the screen "Sampah": what a person needs to find a page and to bring it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page, Site

from cms.accounts.models import User
from cms.moderation.trash.hiding import outside_trash
from cms.moderation.trash.restoring import may_add
from cms.moderation.trash.rows import Trashed
from cms.publishing import epoch
from cms.publishing.office import office_of_site
from cms.publishing.telling import day_and_minute, zone_of


@dataclass(frozen=True)
class Line:
    """One page in the trash."""

    pk: int
    title: str
    kind: str
    office: str
    was_live: bool
    below: int
    parent: str
    has_place: bool
    actor: str
    when: str
    at: str
    reason: str
    may_restore: bool


def lines(rows: Iterable[Trashed], user: User, sites: Iterable[Site]) -> list[Line]:
    """Return the lines of `rows` as `user` sees them; a fixed number of queries."""
    found, number = list(rows), epoch.current()
    pages = Page.objects.in_bulk([row.page_id for row in found])
    parents = outside_trash(Page.objects.filter(pk__in={row.parent_id for row in found})).in_bulk()
    offices = {site.root_page_id: office_of_site(site, number) for site in sites}
    return [
        Line(
            pk=row.pk,
            title=row.title,
            kind=str(page.page_type_display_name) if (page := pages.get(row.page_id)) else "",
            office=office.short_name if (office := offices.get(row.office_id)) else "",
            was_live=row.was_live,
            below=row.pages - 1,
            parent=row.parent_title,
            has_place=row.parent_id in parents,
            actor=row.actor_name,
            when=day_and_minute(row.made_at, zone_of(offices.get(row.office_id))),
            at=row.made_at.isoformat(),
            reason=row.reason,
            # Without its place a page goes where the person finds one.
            may_restore=row.parent_id not in parents or may_add(user, parents[row.parent_id]),
        )
        for row in found
    ]
