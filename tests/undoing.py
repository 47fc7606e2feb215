"""Attempts that are taken back, one after the other, so that each begins with the same site."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Self

from django.db import connection, transaction

_READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Attempt:
    """Takes back what is done inside, and knows whether anything was sent to the database that may change it."""

    def __init__(self) -> None:
        self.has_written = False
        self._inside = ExitStack()

    def __enter__(self) -> Self:
        self._inside.enter_context(transaction.atomic())
        self._inside.callback(transaction.set_rollback, True)
        self._inside.enter_context(connection.execute_wrapper(self._see))
        return self

    def __exit__(self, *error: object) -> None:
        self._inside.close()

    def _see(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> object:
        self.has_written = self.has_written or not sql.startswith(_READING)
        return execute(sql, params, many, context)
