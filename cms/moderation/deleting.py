"""What happens to a page that somebody deletes through a program."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.moderation.approvals import Approval


class NotDeletable(PermissionDenied):
    """Readers have seen it; the message says what to do instead."""


def delete_page(page: Page, user: AbstractBaseUser) -> None:
    """Delete `page` and what lies below it: drafts that were never anything else.

    Raises NotDeletable where readers have seen any of it.
    """
    branch = page.get_descendants(inclusive=True)
    approved = Approval.objects.order_by().values("page_id")
    if branch.filter(Q(live=True) | Q(first_published_at__isnull=False) | Q(pk__in=approved)).exists():
        raise NotDeletable(
            _(
                "Halaman yang pernah terbit atau disetujui tidak dihapus lewat API, supaya jejaknya tetap ada."
                " Turunkan halamannya (unpublish), lalu tarik atau hapus di ruang redaksi."
            )
        )
    page.specific.delete(user=user)
