"""One unchanging view of the database while a batch is made."""

from collections.abc import Generator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def snapshot() -> Generator[None]:
    """Read the block from one snapshot that no other connection's commit changes, and write nothing.

    Begun by hand: Django's own transactions on SQLite take the only write lock at once (IMMEDIATE), and a
    batch may take seconds. Inside a transaction (a test's) that one is the snapshot.
    """
    if connection.in_atomic_block:
        yield
        return
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("PRAGMA query_only=ON")
            cursor.execute("BEGIN DEFERRED")
            cursor.execute(
                "SELECT COUNT(*) FROM publishing_publication"
            )  # SQLite's snapshot begins with a read
        else:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")
            if is_sqlite:
                cursor.execute("PRAGMA query_only=OFF")
