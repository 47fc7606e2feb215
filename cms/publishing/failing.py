"""Outputs that cannot be made at this moment, each with its cause, since when, and what to mend."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from cms.accounts.models import User
from cms.media.models import Document, Image
from cms.publishing import causes
from cms.publishing.kinds.files import Documents, Pictures
from cms.publishing.models import Failure
from cms.publishing.office import Office
from cms.publishing.outputs import Name, page_kinds
from cms.publishing.telling import day_and_clock, zone_of

SHOWN = 50  # rows; who has more than that has one cause


@dataclass(frozen=True)
class FailureNow:
    """One thing that could not be made, and who can mend it where."""

    site_id: int
    title: str
    cause: causes.Told
    since: dt.datetime
    since_words: str
    edit_url: str = ""


def failures_now(user: User, offices: Mapping[int, tuple[Site, Office | None]]) -> list[FailureNow]:
    """Return what fails in `offices` (by site), newest first, with a link where `user` may mend it."""
    rows = list(Failure.objects.filter(site_id__in=list(offices)).order_by("-since", "pk")[:SHOWN])
    things = _things(user, rows)
    return [_told(row, things, offices[row.site_id][1]) for row in rows]


def _things(user: User, rows: Iterable[Failure]) -> dict[Name, tuple[str, str]]:
    """Return what an editor calls the things that fail, and where this one may edit them; by output."""
    found: dict[Name, tuple[str, str]] = {}
    for model, kinds, words, screen in (
        (Page, page_kinds(), "%(title)s", "wagtailadmin_pages:edit"),
        (Image, {Pictures.name}, _("Gambar “%(title)s”"), "wagtailimages:edit"),
        (Document, {Documents.name}, _("Dokumen “%(title)s”"), "wagtaildocs:edit"),
    ):
        names = [Name(row.kind, row.ident) for row in rows if row.kind in kinds and row.ident.isdecimal()]
        ids = [int(name.ident) for name in names]
        titles = dict(model.objects.filter(pk__in=ids).order_by().values_list("pk", "title")) if ids else {}
        mine = _editable(user, model, titles)
        for name in names:
            if (pk := int(name.ident)) in titles:
                address = reverse(screen, args=[pk]) if pk in mine else ""
                found[name] = words % {"title": titles[pk]}, address
    return found


def _editable(user: User, model: type[Model], ids: Collection[int]) -> set[int]:
    if not ids:
        return set()
    policy = PagePermissionPolicy(Page) if model is Page else policy_registry.get_by_type(model)
    mine = policy.instances_user_has_permission_for(user, "change").filter(pk__in=list(ids))
    return set(mine.order_by().values_list("pk", flat=True))


def _told(row: Failure, things: Mapping[Name, tuple[str, str]], office: Office | None) -> FailureNow:
    unknown = _("Bagian situs: %(name)s") % {"name": f"{row.kind} {row.ident}".strip()}
    title, address = things.get(Name(row.kind, row.ident), (unknown, ""))
    return FailureNow(
        site_id=row.site_id,
        title=title,
        cause=causes.told(row.cause),
        since=row.since,
        since_words=day_and_clock(row.since, zone_of(office)),
        edit_url=address,
    )
