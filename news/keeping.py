"""Which deleted articles stay in the trash for good: those about which the office has told the public something."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from news.corrections import Correction
from news.withdrawals import Withdrawal


def why_public(pages: QuerySet[Page]) -> str:
    """Return why one of `pages` has to be kept: a numbered correction, or a notice at its address; "" if none."""
    ids = pages.order_by().values("pk")
    if Correction.objects.filter(page_id__in=ids, is_erased=False).exists():
        return _("ralatnya masih dimuat di /ralat/")
    notices = Withdrawal.objects.filter(page_id__in=ids, mode=Withdrawal.Mode.NOTICE, ended_at=None)
    return _("pemberitahuan penarikannya masih tampil") if notices.exists() else ""
