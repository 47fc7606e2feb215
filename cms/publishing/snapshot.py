"""One unchanging view of the database while a batch is made."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, nullcontext

from django.db import connection
from wagtail.models import Site


@contextmanager
def snapshot(name: str = "") -> Generator[None]:
    """Read the block from one snapshot that no other connection's commit changes, and write nothing.

    `name`: join the snapshot another connection shares (`shared_snapshot`).

    Begun by hand: Django's own transactions on SQLite take the only write lock at once (IMMEDIATE), and a
    batch may take seconds. Inside a transaction (a test's) that one is the snapshot.
    """
    if connection.in_atomic_block:
        Site.clear_site_root_paths_cache()
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
            if name:
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [name])
    # Wagtail keeps where sites begin for an hour in each process, and tells only the one that changed it.
    Site.clear_site_root_paths_cache()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")
            if is_sqlite:
                cursor.execute("PRAGMA query_only=OFF")


@contextmanager
def shared_snapshot(invite: Callable[[str], None]) -> Generator[None]:
    """Read the block from a snapshot that others have joined when `invite(name)` returns.

    PostgreSQL knows the snapshot by `name`; on SQLite nobody may write until all have begun to read.
    """
    is_sqlite = connection.vendor == "sqlite"
    with ExitStack() as reading:
        with _writers_held() if is_sqlite else nullcontext():
            reading.enter_context(snapshot())
            invite("" if is_sqlite else _exported())
        yield


@contextmanager
def _writers_held() -> Generator[None]:
    raw = connection.get_new_connection(connection.get_connection_params())
    try:
        raw.execute("BEGIN IMMEDIATE")
        yield
    finally:
        raw.rollback()
        raw.close()


def _exported() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return cursor.fetchone()[0]
