"""Erases words in Wagtail's log and in the trail; an entry of the trail then tells what remains of the others."""

import datetime as dt
import json
from collections.abc import Collection
from copy import copy

from wagtail.models import Page, PageLogEntry

from cms.accounts.models import User
from cms.moderation import chain, trail
from cms.moderation.erasing.rows import ERASED
from cms.moderation.recording import act_of
from cms.moderation.trail_entries import LEFT, WORDS, Act, TrailEntry

# What is nobody's own words stays; so does why an article is withdrawn, as long as the public may be told.
_OF_THE_LOG = frozenset(
    {"workflow", "workflow_state_id", "revision", "mode", "personal_data", "correction", "pages"}
)
_OF_THE_TRAIL = frozenset({"action", "stage", "to", "to_id", "outcome", "code", "own_text"})


def erase(
    pages: Collection[int], page: Page, actor: User | None, withdrawn: dt.datetime | None = None
) -> None:
    """Empty what both say of `pages` (ids), for which a permit of erasure is open; the trail tells it of `page`."""
    for entry in PageLogEntry.objects.filter(page_id__in=pages).iterator(chunk_size=500):
        _silence_log(entry, withdrawn)
    entries = TrailEntry.objects.filter(page_id__in=pages).exclude(act=Act.ERASED).order_by("number")
    changed = [entry for entry in entries if _silence(entry, withdrawn)]
    if changed:
        TrailEntry.objects.bulk_update(changed, WORDS, batch_size=50)
        left = {str(entry.number): chain.digest_of_rest(entry) for entry in changed}
        trail.record(Act.ERASED, page=_nameless(page), actor=actor, details={LEFT: left})


def _tells_why(act: Act | None, at: dt.datetime, withdrawn: dt.datetime | None) -> bool:
    return act == Act.WITHDREW and withdrawn is not None and at >= withdrawn


def _silence_log(entry: PageLogEntry, withdrawn: dt.datetime | None) -> None:
    tells_why = _tells_why(act_of(entry.action), entry.timestamp, withdrawn)
    kept = _OF_THE_LOG | ({"reason"} if tells_why else set())
    said = entry.data if isinstance(entry.data, dict) else {}
    data = {name: value for name, value in said.items() if name in kept}
    PageLogEntry.objects.filter(pk=entry.pk).update(label=ERASED, data=data)


def _silence(entry: TrailEntry, withdrawn: dt.datetime | None) -> bool:
    """Empty one entry; returns whether it said anything."""
    title = entry.page_title and ERASED
    reason = entry.reason
    if reason and not _tells_why(Act(entry.act), entry.at, withdrawn):
        reason = ERASED
    kept = {name: value for name, value in entry.details.items() if name in _OF_THE_TRAIL}
    if (title, reason, kept) == (entry.page_title, entry.reason, entry.details):
        return False
    entry.page_title, entry.reason, entry.salt = title, reason, ""
    entry.details_json = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return True


def _nameless(page: Page) -> Page:
    """Return `page` as the trail may name it for good."""
    shown = copy(page)
    shown.title = shown.draft_title = ERASED
    return shown
