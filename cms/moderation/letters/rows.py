"""Letters: what is to be sent to whom, written in the transaction of what it tells of."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import TaskState

STUCK = dt.timedelta(minutes=15)  # after which whoever took a letter to send it must have died


class Letters(models.QuerySet["Letter"]):
    """The outbox of mail."""

    def waiting(self) -> "Letters":
        """Return what is still to be sent."""
        return self.filter(sent_at=None, dropped_at=None)

    def due(self, now: dt.datetime) -> "Letters":
        """Return what should be sent now and nobody is sending, oldest first."""
        free = Q(taken_at=None) | Q(taken_at__lt=now - STUCK)
        return self.waiting().filter(free, not_before__lte=now).order_by("not_before", "pk")


class Letter(models.Model):
    """One message to one person. The address is theirs at the time of sending."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "submitted"
        RETURNED = "returned", "returned"
        REFUSED = "refused", "refused"
        APPROVED = "approved", "approved"
        HANDED_OVER = "handed_over", "handed_over"
        OVERDUE = "overdue", "overdue"
        ESCALATED = "escalated", "escalated"
        TAKEN_BACK = "taken_back", "taken_back"
        URGENT = "urgent", "urgent"
        UNREVIEWED = "unreviewed", "unreviewed"
        CONFIRMED = "confirmed", "confirmed"
        OBJECTED = "objected", "objected"
        TAKEN_DOWN = "taken_down", "taken_down"

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=11, choices=Kind)
    subject = models.CharField(max_length=300)
    sentence = models.TextField()
    words = models.TextField(blank=True)  # of a person: a reason, a note
    address = models.CharField(max_length=200)  # below BASE_URL
    # What the letter asks a decision about: it has nothing more to say once that is taken.
    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, null=True, related_name="letters")
    after_review = models.ForeignKey(
        "moderation.AfterReview", on_delete=models.CASCADE, null=True, related_name="letters"
    )
    is_digest = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # nobody has to read it any more

    objects = Letters.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=Q(sent_at=None, dropped_at=None),
                name="letter_waiting_in_order",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="letter_sent_or_dropped"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
