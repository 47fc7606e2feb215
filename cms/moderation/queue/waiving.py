"""Waiving one error of a waiting manuscript: by who may let it go live, about the text that was read."""

from django.db import transaction
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.deciders import why_not_waive
from cms.moderation.queue.claims import lock
from cms.moderation.queue.decisions import NotTheirs, Read, TextChanged
from cms.moderation.queue.manuscripts import Manuscript
from cms.moderation.waivers import Waiver, held_back


class NothingToWaive(Exception):
    """The error is not there any more, or somebody has waived it already."""


@transaction.atomic
def waive(pk: int, user: User, fingerprint: str, reason: str, read: Read) -> Waiver:
    """Let one error no longer hold back the manuscript of the state `pk`.

    Raises AlreadyDecided, NotTheirs, TextChanged or NothingToWaive; then nothing has changed.
    """
    state = lock(pk)
    manuscript = Manuscript(state, user)
    Page.objects.select_for_update().get(pk=manuscript.stored.pk)
    if words := why_not_waive(user, manuscript.stored, state):
        raise NotTheirs(words)
    if read != Read(manuscript.revision.pk, manuscript.digest):
        raise TextChanged
    for finding in held_back(manuscript.page):
        if finding.fingerprint == fingerprint:
            return Waiver.objects.give(manuscript.page, manuscript.revision, finding, user, reason)
    raise NothingToWaive
