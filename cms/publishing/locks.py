"""One publisher at a time for each office, however many workers there are."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

_SPACE = 0x57617274  # "Wart": our room among PostgreSQL's advisory locks


@contextmanager
def office_lock(site_id: int, *, wait: bool = False) -> Generator[bool]:
    """Hold the office while the block runs; yields False at once when another worker has it (unless `wait`).

    On SQLite a locked file beside the trees; on PostgreSQL an advisory lock of the session, which workers on
    several machines share. Both are let go when the process dies.
    """
    lock = _session_lock if connection.vendor == "postgresql" else _file_lock
    with lock(site_id, wait) as is_ours:
        yield is_ours


@contextmanager
def _session_lock(site_id: int, wait: bool) -> Generator[bool]:
    with connection.cursor() as cursor:
        name = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
        cursor.execute(f"SELECT {name}(%s, %s)", [_SPACE, site_id])
        is_ours = wait or cursor.fetchone()[0]
    try:
        yield is_ours
    finally:
        if is_ours and not connection.closed_in_transaction:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_SPACE, site_id])


@contextmanager
def _file_lock(site_id: int, wait: bool) -> Generator[bool]:
    folder = Path(settings.PUBLIC_ROOT) / ".locks"
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / str(site_id), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)
