"""A figure, and how it is measured."""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """One measured value; `limit`, where there is one, is what the project promises to stay under."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def is_kept(self) -> bool:
        """Return whether the promise holds."""
        return self.limit is None or self.value <= self.limit


def cpu_ms(work: Callable[[], object], times: int = 1) -> float:
    """Return the processor time of one of `times` units of `work`: median of ROUNDS runs, milliseconds."""
    return _median(time.process_time, work) / times


def wall_ms(work: Callable[[], object]) -> float:
    """Return how long `work` takes on the clock: median of ROUNDS runs, milliseconds."""
    return _median(time.perf_counter, work)


def queries(work: Callable[[], object]) -> int:
    """Return how many statements `work` sends."""
    with CaptureQueriesContext(connection) as sent:
        work()
    return len(sent)


def peak_megabytes() -> float:
    """Return the most memory this process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _median(clock: Callable[[], float], work: Callable[[], object]) -> float:
    taken = []
    for _round in range(ROUNDS):
        began = clock()
        work()
        taken.append((clock() - began) * 1000)
    return median(taken)
