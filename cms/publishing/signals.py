"""The only receivers of publishing: each notes that something readers may see has moved."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move

from cms.media.models import Document, Image, Rendition
from cms.publishing import epoch

_extra_models: list[type] = []


def register_watched_model(model: type) -> None:
    """Let the rows of `model` (a model class of an upper layer) count as something readers see."""
    _extra_models.append(model)


def _watched(sender: type) -> bool:
    plain = (Site, PageViewRestriction, Collection, Image, Rendition, Document, *_extra_models)
    return sender in plain or issubclass(sender, Page)


def _note_row(sender: type, **kwargs: object) -> None:
    if _watched(sender) and not kwargs.get("raw"):
        epoch.advance()


def _note_tree(**kwargs: object) -> None:
    epoch.advance()


def connect() -> None:
    """Connect the receivers, once, when the applications are ready."""
    post_save.connect(_note_row, dispatch_uid="publishing-saved")
    post_delete.connect(_note_row, dispatch_uid="publishing-deleted")
    page_slug_changed.connect(_note_tree, dispatch_uid="publishing-slug")
    post_page_move.connect(_note_tree, dispatch_uid="publishing-move")
