"""What was published at once and what became of it: a row for each text that a second person still has to see."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.approvals import Approval
from cms.moderation.approvers import approved_by

WITHIN = dt.timedelta(hours=24)


class AfterReviews(models.QuerySet["AfterReview"]):
    """What has to be looked at."""

    def waiting(self) -> "AfterReviews":
        """Return what nobody else has looked at yet; what is due first stands first."""
        return self.filter(closed_at=None).order_by("due_at", "pk")

    def of_offices_of(self, user: User) -> "AfterReviews":
        """Return what concerns the offices in which `user` lets things go live."""
        return self.filter(page__in=Page.objects.filter(approved_by(user)).order_by().values("pk"))


class AfterReview(models.Model):
    """The review that an urgent publication owes; a newer one of the same page takes over what is still owed."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Sudah benar")
        CORRECTION = "correction", _("Minta diralat")
        TAKEN_DOWN = "taken_down", _("Turunkan sekarang")
        SUPERSEDED = "superseded", _("Digantikan penerbitan yang lebih baru")

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="after_review")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="after_reviews")
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("tenggat"))
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(_("catatan"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    objects = AfterReviews.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(closed_at=None), name="after_review_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="after_review_ends_with_outcome",
            ),
        ]
        verbose_name = _("tinjauan sesudah terbit")
        verbose_name_plural = _("tinjauan sesudah terbit")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.outcome or self.due_at}"

    @property
    def told(self) -> str:
        """Say what became of it; the labels of `Outcome` say what one is about to do."""
        is_down = self.outcome == self.Outcome.TAKEN_DOWN
        return gettext("Diturunkan dari situs") if is_down else str(self.get_outcome_display())  # ty: ignore[unresolved-attribute]


def open_review(page: Page, approval: Approval) -> AfterReview:
    """Owe a review of what `approval` let through; a review still owed is owed with it, and no later."""
    now = timezone.now()
    owed = AfterReview.objects.filter(page_id=page.pk, closed_at=None).first()
    if owed:
        close(owed, AfterReview.Outcome.SUPERSEDED, None)
    due = min(now + WITHIN, owed.due_at) if owed else now + WITHIN
    told = {"reminded_at": owed.reminded_at, "escalated_at": owed.escalated_at} if owed else {}
    return AfterReview.objects.create(approval=approval, page_id=page.pk, due_at=due, opened_at=now, **told)


def close(review: AfterReview, outcome: AfterReview.Outcome, user: User | None, reason: str = "") -> None:
    """End what was owed."""
    review.outcome, review.closed_by, review.reason = outcome, user, reason
    review.closed_at = timezone.now()
    review.save(update_fields=["outcome", "closed_by", "reason", "closed_at"])
