"""Puts into the trail what Wagtail's own log is told: by the admin, the API, the scheduler and our commands alike."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, Revision

from cms.moderation import trail
from cms.moderation.delegation import Delegation
from cms.moderation.texts import digest_of
from cms.moderation.trail import name_of
from cms.moderation.trail_entries import Act, TrailEntry
from cms.publishing.many_rows import in_chunks
from cms.publishing.seeing import sites_of

_WRITING = "wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.copy", "wagtail.convert_alias"
_acts: dict[str, Act] = {
    **dict.fromkeys(_WRITING, Act.WROTE),
    "wagtail.workflow.start": Act.SUBMITTED,
    "wagtail.workflow.resume": Act.SUBMITTED,
    "wagtail.workflow.approve": Act.APPROVED,
    "wagtail.workflow.reject": Act.ASKED_FOR_CHANGES,
    "wagtail.workflow.cancel": Act.SUBMISSION_ENDED,
    "wagtail.publish": Act.PUBLISHED,
    "wagtail.publish.scheduled": Act.PUBLISHED,
    "wagtail.publish.schedule": Act.SCHEDULED,
    "wagtail.schedule.cancel": Act.UNSCHEDULED,
    "wagtail.unpublish": Act.UNPUBLISHED,
    "wagtail.unpublish.scheduled": Act.UNPUBLISHED,
    "wagtail.move": Act.MOVED,
    "wagtail.delete": Act.DELETED,
    "moderation.trash": Act.TRASHED,
    "moderation.restore": Act.RESTORED,
    "moderation.empty_trash": Act.EMPTIED,
}
_FROM_READERS = (Act.UNPUBLISHED, Act.WITHDREW)
_TAKING_AWAY = (*_FROM_READERS, Act.TRASHED)  # Wagtail logs no revision then
_TEXTS = 100  # texts in memory at once
_PUBLISHING = (Act.PUBLISHED, Act.PUBLISHED_URGENTLY)

_AS_USUAL: Mapping[str, Act | None] = MappingProxyType({})
# What an action means within one decision that Wagtail tells in its own terms.
_meant: ContextVar[Mapping[str, Act | None]] = ContextVar("acts_meant", default=_AS_USUAL)


@contextmanager
def meant(acts: Mapping[str, Act | None]) -> Generator[None]:
    """Within the block, let log actions be these acts; None: part of another one, and no entry of its own."""
    token = _meant.set(acts)
    try:
        yield
    finally:
        _meant.reset(token)


def register_act(action: str, act: Act) -> None:
    """Let the log action `action` of an upper layer be `act` in the trail (from AppConfig.ready)."""
    _acts[action] = act


def act_of(action: str) -> Act | None:
    """Return what a log action is in the trail; None for one that is nothing there."""
    return _meant.get().get(action, _acts.get(action))


def record_logged(entry: PageLogEntry) -> None:
    """Record what `entry` says, in its transaction; of a sitting of autosaves only the first."""
    act = act_of(entry.action)
    if act is None or (act == Act.WROTE and _is_same_sitting(entry)):
        return
    page = Page.objects.filter(pk=entry.page_id).first()
    names = trail.page_names([page])[page.pk] if page else {}
    trail.record_all([_told(entry, act, names, _text_of(entry, act, page))])


def record_taken_down(entries: Sequence[PageLogEntry], pages: Iterable[Page]) -> None:
    """Record what `entries` say of `pages` that were taken down together; few queries, however many."""
    known = {page.pk: page for page in pages}
    names = trail.page_names(known.values())
    texts = _newest_texts(known.values()) | _texts_readers_had(known)
    trail.record_all(
        [
            _told(
                entry,
                act,
                names[entry.page_id],
                texts.get(entry.page_id) or _text_of(entry, act, known[entry.page_id]),
            )
            for entry in entries
            if (act := act_of(entry.action))
        ]
    )


def _told(
    entry: PageLogEntry, act: Act, names: Mapping[str, Any], text: tuple[int | None, str]
) -> TrailEntry:
    said = entry.data if isinstance(entry.data, dict) else {}
    return trail.entry_of(
        act,
        names=names,
        actor=entry.user,
        revision_id=text[0],
        digest=text[1],
        reason=str(said.get("comment") or said.get("reason") or ""),
        details={"action": entry.action, "title": entry.label, **_noted(said)},
    )


def _texts_readers_had(pages: Iterable[int]) -> dict[int, tuple[int | None, str]]:
    """Return by id revision and digest of the text as which each of `pages` was published last."""
    found = {}
    for part in in_chunks(pages):
        told = TrailEntry.objects.filter(page_id__in=part, act__in=_PUBLISHING).exclude(digest="")
        rows = told.order_by("number").values_list("page_id", "revision_id", "digest")
        found |= {pk: (revision_id, digest) for pk, revision_id, digest in rows}
    return found


def _newest_texts(pages: Iterable[Page]) -> dict[int, tuple[int | None, str]]:
    """Return by id the newest revision of each of `pages` and its digest."""
    found, own = {}, {page.latest_revision_id: page.pk for page in pages if page.latest_revision_id}
    for part in in_chunks(own, _TEXTS):
        for pk, content in Revision.objects.filter(pk__in=part).values_list("pk", "content"):
            found[own[pk]] = pk, digest_of(content)
    return found


def _text_of(entry: PageLogEntry, act: Act, page: Page | None) -> tuple[int | None, str]:
    """Return revision and digest of the text `entry` is about; of what leaves readers, as they read it."""
    revision = Revision.objects.filter(pk=entry.revision_id).first() if entry.revision_id else None
    if revision:
        return revision.pk, digest_of(revision.content)
    if page is None or act not in _TAKING_AWAY:
        return None, ""
    if act in _FROM_READERS and (text := _texts_readers_had([page.pk]).get(page.pk)):
        return text
    latest = page.latest_revision
    if latest:
        return latest.pk, digest_of(latest.content)
    return None, digest_of(page.specific.serializable_data())


def _noted(said: Mapping[str, Any]) -> dict[str, str]:
    """Return what an act tells of itself ("noted"), and the stage of the workflow it was done at."""
    noted = {str(name): str(value) for name, value in (said.get("noted") or {}).items()}
    workflow = said.get("workflow")
    stage = workflow.get("task") if isinstance(workflow, dict) else None
    return noted | ({"stage": str(stage["title"])} if stage else {})


def record_delegation(act: Act, delegation: Delegation) -> None:
    """Record that a person may, or may no longer, decide in another's place: at the office of that other."""
    sites = list(sites_of(delegation.giver)[:2])
    trail.record(
        act,
        page=sites[0].root_page if len(sites) == 1 else None,
        actor=get_active_log_context().user,
        reason=delegation.reason,
        details={
            "giver": name_of(delegation.giver),
            "giver_id": delegation.giver_id,
            "taker": name_of(delegation.taker),
            "taker_id": delegation.taker_id,
            "starts": delegation.starts.isoformat(),
            "ends": delegation.ends.isoformat(),
        },
    )


def _is_same_sitting(entry: PageLogEntry) -> bool:
    """Autosaves that overwrite one revision share a `uuid`."""
    same = PageLogEntry.objects.filter(uuid=entry.uuid, page_id=entry.page_id, action=entry.action)
    return entry.uuid is not None and same.exclude(pk=entry.pk).exists()
