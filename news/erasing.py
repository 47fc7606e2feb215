"""Taking personal data out of what the newsroom keeps of an article, and out of what was said about it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.moderation.erasing.pages import erase_words
from cms.moderation.erasing.rows import ERASED
from cms.moderation.permits import ERASURE, opened_for
from cms.moderation.sharing.giving import end_links
from cms.moderation.texts import is_text
from cms.publishing.forgetting import forget_addresses, forget_names
from news import acts, changes
from news.corrections import Correction
from news.models import NewsArticlePage
from news.withdrawals import Withdrawal


@transaction.atomic
def erase_corrections(page: NewsArticlePage, actor: User | None) -> None:
    """Empty the corrections of `page`, and end every link that shows a draft of it."""
    Correction.objects.filter(page=page).update(
        is_erased=True, text="", wrong="", right="", earlier_text=None
    )
    end_links([page.pk], actor)


@transaction.atomic
def erase_texts(
    page: NewsArticlePage, actor: User | None, *, keep: int | None, is_mended: bool = True
) -> None:
    """Empty every revision of `page` but `keep`, the one people work on, and all that was said about them.

    Approvals no longer fit what is left. Why it is withdrawn is kept as long as somebody is to mend it.
    """
    revisions = page.revisions.exclude(pk=keep).order_by("pk")
    with opened_for([page.pk], ERASURE):
        for revision in revisions.iterator(chunk_size=50):
            content = _emptied(revision, page)
            if content != revision.content:
                Revision.objects.filter(pk=revision.pk).update(content=content, object_str=content["title"])
        _forget_answers(page, keep)
        _forget_copies(page, keep)
    if page.latest_revision_id != keep:
        page.draft_title = ERASED
        Page.objects.filter(pk=page.pk).update(draft_title=ERASED)
    acts.note(acts.ERASED, page, actor)
    withdrawn = _forget_withdrawals(page)
    erase_words(page, actor, withdrawn=withdrawn if is_mended else None)


def _forget_withdrawals(page: NewsArticlePage) -> dt.datetime | None:
    """Empty why `page` was withdrawn before; return since when it is withdrawn now."""
    rows = Withdrawal.objects.filter(page=page)
    rows.exclude(ended_at=None).update(reason=ERASED)
    return rows.filter(ended_at=None).values_list("made_at", flat=True).first()


def forget_slugs(page: NewsArticlePage) -> None:
    """Forget what the address of `page` was before, now that it is live again under another slug."""
    under = f"/{page.slug}/"
    rows = Withdrawal.objects.filter(page=page).exclude(path__endswith=under).order_by("pk")
    told = {row.path.rstrip("/").rpartition("/")[2]: row.site_id for row in rows}
    rows.update(path=under)
    forget_addresses(page.pk, page.slug)
    for slug in told:
        for redirect in Redirect.objects.filter(redirect_page=page, old_path__icontains=slug).order_by("pk"):
            redirect.delete()
    if told:
        forget_names(told.keys(), set(told.values()), ERASED)


def withdrawn_for_personal_data(pages: QuerySet[Page]) -> list[Page]:
    """Return those of `pages` of which no word may stay once they are removed."""
    withdrawn = Withdrawal.objects.filter(has_personal_data=True, ended_at=None)
    rows = NewsArticlePage.objects.filter(pk__in=pages.order_by().values("pk"), withdrawals__in=withdrawn)
    return list(rows)


def _emptied(revision: Revision, page: NewsArticlePage) -> dict[str, Any]:
    """Return the content of an article that says nothing, where `page` stands."""
    known = {name: value for name, value in revision.content.items() if not is_text(name)}
    empty = NewsArticlePage(title=ERASED, slug=page.slug)
    said = {name: value for name, value in empty.serializable_data().items() if name not in known}
    silent = {"draft_title": ERASED, "url_path": page.url_path, "wagtail_admin_comments": []}
    return {**known, **said, **silent}


def _forget_copies(page: NewsArticlePage, keep: int | None) -> None:
    """Take out of the text people work on the copies it has of comments, and of what a draft before was called."""
    for revision in page.revisions.filter(pk=keep):
        copied = {
            "wagtail_admin_comments": [],
            "draft_title": revision.content["title"],
            "url_path": page.url_path,
        }
        Revision.objects.filter(pk=keep).update(content={**revision.content, **copied})


def _forget_answers(page: NewsArticlePage, keep: int | None) -> None:
    """Empty what the last correction said in the text people work on, and in its row."""
    silent = {
        "change_kind": "",
        "change_wrong": "",
        "change_right": "",
        "change_answers": None,
        "change_of": None,
    }
    for revision in page.revisions.filter(pk=keep):
        if any(revision.content.get(name) for name in silent):  # else an approval of it stands
            Revision.objects.filter(pk=keep).update(content={**revision.content, **silent})
    changes.forget(page)
    NewsArticlePage.objects.filter(pk=page.pk).update(**silent)
