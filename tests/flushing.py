"""Lets a test with real transactions empty the database, whose rules refuse that."""

from typing import Any

from django.db import connection

from cms.moderation import database_rules


def let_tests_flush() -> None:
    """Take the rules away before each flush; the signal `post_migrate` at its end brings them back."""
    operations: Any = type(connection.ops)
    flush = operations.execute_sql_flush
    if getattr(flush, "lifts_rules", False):
        return

    def _flush(self: Any, sql_list: list[str]) -> None:
        database_rules.remove_all()
        flush(self, sql_list)

    _flush.lifts_rules = True  # ty: ignore[unresolved-attribute]
    operations.execute_sql_flush = _flush
