"""SQLite's write-ahead log, brought into the database after work that let it grow."""

from django.db import connection

_PATIENCE = 200  # ms for which readers may hold the log


def fold_log() -> None:
    """Bring what SQLite's log holds into the database and begin the log anew, if nobody reads from it just now.

    While a build reads its snapshot, nothing is brought in: at 100,000 articles the log had a gigabyte after it, and
    every page of the database read was first looked for in all of that. Does nothing on PostgreSQL.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")  # the most of it, while others go on writing
        (before,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {before}")
