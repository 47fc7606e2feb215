"""Reminders of what waits too long: once after its deadline, and once to the level above after twice as long."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import TaskState

from cms.moderation.letters import writing
from cms.moderation.queue.reminders import Reminder
from cms.moderation.queue.waiting import waiting

_AT_ONCE = 100  # states in one round; the next follows soon

Step = Reminder.Step


def remind(now: dt.datetime | None = None) -> int:
    """Write what is to be written now; returns about how many manuscripts."""
    now = now or timezone.now()
    late = waiting().filter(due__lt=now).exclude(reminders__step=Step.OVERDUE)
    done = sum(_once(state, Step.OVERDUE) for state in late[:_AT_ONCE])
    still = waiting().filter(due__lt=now, reminders__step=Step.OVERDUE)
    twice = still.exclude(pk__in=Reminder.objects.filter(step=Step.ESCALATED).values("task_state_id"))
    for state in twice.annotate(waited=F("due") - F("started_at"))[:_AT_ONCE]:
        if now - state.due >= state.due - state.started_at:
            done += _once(state, Step.ESCALATED)
    return done


@transaction.atomic
def _once(state: TaskState, step: Step) -> int:
    _row, is_new = Reminder.objects.get_or_create(task_state_id=state.pk, step=step)
    if not is_new:
        return 0
    told = writing.overdue if step == Step.OVERDUE else writing.escalated
    told(TaskState.objects.select_related("task", "workflow_state").get(pk=state.pk))
    return 1
