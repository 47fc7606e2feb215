"""How far the trail was last found to be whole: read again and again by the worker, never by a screen."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.health.checking import Problem
from cms.moderation import verifying
from cms.moderation.trail_entries import START, TrailEntry

_ANEW = dt.timedelta(days=1)  # until all is read again, and not only what came since
_KEPT = 20  # sentences


class TrailCheck(models.Model):
    """What the last reading of the trail found: a note for the screens; the proof is `audit --verify`."""

    number = models.PositiveBigIntegerField(default=0)  # up to which all was well
    seal = models.CharField(max_length=64, default=START)
    at = models.DateTimeField()
    all_read_at = models.DateTimeField()
    flaws = models.JSONField(default=list)  # sentences

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="trail_check_is_one_row")]

    def __str__(self) -> str:
        return f"{self.number}:{self.seal}"


def last_check() -> TrailCheck | None:
    """Return what is known; None before the first reading."""
    return TrailCheck.objects.filter(pk=1).first()


def check_on() -> TrailCheck:
    """Read what came since the last reading; all of it once a day, and while something is wrong."""
    known, now = last_check(), timezone.now()
    if known is None or known.flaws or now - known.all_read_at >= _ANEW:
        return _read(now, now, (0, START))
    return _read(now, known.all_read_at, (known.number, known.seal))


def problems() -> Iterator[Problem]:
    """Tell what the health report should: the two ends of the trail as they are, all of it as it was last read."""
    yield from verifying.problems()
    check = last_check()
    for sentence in check.flaws if check else ():
        yield Problem(f"{sentence} " + _("Jalankan `manage.py audit --verify`."), check.at)


def _flaws(since: tuple[int, str], reached: Callable[[int], object]) -> Iterator[str]:
    if since[0]:
        yield from verifying.differs_from(since)
    yield from verifying.verify(reached, since=since)


def _read(now: dt.datetime, all_read_at: dt.datetime, since: tuple[int, str]) -> TrailCheck:
    count = 0

    def _reached(entries: int) -> None:
        nonlocal count
        count = entries

    flaws = list(islice(_flaws(since, _reached), _KEPT))
    number = 0 if flaws else since[0] + count  # a whole trail is numbered without gaps
    seal = TrailEntry.objects.filter(number=number).values_list("seal", flat=True).first() or START
    known = {"number": number, "seal": seal, "at": now, "all_read_at": all_read_at, "flaws": flaws}
    return TrailCheck.objects.update_or_create(pk=1, defaults=known)[0]
