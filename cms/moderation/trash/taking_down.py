"""Takes a whole branch from readers at once: a few statements for however many pages, and each is told of."""

from collections.abc import Callable, Collection

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry

from cms.accounts.models import User
from cms.moderation.recording import record_taken_down
from cms.publishing.former import note_taken_down
from cms.publishing.many_rows import in_chunks

_ACTION = "wagtail.unpublish"
_TOGETHER = 100  # entries of the log in one statement

Hearer = Callable[[Collection[int]], None]
_hearers: list[Hearer] = []


def register_hearer(hearer: Hearer) -> None:
    """Let an upper layer hear which pages (ids) readers no longer see, which no signal tells (from AppConfig.ready)."""
    _hearers.append(hearer)


def take_down(branch: QuerySet[Page], user: User) -> None:
    """Take every live page of `branch` from readers, in the caller's transaction.

    Wagtail's action saves page by page: two thousand took minutes, in which nobody else could write to SQLite.
    """
    pages = list(branch.filter(live=True).order_by("path"))
    if not pages:
        return
    note_taken_down(pages)
    for part in in_chunks(page.pk for page in pages):
        Page.objects.filter(pk__in=part).update(live=False, live_revision=None, has_unpublished_changes=True)
    record_taken_down(_log(pages, user), pages)
    for hearer in _hearers:
        hearer([page.pk for page in pages])


def _log(pages: Collection[Page], user: User) -> list[PageLogEntry]:
    """Write into Wagtail's log what its action would; the trail is told of all of them together."""
    now, uuid = timezone.now(), get_active_log_context().uuid
    rows = [
        PageLogEntry(
            page=page,
            content_type_id=page.content_type_id,
            label=page.get_admin_display_title(),
            action=_ACTION,
            timestamp=now,
            data={},
            user=user,
            uuid=uuid,
        )
        for page in pages
    ]
    return PageLogEntry.objects.bulk_create(rows, batch_size=_TOGETHER)
