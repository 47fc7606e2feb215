"""Making and revoking links to a draft; both are written into the history of the page and into the trail."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Page, PageLogEntry, Revision

from cms.accounts.models import User
from cms.moderation.sharing.links import SharedDraft
from cms.moderation.texts import digest_of
from cms.publishing.many_rows import in_chunks

SHARED, REVOKED = "moderation.share_draft", "moderation.revoke_draft"


class NothingToShow(ValueError):
    """The page has no draft that readers do not read already; the message says what to do."""


def may_share(page: Page, user: User) -> bool:
    """Ask whether `user` may show drafts of `page` to others: whoever may edit them."""
    return page.alias_of_id is None and page.permissions_for_user(user).can_edit()


def why_nothing_to_show(page: Page) -> str:
    """Return why there is no draft of `page` to share, as a sentence that says what to do; "" if there is one."""
    if page.latest_revision_id is None:
        return _("Belum ada konsep yang tersimpan. Simpan naskahnya dahulu.")
    if page.live and not page.has_unpublished_changes:
        return _("Tidak ada konsep baru: naskah ini sudah terbit. Bagikan saja alamatnya.")
    return ""


@transaction.atomic
def share(page: Page, maker: User, made_for: str, lasts: dt.timedelta) -> SharedDraft:
    """Make a link to the newest saved text of `page`.

    Raises PermissionDenied, and NothingToShow where there is no draft.
    """
    if not may_share(page, maker):
        raise PermissionDenied
    if said := why_nothing_to_show(page):
        raise NothingToShow(said)
    revision: Revision = page.latest_revision
    now = timezone.now()
    row = SharedDraft.objects.create(
        page=page,
        revision_id=revision.pk,
        digest=digest_of(revision.content),
        made_for=made_for,
        maker_id=maker.pk,
        maker_name=maker.get_full_name() or maker.get_username(),
        made_at=now,
        expires_at=now + lasts,
    )
    log(page, SHARED, user=maker, revision=revision, data={"reason": made_for})
    return row


@transaction.atomic
def revoke(row: SharedDraft, actor: User) -> None:
    """End a link now; one that was revoked before stays as it was. Raises PermissionDenied."""
    if not may_share(row.page, actor):
        raise PermissionDenied
    _end(row, actor)


@transaction.atomic
def end_links(pages: Iterable[int], actor: User | None) -> None:
    """End every link to drafts of `pages` (ids), whatever `actor` may edit: what it shows is to be seen no more."""
    for part in in_chunks(pages):
        for row in SharedDraft.objects.open_at(timezone.now()).filter(page_id__in=part).order_by("pk"):
            _end(row, actor)


def _end(row: SharedDraft, actor: User | None) -> None:
    ended = SharedDraft.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=timezone.now())
    if ended:
        log(row.page, REVOKED, user=actor, data={"reason": row.made_for})


def describe(actions: LogActionRegistry) -> None:
    """Let the history say for whom a link was made or revoked."""

    @actions.register_action(SHARED)
    class _Shared(LogFormatter):
        label = gettext_lazy("Membagikan naskah")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return _("Naskah dibagikan dengan tautan: %(whom)s") % {"whom": _whom(log_entry)}

    @actions.register_action(REVOKED)
    class _Revoked(LogFormatter):
        label = gettext_lazy("Mencabut tautan naskah")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return _("Tautan naskah dicabut: %(whom)s") % {"whom": _whom(log_entry)}


def _whom(entry: PageLogEntry) -> str:
    return str(entry.data.get("reason", "")) if isinstance(entry.data, dict) else ""
