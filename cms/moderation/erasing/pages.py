"""Erases the words that are kept of a page beside its text: who did what and when remains."""

import datetime as dt

from django.db import transaction
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.erasing import histories, rows
from cms.moderation.permits import ERASURE, opened_for


@transaction.atomic
def erase_words(page: Page, actor: User | None, *, withdrawn: dt.datetime | None = None) -> None:
    """Empty what people said about `page` and its aliases, and what both were called, up to this moment.

    `page` itself and its revisions are left to whoever knows which text is to stay. Why it is `withdrawn` (since
    when) stays as long as it is so.
    """
    pages = [page.pk, *Page.objects.filter(alias_of_id=page.pk).order_by("pk").values_list("pk", flat=True)]
    with opened_for(pages, ERASURE):
        rows.erase(pages)
        histories.erase(pages, page, actor, withdrawn)
