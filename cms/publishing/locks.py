"""One publisher at a time for each office, however many workers there are."""

import contextlib
import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

# "Wart" and those after it: our rooms among PostgreSQL's advisory locks.
_SPACES = {"publish": 0x57617274, "build": 0x57617275, "waiting": 0x57617276}


@contextmanager
def office_lock(site_id: int, *, wait: bool = False, kind: str = "publish") -> Generator[bool]:
    """Hold the office while the block runs; yields False at once when another worker has it (unless `wait`).

    `kind`: "publish" for who changes what readers see, "build" for who makes a release beside it.

    On SQLite a locked file beside the trees; on PostgreSQL an advisory lock of the session, which workers on
    several machines share. Both are let go when the process dies.
    """
    lock = _session_lock if connection.vendor == "postgresql" else _file_lock
    with lock(site_id, wait, kind) as is_ours:
        yield is_ours


@contextmanager
def in_turn() -> Generator[None]:
    """Begin a transaction that writes down what waits, of whichever office: one after another.

    Publishers of two offices let each other's outputs wait, so each could hold rows that the other wants.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":  # SQLite has one writer anyway
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_SPACES["waiting"]])
        yield


def is_held(site_id: int) -> bool:
    """Return whether a publisher is at work on the office just now, without getting in its way."""
    return _session_is_held(site_id) if connection.vendor == "postgresql" else _file_is_held(site_id)


def _session_is_held(site_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s"
            " AND objid = %s AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [_SPACES["publish"], site_id],
        )
        return bool(cursor.fetchone()[0])


def _file_is_held(site_id: int) -> bool:
    """Look who wrote their number into the lock: trying the lock itself could turn a publisher away."""
    try:
        holder = int(_file(site_id, "publish").read_text() or 0)
        if holder:
            os.kill(holder, 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return holder != 0


def _file(site_id: int, kind: str) -> Path:
    return Path(settings.PUBLIC_ROOT) / ".locks" / f"{site_id}.{kind}"


@contextmanager
def _session_lock(site_id: int, wait: bool, kind: str) -> Generator[bool]:
    with connection.cursor() as cursor:
        name = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
        cursor.execute(f"SELECT {name}(%s, %s)", [_SPACES[kind], site_id])
        is_ours = wait or cursor.fetchone()[0]
    try:
        yield is_ours
    finally:
        if is_ours and not connection.closed_in_transaction:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_SPACES[kind], site_id])


@contextmanager
def _file_lock(site_id: int, wait: bool, kind: str) -> Generator[bool]:
    path = _file(site_id, kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        _sign(handle, str(os.getpid()))
        try:
            yield True
        finally:
            _sign(handle, "")
    finally:
        os.close(handle)


def _sign(handle: int, name: str) -> None:
    with contextlib.suppress(OSError):  # a full disk: the lock itself holds
        os.ftruncate(handle, 0)
        os.pwrite(handle, name.encode(), 0)
