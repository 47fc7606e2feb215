"""The lines of the queue: what a person needs to choose the next manuscript."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Page, TaskState

from cms.accounts.models import User
from cms.moderation.queue.telling import Urgency, age_of, urgency_of
from cms.publishing import epoch
from cms.publishing.office import Office, office_of_page
from cms.publishing.telling import day_and_minute, zone_of


@dataclass(frozen=True)
class Entry:
    """One waiting manuscript."""

    pk: int
    title: str
    office: str
    stage: str
    written_by: str
    submitted_by: str
    age: str
    since: dt.datetime
    due: dt.datetime
    due_words: str
    urgency: Urgency
    held_by: str
    is_mine: bool
    is_live: bool


def entries(
    states: QuerySet[TaskState] | Iterable[TaskState], user: User, now: dt.datetime, number: int | None = None
) -> list[Entry]:
    """Return the lines for `states` as `user` sees them; a fixed number of queries, one less if the epoch is known."""
    found = list(states)
    ids = [int(state.workflow_state.object_id) for state in found]
    pages = Page.objects.select_related("owner").in_bulk(ids)
    number = epoch.current() if number is None else number
    return [
        _entry(state, page, office_of_page(page, number), user, now)
        for state in found
        if (page := pages.get(int(state.workflow_state.object_id)))
    ]


def with_people(states: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Return `states` with what a line tells of them."""
    return states.select_related("task", "workflow_state__requested_by", "claim__user")


def _entry(state: TaskState, page: Page, office: Office | None, user: User, now: dt.datetime) -> Entry:
    claim = getattr(state, "claim", None)
    submitter = state.workflow_state.requested_by
    return Entry(
        pk=state.pk,
        title=page.draft_title or page.title or _("(tanpa judul)"),
        office=office.short_name if office else "",
        stage=state.task.name,
        written_by=user_display_name(page.owner) if page.owner else "",
        submitted_by=user_display_name(submitter) if submitter else "",
        age=age_of(state.started_at, now),
        since=state.started_at,
        due=state.due,
        due_words=day_and_minute(state.due, zone_of(office)),
        urgency=urgency_of(state.due, now),
        held_by=user_display_name(claim.user) if claim else "",
        is_mine=bool(claim and claim.user_id == user.pk),
        is_live=page.live,
    )
