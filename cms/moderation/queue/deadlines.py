"""How long a manuscript may wait at a stage of its workflow."""

import datetime as dt
from collections import defaultdict

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

USUAL = 24  # hours; election news is a day's work
_MOST = 30 * 24


class Deadline(models.Model):
    """The hours a decision may take at one stage; stages without a row have the usual ones."""

    task = models.OneToOneField(
        Task, on_delete=models.CASCADE, related_name="deadline", verbose_name=_("tahap")
    )
    hours = models.PositiveSmallIntegerField(
        _("tenggat (jam)"),
        default=USUAL,
        validators=[MinValueValidator(1), MaxValueValidator(_MOST)],
        help_text=_("Lama sebuah naskah boleh menunggu di tahap ini, siang dan malam. Biasanya 24 jam."),
    )

    class Meta:
        verbose_name = _("tenggat")
        verbose_name_plural = _("tenggat")
        ordering = ["task__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours__gte=1, hours__lte=_MOST), name="deadline_1_hour_to_30_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.hours}"


def due() -> models.Case:
    """Return the expression for the moment until which a TaskState should be decided; costs one query."""
    stages: dict[int, list[int]] = defaultdict(list)
    for task_id, hours in Deadline.objects.exclude(hours=USUAL).values_list("task_id", "hours"):
        stages[hours].append(task_id)
    return models.Case(
        *(models.When(task_id__in=tasks, then=_after(hours)) for hours, tasks in sorted(stages.items())),
        default=_after(USUAL),
        output_field=models.DateTimeField(),
    )


def due_of(state: TaskState) -> dt.datetime:
    """Return until when `state` should be decided."""
    row = Deadline.objects.filter(task_id=state.task_id).first()
    return state.started_at + dt.timedelta(hours=row.hours if row else USUAL)


def _after(hours: int) -> models.ExpressionWrapper:
    moment = models.F("started_at") + dt.timedelta(hours=hours)
    return models.ExpressionWrapper(moment, output_field=models.DateTimeField())
