"""Processes forked from one that has everything loaded: up at once, each with database connections of its own."""

import gc
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from django.db import connections


def close_connections() -> None:
    """Close what cannot be shared with a child; each process opens its own when it asks."""
    for each in connections.all(initialized_only=True):
        each.close()
        getattr(each, "close_pool", bool)()


def fork_beside(work: Callable[..., None], *arguments: object, with_children: bool = False) -> BaseProcess:
    """Fork a process that does `work(*arguments)` beside this one, and return it.

    It ends at SIGTERM at once and leaves Ctrl-C to its parent. `with_children`: it may fork more; whoever forked it
    stops it then, before ending.
    """
    close_connections()
    gc.freeze()  # the child would copy what the collector touches
    process = multiprocessing.get_context("fork").Process(
        target=_run, args=(work, arguments), daemon=not with_children
    )
    process.start()
    gc.unfreeze()
    return process


def _run(work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work(*arguments)
