"""Removes for good what lies in the trash: an operator's act, after a time, and never what the public may ask for."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable

from django.db import transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.moderation import permits
from cms.moderation.erasing.pages import erase_words
from cms.moderation.trash import acts
from cms.moderation.trash.hiding import lies_in_trash
from cms.moderation.trash.moving import branch_of
from cms.moderation.trash.rows import Trashed, TrashedPages

PART = 50  # pages in one transaction
Keeper = Callable[[QuerySet[Page]], str]
Silencer = Callable[[QuerySet[Page]], Iterable[Page]]
_keepers: list[Keeper] = []
_silencers: list[Silencer] = []


class Kept(Exception):
    """Something in the trash stays; the message says why."""


def register_keeper(keeper: Keeper) -> None:
    """Let an upper layer say why one of some pages has to be kept for good; "" if none has."""
    _keepers.append(keeper)


def register_silencer(silencer: Silencer) -> None:
    """Let an upper layer say which of some pages leave no words behind: their histories are emptied too."""
    _silencers.append(silencer)


def older_than(days: int, offices: Collection[int] | None = None) -> TrashedPages:
    """Return what has lain in the trash (of `offices`) longer than `days`, the oldest first."""
    rows = Trashed.objects.standing().filter(made_at__lt=timezone.now() - dt.timedelta(days=days))
    if offices is not None:
        rows = rows.filter(office_id__in=offices)
    return rows.order_by("made_at", "pk")


def why_kept(row: Trashed) -> str:
    """Return why `row` stays, as a sentence; "" if it may go."""
    page = Page.objects.filter(pk=row.page_id).first()
    if page is None:
        return ""
    if not lies_in_trash(page):
        return _("sudah tidak berada di Sampah")
    branch = branch_of(page)
    return next((reason for keeper in _keepers if (reason := keeper(branch))), "")


def remove_for_good(row: Trashed, operator: str, reached: Callable[[int], object] = bool) -> None:
    """Remove a page with all below it and its history; what remains is `row` and the trail.

    A large branch goes in parts, from its end to its top, so that others can write meanwhile; whoever comes again
    after a crash removes the rest. `reached(pages removed)`.
    Raises Kept; if that is so from the beginning, nothing has happened.
    """
    gone = 0
    while part := _remove_part(row.pk, operator):
        gone += part
        reached(gone)


@transaction.atomic
def _remove_part(pk: int, operator: str) -> int:
    """Remove the last pages of a branch, and with the last of them say that it is gone; returns how many those were."""
    row = Trashed.objects.standing().select_for_update().filter(pk=pk).first()
    if row is None:
        return 0
    if reason := why_kept(row):
        raise Kept(reason)
    top = Page.objects.filter(pk=row.page_id).first()
    last = list(branch_of(top).order_by("-path").values_list("pk", flat=True)[:PART]) if top else []
    if top is None or top.pk in last:
        if top:
            said = {"reason": _("Sampah dikosongkan oleh %(name)s") % {"name": operator}}
            log(top.specific, acts.EMPTIED, data=said, deleted=True)
        row.emptied_at = timezone.now()
        row.save(update_fields=["emptied_at"])
    _delete(last)
    return len(last)


def _delete(ids: list[int]) -> None:
    pages = Page.objects.filter(pk__in=ids)
    silent = [each for silencer in _silencers for each in silencer(pages)]
    try:
        with permits.opened_for(ids, "empty_trash"):
            pages.delete()
    except (ProtectedError, RestrictedError) as error:
        raise Kept(_("masih dipakai di tempat lain")) from error
    for each in silent:
        erase_words(each, None)
