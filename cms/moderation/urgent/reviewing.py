"""The second pair of eyes afterwards: confirm what was published at once, ask for a correction, or take it down."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.moderation import acts
from cms.moderation.approvals import Approval
from cms.moderation.approvers import is_approver
from cms.moderation.letters import told_besides
from cms.moderation.queue.claims import AlreadyDecided
from cms.moderation.queue.decisions import NotTheirs
from cms.moderation.taking_back import take_back_all
from cms.moderation.urgent.after_reviews import AfterReview, close

Outcome = AfterReview.Outcome


def why_not_review(user: User, review: AfterReview) -> str:
    """Return why the review is not for `user`, as a sentence; "" if it is."""
    if not is_approver(user, review.page):
        return _("Tinjauan ini tugas penyetuju kantor itu.")
    if review.approval.actor_id == user.pk:
        return _("Anda yang menerbitkannya. Orang lain yang meninjaunya.")
    revision = Revision.objects.get(pk=review.approval.revision_id)
    if user.pk in Approval.objects.contributors(revision):
        return _("Anda ikut menulisnya. Orang lain yang meninjaunya.")
    return ""


@transaction.atomic
def review_afterwards(pk: int, user: User, outcome: Outcome, reason: str) -> str:
    """Take the decision of `user` about the owed review `pk`; return what it did, in words.

    Raises AlreadyDecided or NotTheirs; then nothing has changed.
    """
    review = AfterReview.objects.select_for_update(of=("self",)).select_related("approval", "page").get(pk=pk)
    if review.closed_at:
        raise AlreadyDecided
    if said := why_not_review(user, review):
        raise NotTheirs(said)
    page = Page.objects.select_for_update().get(pk=review.page_id).specific
    revision = Revision.objects.get(pk=review.approval.revision_id)
    if outcome == Outcome.CONFIRMED and _stands(review.approval):
        Approval.objects.give(revision, Approval.Kind.REVIEW, actor=user, reason=reason)
    if outcome == Outcome.TAKEN_DOWN:
        take_back_all([page.pk], user, reason)
        if page.live:
            page.unpublish(user=user)
    close(review, outcome, user, reason)
    acts.note(
        acts.REVIEWED_AFTERWARDS, page, user, revision, comment=reason, noted={"outcome": str(outcome.value)}
    )
    told_besides.reviewed(review, page, user)
    return _told(page, outcome)


def _stands(approval: Approval) -> bool:
    """What was taken from readers meanwhile gets no approval that would bring it back."""
    return Approval.objects.standing().filter(pk=approval.pk).exists()


def _told(page: Page, outcome: Outcome) -> str:
    said = {"title": page.get_admin_display_title()}
    words = {
        Outcome.CONFIRMED: _("Tinjauan “%(title)s” selesai: sudah benar."),
        Outcome.CORRECTION: _("Penulis dan penyetuju “%(title)s” diminta meralatnya. Teksnya masih terbit.")
        if page.live
        else _("Penulis dan penyetuju “%(title)s” diminta meralatnya. Teksnya sedang tidak terbit."),
        Outcome.TAKEN_DOWN: _("“%(title)s” sudah diturunkan dari situs."),
    }
    return words[outcome] % said
