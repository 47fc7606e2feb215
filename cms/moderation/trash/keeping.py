"""What code may not delete: pages that are locked, that readers ever saw, and an office's trash."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.moderation.approvals import Approval
from cms.moderation.permits import Permit
from cms.moderation.trash.moving import branch_of
from cms.moderation.trash.places import TrashPage
from cms.publishing.models import FormerAddress, Trace


class DeletionRefused(PermissionDenied):
    """A page is not to be deleted; the message says why and what to do instead."""


def refuse_losing_branch(page: Page) -> None:
    """Refuse to delete `page` if it, or a page below it, has to be kept.

    Raises DeletionRefused.
    """
    _refuse(branch_of(page))


def refuse_losing(page: Page) -> None:
    """Refuse to delete the one row of `page`, however that came about.

    Raises DeletionRefused.
    """
    _refuse(Page.objects.filter(pk=page.pk))


def first_kept(pages: QuerySet[Page]) -> Page | None:
    """Return the first of `pages` that has to be kept and for which no permit is open."""
    named = {
        model: Exists(model.objects.filter(**{name: OuterRef("pk")}))
        for model, name in (
            (Approval, "page_id"), (FormerAddress, "page_id"), (Trace, "page_id"), (TrashPage, "pk")
        )
    }  # fmt: skip
    was_seen = Q(live=True) | Q(first_published_at__isnull=False) | Q(locked=True)
    for condition in named.values():
        was_seen |= Q(condition)
    permitted = Exists(Permit.objects.filter(page_id=OuterRef("pk")))
    return pages.filter(was_seen).exclude(permitted).order_by("path").first()


def _refuse(pages: QuerySet[Page]) -> None:
    kept = first_kept(pages)
    if kept is None:
        return
    said = {"title": kept.get_admin_display_title()}
    if kept.locked:
        raise DeletionRefused(_("“%(title)s” terkunci. Buka kuncinya sebelum menghapusnya.") % said)
    raise DeletionRefused(
        _(
            "“%(title)s” pernah terbit, jadi tidak dihapus begitu saja. Buang ke Sampah; "
            "isi Sampah dikosongkan dengan perintah empty_trash."
        )
        % said
    )
