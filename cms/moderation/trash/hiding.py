"""The one rule by which every list leaves out what lies in a trash, and the trash itself."""

from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.trash.places import TrashPage

_DEPTH = 3  # below the root an office, below that its trash
_LENGTH = _DEPTH * Page.steplen  # of the tree path of a trash
_MEMO = "_trash_paths"

Pages = TypeVar("Pages", bound=QuerySet)


def in_trash() -> Q:
    """Return the condition for pages in a trash.

    By key: Wagtail's search understands no other. However many offices there are, a draft costs one look at an index.
    """
    above = TrashPage.objects.filter(path=Substr(OuterRef("path"), 1, _LENGTH))
    return Q(pk__in=Page.objects.filter(Exists(above), live=False).order_by().values("pk"))


def outside_trash(pages: Pages) -> Pages:
    """Leave out of `pages` what lies in a trash."""
    return pages.exclude(in_trash())


def lies_in_trash(page: Page) -> bool:
    """Ask whether `page` lies in a trash, or is one; a live one never does (trash.rules)."""
    if page.live or page.depth < _DEPTH:
        return False
    return TrashPage.objects.filter(path=page.path[:_LENGTH]).exists()


def is_hidden_from(user: User, page: Page) -> bool:
    """Ask the same for a person who asks about many pages: one query, remembered as Wagtail remembers rights."""
    if page.live or page.depth < _DEPTH:
        return False
    known = getattr(user, _MEMO, None)
    if known is None:
        known = frozenset(TrashPage.objects.values_list("path", flat=True))
        setattr(user, _MEMO, known)
    return page.path[:_LENGTH] in known


def forget_trashes(user: User) -> None:
    """Let `user` see a trash that has just been made."""
    setattr(user, _MEMO, None)


def hide_from_bulk_action(request: HttpRequest, action: str, objects: list, view: object) -> None:
    """Leave the trash out of what a bulk action is done to (hook): its numbers can be typed."""
    pages = [each.pk for each in objects if isinstance(each, Page)]
    if pages:
        hidden = set(Page.objects.filter(in_trash(), pk__in=pages).values_list("pk", flat=True))
        objects[:] = [each for each in objects if each.pk not in hidden]
