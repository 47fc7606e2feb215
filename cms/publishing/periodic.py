"""What is done again and again: registered by the layers that want it, done by the worker."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import close_old_connections, connection

logger = structlog.get_logger(__name__)

LOOK = 1.0  # seconds between two looks at the clock


@dataclass
class _Work:
    name: str
    every: float
    do: Callable[[], object]
    due: float = 0.0


_works: dict[str, _Work] = {}


def register_periodic(name: str, every: float, do: Callable[[], object]) -> None:
    """Let `do` be called every `every` seconds (from AppConfig.ready).

    There may be several workers: what `do` does must be right when two do it at once.
    """
    _works[name] = _Work(name, every, do)


def run_due(moment: float) -> None:
    """Do what is due at `moment` (of the monotonic clock); what fails is told and done again next time."""
    for work in _works.values():
        if moment < work.due:
            continue
        work.due = moment + work.every
        try:
            work.do()
        except Exception:
            logger.exception("periodic_failed", work=work.name)
            connection.close()


class Clock:
    """Does what is due beside a worker's tasks, in a thread and with a connection of its own."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="periodic", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, patience: float) -> None:
        """Let what was begun end, for `patience` seconds."""
        self._stop.set()
        self._thread.join(patience)

    def _run(self) -> None:
        while not self._stop.wait(LOOK):
            close_old_connections()
            run_due(time.monotonic())
        connection.close()
