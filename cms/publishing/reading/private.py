"""Which addresses of a host are not for everybody, asked of the database so that no reader waits for it."""

import logging
import threading
import time
from collections.abc import Callable, Mapping

from django.db import DatabaseError, connection

FRESH = 5  # seconds
_log = logging.getLogger(__name__)


class PrivateAddresses:
    """The addresses `read` returned by host, read again in a thread of its own when they are not fresh.

    Where the database does not answer nothing is known to be private: Django could not show a private page
    either, and the tree holds none.
    """

    def __init__(self, read: Callable[[], Mapping[str, tuple[str, ...]]]) -> None:
        self._read = read
        self._by_host: Mapping[str, tuple[str, ...]] = {}
        self._due = 0.0
        self._is_failing = False
        self._reader: threading.Thread | None = None

    def of(self, host: str) -> tuple[str, ...]:
        """Return the addresses of `host` at and below which Django answers; at once, and never older than asked."""
        if time.monotonic() >= self._due:
            self.refresh()
        return self._by_host.get(host, ())

    def refresh(self) -> None:
        """Begin to read them again, unless that is being done; one that hangs is not joined by a second."""
        if self._reader is None or not self._reader.is_alive():
            self._reader = threading.Thread(target=self._refresh, name="private-addresses", daemon=True)
            self._reader.start()

    def _refresh(self) -> None:
        try:
            self._by_host = self._read()
            self._is_failing = False
        except (DatabaseError, OSError) as error:
            self._by_host = {}
            if not self._is_failing:
                _log.warning("Nothing is known of private pages: %s", str(error).partition("\n")[0])
            self._is_failing = True
        finally:
            self._due = time.monotonic() + FRESH
            connection.close()
