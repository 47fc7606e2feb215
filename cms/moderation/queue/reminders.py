"""What was said already about a manuscript that waits too long."""

from django.db import models
from django.utils import timezone
from wagtail.models import TaskState


class Reminder(models.Model):
    """One reminder, given once: the row is there before the letters are, in the same transaction."""

    class Step(models.TextChoices):
        OVERDUE = "overdue", "overdue"
        ESCALATED = "escalated", "escalated"

    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=9, choices=Step)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task_state", "step"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.task_state_id}: {self.step}"
