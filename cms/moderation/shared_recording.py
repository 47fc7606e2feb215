"""Tells the trail who changed what many live pages share: a section's or topic's name, a picture, a document."""

import threading
from collections import OrderedDict
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, ModelLogEntry, Page

from cms.moderation import trail
from cms.moderation.shared_things import shared_models
from cms.moderation.trail_entries import Act

_CHANGES = frozenset({"wagtail.edit", "wagtail.delete"})  # what was only just made, no page shows
_OFFICE = 2  # depth of its front page
_WORDS = (models.CharField, models.TextField, models.BooleanField, models.FileField)
_LONGEST = 300  # letters of a value that are kept
_KEPT = 16  # things saved whose log entry has not come: most come at once, an import's never do
_Change = dict[str, str]


class _Pending(threading.local):
    """What the last saves of this thread have changed, until Wagtail's log says who made them."""

    def __init__(self) -> None:
        self.changes: OrderedDict[tuple[type, str], list[_Change]] = OrderedDict()


_pending = _Pending()


def note_change(thing: models.Model) -> None:
    """Remember what a save is about to change in `thing`, if pages share it."""
    model = type(thing)
    if thing.pk is None or model not in shared_models():
        return
    fields = [each for each in model._meta.concrete_fields if isinstance(each, _WORDS) and each.editable]
    before = model._base_manager.filter(pk=thing.pk).values(*(each.attname for each in fields)).first()
    if before is None:
        return
    _pending.changes[model, str(thing.pk)] = [
        {"field": str(each.verbose_name), "before": _shown(each, old), "after": _shown(each, new)}
        for each in fields
        if str(old := before[each.attname]) != str(new := getattr(thing, each.attname))
    ]
    while len(_pending.changes) > _KEPT:
        _pending.changes.popitem(last=False)


def _shown(field: models.Field, value: Any) -> str:
    if isinstance(field, models.BooleanField):
        return str(_("ya") if value else _("tidak"))
    return str(value or "")[:_LONGEST]


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
            "changed": _pending.changes.pop((model, entry.object_id), []),
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
