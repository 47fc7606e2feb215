"""Ages and due times in words."""

import datetime as dt
from dataclasses import dataclass

from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

SOON = dt.timedelta(hours=4)


@dataclass(frozen=True)
class Urgency:
    """How a deadline stands: `level` for the eye, `words` for everybody."""

    level: str  # late, soon, calm
    words: str


def urgency_of(due: dt.datetime, now: dt.datetime) -> Urgency:
    """Return how much time is left, or by how much it is too late."""
    if due < now:
        return Urgency("late", _("Terlambat %(time)s") % {"time": timesince(due, now, depth=1)})
    words = _("Tinggal %(time)s") % {"time": timeuntil(due, now, depth=1)}
    return Urgency("soon" if due - now < SOON else "calm", words)


def age_of(started: dt.datetime, now: dt.datetime) -> str:
    """Return how long it has waited."""
    return timesince(started, now, depth=1)
