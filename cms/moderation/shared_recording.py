"""Tells the trail who changed what many live pages share: a section's or topic's name, a picture, a document."""

from wagtail.models import Collection, GroupCollectionPermission, ModelLogEntry, Page

from cms.moderation import trail
from cms.moderation.shared_things import shared_models
from cms.moderation.trail_entries import Act

_CHANGES = frozenset({"wagtail.edit", "wagtail.delete"})  # what was only just made, no page shows
_OFFICE = 2  # depth of its front page


def record_shared(entry: ModelLogEntry) -> None:
    """Record what `entry` says, in its transaction, at the office the thing belongs to, if to one."""
    model = entry.content_type.model_class() if entry.content_type else None
    if entry.action not in _CHANGES or model not in shared_models():
        return
    trail.record(
        Act.SHARED_CHANGED,
        page=_front_page_of(model._base_manager.filter(pk=entry.object_id).first()),
        actor=entry.user,
        details={
            "action": entry.action,
            "kind": str(model._meta.verbose_name),
            "thing": entry.label,
            "object_id": entry.object_id,
        },
    )


def _front_page_of(thing: object) -> Page | None:
    site, room = getattr(thing, "site", None), getattr(thing, "collection", None)
    if site:
        return site.root_page
    return _front_page_behind(room) if isinstance(room, Collection) else None


def _front_page_behind(room: Collection) -> Page | None:
    """Return the front page of the only office whose people have rights on `room`, or on one around it."""
    around = room.get_ancestors(inclusive=True).filter(depth__gt=1)
    groups = GroupCollectionPermission.objects.filter(collection__in=around).order_by().values("group")
    found = (
        Page.objects.filter(depth=_OFFICE, group_permissions__group__in=groups).distinct().order_by("path")
    )
    offices = list(found[:2])
    return offices[0] if len(offices) == 1 else None
