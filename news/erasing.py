"""Taking personal data out of what the newsroom keeps of an article: corrections, earlier texts, links to drafts."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.accounts.models import User
from cms.moderation.permits import ERASURE, opened_for
from cms.moderation.sharing.giving import end_links
from cms.moderation.texts import is_text
from news import acts, changes
from news.corrections import Correction
from news.models import NewsArticlePage


@transaction.atomic
def erase_corrections(page: NewsArticlePage, actor: User) -> None:
    """Empty the corrections of `page`, and end every link that shows a draft of it."""
    Correction.objects.filter(page=page).update(
        is_erased=True, text="", wrong="", right="", earlier_text=None
    )
    end_links(page, actor)


@transaction.atomic
def erase_texts(page: NewsArticlePage, actor: User | None, *, keep: int | None) -> None:
    """Empty every revision of `page` but `keep`, the one people work on; approvals no longer fit what is left."""
    revisions = page.revisions.exclude(pk=keep).order_by("pk")
    with opened_for([page.pk], ERASURE):
        for revision in revisions.iterator(chunk_size=50):
            content = _emptied(revision)
            if content != revision.content:
                Revision.objects.filter(pk=revision.pk).update(content=content, object_str=content["title"])
        _forget_answers(page, keep)
    acts.note(acts.ERASED, page, actor)


def _emptied(revision: Revision) -> dict[str, Any]:
    """Return the content of an article that says nothing, where the other one stood in the tree."""
    title = _("(dihapus karena memuat data pribadi)")
    known = {name: value for name, value in revision.content.items() if not is_text(name)}
    empty = NewsArticlePage(title=title, slug=revision.content.get("slug", ""))
    said = {name: value for name, value in empty.serializable_data().items() if name not in known}
    return {**known, **said, "draft_title": title, "wagtail_admin_comments": []}


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
