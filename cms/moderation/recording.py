"""Puts into the trail what Wagtail's own log is told: by the admin, the API, the scheduler and our commands alike."""

from wagtail.models import Page, PageLogEntry, Revision

from cms.moderation import trail
from cms.moderation.texts import digest_of
from cms.moderation.trail_entries import Act

_WRITING = "wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.copy", "wagtail.convert_alias"
_acts: dict[str, Act] = {
    **dict.fromkeys(_WRITING, Act.WROTE),
    "wagtail.workflow.start": Act.SUBMITTED,
    "wagtail.workflow.resume": Act.SUBMITTED,
    "wagtail.workflow.approve": Act.APPROVED,
    "wagtail.workflow.reject": Act.ASKED_FOR_CHANGES,
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


def register_act(action: str, act: Act) -> None:
    """Let the log action `action` of an upper layer be `act` in the trail (from AppConfig.ready)."""
    _acts[action] = act


def record_logged(entry: PageLogEntry) -> None:
    """Record what `entry` says, in its transaction; of a sitting of autosaves only the first."""
    act = _acts.get(entry.action)
    if act is None or (act == Act.WROTE and _is_same_sitting(entry)):
        return
    revision = Revision.objects.filter(pk=entry.revision_id).first() if entry.revision_id else None
    said = entry.data if isinstance(entry.data, dict) else {}
    trail.record(
        act,
        page=Page.objects.filter(pk=entry.page_id).first(),
        actor=entry.user,
        revision_id=revision.pk if revision else None,
        digest=digest_of(revision.content) if revision else "",
        reason=str(said.get("comment") or said.get("reason") or ""),
        details={"action": entry.action, "title": entry.label},
    )


def _is_same_sitting(entry: PageLogEntry) -> bool:
    """Autosaves that overwrite one revision share a `uuid`."""
    same = PageLogEntry.objects.filter(uuid=entry.uuid, page_id=entry.page_id, action=entry.action)
    return entry.uuid is not None and same.exclude(pk=entry.pk).exists()
