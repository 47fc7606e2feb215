"""Erases words in rows: comments, reasons, notes and letters about pages, and what these were called."""

from collections.abc import Collection

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from wagtail.models import Comment, TaskState, get_default_page_content_type

from cms.moderation.approvals import Approval, TakenBack
from cms.moderation.letters.rows import Letter
from cms.moderation.queue.claims import Claim
from cms.moderation.sharing.links import SharedDraft
from cms.moderation.trash.rows import Trashed
from cms.moderation.urgent.after_reviews import AfterReview
from cms.moderation.waivers import Waiver
from cms.publishing.forgetting import forget_titles

ERASED = "(dihapus karena memuat data pribadi)"  # stored, so in the language of the newsroom


def erase(pages: Collection[int]) -> None:
    """Empty the words about `pages` (ids), for which a permit of erasure is open."""
    Comment.objects.filter(page_id__in=pages).delete()
    _erase_reasons(pages)
    _erase_letters(pages)
    SharedDraft.objects.filter(page_id__in=pages).update(made_for=ERASED)
    Trashed.objects.filter(page_id__in=pages).exclude(reason="").update(reason=ERASED)
    Trashed.objects.filter(page_id__in=pages).update(title=ERASED)
    # One that lies there still goes back under its slug.
    left = Trashed.objects.filter(page_id__in=pages).exclude(restored_at=None, emptied_at=None)
    left.update(slug="", url_path="")
    forget_titles(pages, ERASED)


def _erase_reasons(pages: Collection[int]) -> None:
    Approval.objects.filter(page_id__in=pages).exclude(reason="").update(reason=ERASED)
    TakenBack.objects.filter(approval__page_id__in=pages).update(reason=ERASED)
    AfterReview.objects.filter(page_id__in=pages).exclude(reason="").update(reason=ERASED)
    # Whoever knows the rest finds what was waived by trying: the digests of the words go with them.
    Waiver.objects.filter(page_id__in=pages).exclude(about="").update(
        reason=ERASED, about="", fingerprint=Concat(Value("#"), Cast("pk", CharField()))
    )
    _states(pages).exclude(comment="").update(comment=ERASED)
    Claim.objects.filter(task_state__in=_states(pages)).exclude(note="").update(note=ERASED)


def _erase_letters(pages: Collection[int]) -> None:
    """Remove those that were sent; those still to go say only why they say nothing."""
    addresses = [reverse("wagtailadmin_pages:edit", args=[pk]) for pk in pages]
    about = Q(address__in=addresses) | Q(task_state__in=_states(pages)) | Q(after_review__page_id__in=pages)
    letters = Letter.objects.filter(about)
    waiting = Letter.objects.waiting().filter(about)
    letters.exclude(pk__in=waiting.values("pk")).delete()
    waiting.update(subject=ERASED, sentence=ERASED, words="")


def _states(pages: Collection[int]) -> QuerySet[TaskState]:
    return TaskState.objects.filter(
        workflow_state__base_content_type=get_default_page_content_type(),
        workflow_state__object_id__in=list(map(str, pages)),
    )
