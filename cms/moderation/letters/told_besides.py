"""Letters about what happens beside the workflow: published at once, reviewed afterwards, approval taken back."""

from collections.abc import Collection

from wagtail.models import Page, Revision, WorkflowState

from cms.accounts.models import User
from cms.moderation.approvals import Approval
from cms.moderation.approvers import approvers_of
from cms.moderation.eligible import administrators, people_above
from cms.moderation.letters.rows import Letter
from cms.moderation.letters.writing import write
from cms.moderation.urgent.after_reviews import AfterReview

Kind = Letter.Kind
_ANSWERS = {
    AfterReview.Outcome.CONFIRMED: Kind.CONFIRMED,
    AfterReview.Outcome.CORRECTION: Kind.OBJECTED,
    AfterReview.Outcome.TAKEN_DOWN: Kind.TAKEN_DOWN,
}


def published_urgently(review: AfterReview, page: Page, user: User, reason: str) -> None:
    """Tell who wrote it, who lets things go live in the office, and who moderates above it."""
    revision = Revision.objects.get(pk=review.approval.revision_id)
    people = _each(reviewers(review, page), approvers_of(page), _writers(page, revision))
    write(Kind.URGENT, people, page, review=review, by=user, words=reason, is_mine=True)


def unreviewed(review: AfterReview, page: Page, *, is_late: bool) -> None:
    """Remind those who may review it; when it is too late, those above or the administrators too."""
    above = list(people_above(page) or administrators()) if is_late else []
    people = _each(reviewers(review, page), above)
    write(Kind.UNREVIEWED, people, page, review=review, words=review.approval.reason, is_mine=True)


def reviewed(review: AfterReview, page: Page, user: User) -> None:
    """Tell who published and who wrote it what the second person says."""
    revision = Revision.objects.get(pk=review.approval.revision_id)
    publisher = User.objects.filter(pk=review.approval.actor_id)
    people = _each(list(publisher), _writers(page, revision))
    kind = _ANSWERS[AfterReview.Outcome(review.outcome)]
    address = review if review.outcome == AfterReview.Outcome.CONFIRMED else None
    write(kind, people, page, review=address, by=user, words=review.reason, is_mine=True)


def taken_back(
    page: Page, revision: Revision, user: User, reason: str, approver_ids: Collection[int | None]
) -> None:
    """Tell who wrote it, and who had approved it, why it does not go live."""
    approvers = User.objects.filter(pk__in=[pk for pk in approver_ids if pk]).order_by("pk")
    people = _each(_writers(page, revision), list(approvers))
    write(Kind.TAKEN_BACK, people, page, by=user, words=reason, is_mine=True)


def reviewers(review: AfterReview, page: Page) -> list[User]:
    """Return who may review it: approvers who neither wrote nor published it; administrators where there are none."""
    revision = Revision.objects.get(pk=review.approval.revision_id)
    hands = {*Approval.objects.contributors(revision), review.approval.actor_id}
    found = [user for user in approvers_of(page) if user.pk not in hands]
    return found or list(administrators().exclude(pk__in=hands))


def _writers(page: Page, revision: Revision) -> list[User]:
    last = WorkflowState.objects.for_instance(page).order_by("-created_at", "-pk").first()
    ids = {
        *Approval.objects.contributors(revision),
        page.owner_id,
        last.requested_by_id if last else None,
    }
    return list(User.objects.filter(pk__in=[pk for pk in ids if pk]).order_by("pk"))


def _each(*lists: Collection[User]) -> list[User]:
    """Return everybody once."""
    return list({user.pk: user for users in lists for user in users}.values())
