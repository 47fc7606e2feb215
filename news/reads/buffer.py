"""Counts on their way to the database: kept for seconds, written together.

A process that dies loses what it counted since its last write: at most `FLUSH_SECONDS`. Several processes and
threads may write at once; each row is added to, never set.
"""

import atexit
import datetime as dt
import os
import threading
from collections import Counter

import structlog
from django.db import DatabaseError, connection, transaction

FLUSH_SECONDS = 10.0
FLUSH_COUNT = 500  # article-days; more are written at once
WAITING_MAX = 5_000  # article-days kept while the database does not answer; what comes on top is lost

# An article deleted in the meantime drops out by itself instead of failing the whole batch.
_ADD = """
INSERT INTO news_readcount (article_id, day, count)
SELECT %s, %s, %s WHERE EXISTS (SELECT 1 FROM news_newsarticlepage WHERE page_ptr_id = %s)
ON CONFLICT (article_id, day) DO UPDATE SET count = news_readcount.count + excluded.count
"""

Place = tuple[int, dt.date]
_waiting: Counter[Place] = Counter()
_lock = threading.Lock()
_timer: threading.Timer | None = None
_log = structlog.get_logger(__name__)


def add(article: int, day: dt.date) -> None:
    """Note one reading; it is in the database within `FLUSH_SECONDS`."""
    global _timer
    with _lock:
        if (article, day) not in _waiting and len(_waiting) >= WAITING_MAX:
            return
        _waiting[article, day] += 1
        full = len(_waiting) >= FLUSH_COUNT
        if _timer is None:
            _timer = threading.Timer(FLUSH_SECONDS, _flush_aside)
            _timer.daemon = True
            _timer.start()
    if full:
        flush()


def waiting(article: int) -> int:
    """Return what this process has counted for an article and not written yet."""
    with _lock:
        return sum(count for (known, _day), count in _waiting.items() if known == article)


def flush() -> None:
    """Write what waits, in one short transaction; if the database refuses, it goes on waiting."""
    global _timer
    with _lock:
        taken, _timer = _take(), _stopped(_timer)
    if not taken:
        return
    rows = [
        (article, connection.ops.adapt_datefield_value(day), count, article)
        # In one order everywhere, so that two processes never wait for each other.
        for (article, day), count in sorted(taken.items())
    ]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)
    except DatabaseError as error:
        _log.warning("reads.not_written", rows=len(rows), reason=str(error))
        with _lock:
            _waiting.update(taken)


def forget() -> None:
    """Drop what waits, unwritten (a crash does the same)."""
    global _timer
    with _lock:
        _take()
        _timer = _stopped(_timer)


def _take() -> Counter[Place]:
    taken = Counter(_waiting)
    _waiting.clear()
    return taken


def _stopped(timer: threading.Timer | None) -> None:
    if timer is not None:
        timer.cancel()


def _flush_aside() -> None:
    """Write from the timer's own thread, whose connection nobody else closes."""
    try:
        flush()
    finally:
        connection.close()


def _begin_child() -> None:
    """Begin anew in a forked process: the counts are the parent's, and the lock may be held by no one."""
    global _lock, _timer
    _lock, _timer = threading.Lock(), None
    _waiting.clear()


atexit.register(flush)
os.register_at_fork(after_in_child=_begin_child)
