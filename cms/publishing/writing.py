"""What a person sends is stored whole or not at all: with it the outbox row that publishes it (middleware)."""

from collections.abc import Callable
from typing import Any

import structlog
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse

from cms.accounts.views import busy
from cms.publishing import causes

logger = structlog.get_logger(__name__)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# bytes: a larger body carries a file. Reading and checking it takes seconds, in which on SQLite nobody else could
# write; a picture and a document are stored with their outbox row by their own `save`.
_FORM_MAX = 1024 * 1024


def stores_nothing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return `view`, marked: what is sent to it is only read, so on SQLite nobody has to wait for it."""
    view.stores_nothing = True  # ty: ignore[unresolved-attribute]
    return view


def is_stored_whole(request: HttpRequest) -> bool:
    """Ask whether `request` may write, and is small enough that what it sends is stored in one transaction."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return request.method not in _SAFE and length.isdigit() and int(length) <= _FORM_MAX


class AtomicWrites:
    """Runs a view that may write in one transaction; a view that fails leaves nothing behind.

    Not Django's ATOMIC_REQUESTS: on SQLite that lets every reader wait for every other (research, publishing 5).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer unsafe requests here, inside a transaction."""
        if getattr(view, "stores_nothing", False) or not is_stored_whole(request):
            return None
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except OperationalError as error:
            answer = _answer_busy(request, error)
            if answer is None:
                raise
            return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what was not run in a transaction here, and found the database busy."""
        return _answer_busy(request, exception)


def _answer_busy(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Tell who sent something that another's long work (a bulk action, an import) holds the database, if one does."""
    if causes.code_of(error) != "database_busy":
        return None
    logger.warning("database_busy", path=request.path)
    return busy(request)
