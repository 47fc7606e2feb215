"""Waiving one error of a text: by who may let it go live, about the text that was read."""

from django.db import transaction
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.deciders import why_not_waive
from cms.moderation.queue.claims import lock
from cms.moderation.queue.decisions import NotTheirs, Read, TextChanged
from cms.moderation.texts import digest_of
from cms.moderation.waivers import Waiver, held_back


class NothingToWaive(Exception):
    """The error is not there any more, or somebody has waived it already."""


@transaction.atomic
def waive_waiting(pk: int, user: User, fingerprint: str, reason: str, read: Read) -> Waiver:
    """Let one error no longer hold back the manuscript of the state `pk`.

    Raises AlreadyDecided, NotTheirs, TextChanged or NothingToWaive; then nothing has changed.
    """
    state = lock(pk)
    return waive(int(state.workflow_state.object_id), user, fingerprint, reason, read)


@transaction.atomic
def waive(page_id: int, user: User, fingerprint: str, reason: str, read: Read) -> Waiver:
    """Let one error no longer hold back the newest text of a page, be it submitted yet or not.

    Raises NotTheirs, TextChanged or NothingToWaive; then nothing has changed.
    """
    stored = Page.objects.select_for_update().get(pk=page_id).specific
    if words := why_not_waive(user, stored):
        raise NotTheirs(words)
    revision = stored.get_latest_revision()
    if revision is None or read != Read(revision.pk, digest_of(revision.content)):
        raise TextChanged
    text = revision.as_object()
    for finding in held_back(text):
        if finding.fingerprint == fingerprint:
            return Waiver.objects.give(text, revision, finding, user, reason)
    raise NothingToWaive
