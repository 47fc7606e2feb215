"""Killing a publisher: at the n-th thing it does to disk or database, or after a while; processes it began as well."""

import mmap
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection, connections

_DISK = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.utime"}
_ASKING = ("SELECT", "PRAGMA", "EXPLAIN")
_NAMES = re.compile(r"(?<=localhost/)\d{6}/.*|\d{6}.*")


class Knife:
    """Counts what this process and those it forks do, names each, and kills them all before number `at`."""

    def __init__(self, root: Path, at: int, log: Path | None) -> None:
        self._root, self._at = str(root), at
        self._count = mmap.mmap(-1, 8)  # shared with what is forked from here
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND) if log else -1

    def see(self, event: str, arguments: tuple) -> None:
        """Be the interpreter's audit hook: called before each thing is done."""
        if event not in _DISK:
            return
        path = arguments[0]
        if event == "open" and not (
            isinstance(path, str) and path.startswith(self._root) and _writes(arguments)
        ):
            return
        self._step(f"{event} {_NAMES.sub('*', str(path).removeprefix(self._root))}")

    def ask(self, execute: Callable, sql: str, params: object, many: bool, context: object) -> object:
        """Be Django's execute wrapper."""
        if not sql.startswith(_ASKING):
            self._step(" ".join(sql.partition('" ')[0].split()[:3]).partition(' "s')[0])
        return execute(sql, params, many, context)

    def _step(self, what: str) -> None:
        number = int.from_bytes(self._count[:], "little") + 1
        self._count[:] = number.to_bytes(8, "little")
        if number == self._at:
            os.killpg(0, signal.SIGKILL)
            time.sleep(60)  # until it arrives
        if self._log >= 0:
            os.write(self._log, f"{what}\n".encode())


def _writes(arguments: tuple) -> bool:
    _path, _mode, flags = arguments
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_DIRECTORY))


def run_and_kill(
    act: Callable[[], object], root: Path, *, at: int = 0, after: float = 0.0, log: Path | None = None
) -> bool:
    """Let a forked process `act`; kill it before the step `at`, or `after` seconds. Returns whether it was killed."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        _act(act, root, at, after, log)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise RuntimeError("what was to be killed has failed by itself")
    return False


def _act(act: Callable[[], object], root: Path, at: int, after: float, log: Path | None) -> None:
    os.setsid()
    status = 1
    try:
        knife = Knife(root, at, log)
        if after:
            timer = threading.Timer(after, os.killpg, (0, signal.SIGKILL))
            timer.daemon = True
            timer.start()
        else:
            sys.addaudithook(knife.see)
        with connection.execute_wrapper(knife.ask):
            act()
        connections.close_all()
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        raise
    finally:
        sys.stderr.flush()
        os._exit(status)


def spread(steps: list[str], count: int) -> list[int]:
    """Return at least `count` numbers of steps, spread over all kinds of steps there are and over each kind."""
    kinds: dict[str, list[int]] = {}
    for number, what in enumerate(steps, 1):
        kinds.setdefault(what, []).append(number)
    if count <= len(kinds):
        every = list(kinds.values())
        some = [every[(2 * part + 1) * len(every) // (2 * count)] for part in range(count)]
        return sorted(numbers[len(numbers) // 2] for numbers in some)
    chosen: set[int] = set()
    share = 0
    while len(chosen) < min(count, len(steps)):
        share += 1
        for numbers in kinds.values():
            chosen |= {numbers[(2 * part + 1) * len(numbers) // (2 * share)] for part in range(share)}
    return sorted(chosen)
