"""What was arranged for later: articles that go live and articles that expire, each in a transaction of its own."""

import datetime as dt
from collections.abc import Callable, Iterator

import structlog
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Min
from wagtail.models import DraftStateMixin, Page, Revision

logger = structlog.get_logger(__name__)

PATIENCE = dt.timedelta(minutes=1)  # until one that failed is tried again
_failed: dict[tuple[str, int], dt.datetime] = {}  # what failed in this process, and when


def carry_out(now: dt.datetime) -> int:
    """Publish and unpublish all whose time has come at `now`; returns how many it was.

    One that fails is logged, stops no other and is tried again after PATIENCE; the health report shows it as late.
    """
    return sum(_attempt(name, pk, act, now) for name, pk, act in list(_due(now)))


def count_due(now: dt.datetime) -> int:
    """Return how many things are due at `now`."""
    return sum(1 for _due_one in _due(now))


def _due(now: dt.datetime) -> Iterator[tuple[str, int, Callable[[], None]]]:
    """Yield what is due: takings-down first, so that nobody is kept waiting for a page that has to go."""
    for model in _drafted_models():
        rows = model.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
        for pk in rows.values_list("pk", flat=True):
            yield f"expire {model._meta.label}", pk, lambda model=model, pk=pk: _expire(model, pk)
    rows = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    for pk in rows.values_list("pk", flat=True):
        yield "go live", pk, lambda pk=pk: _go_live(pk)


def _attempt(name: str, pk: int, act: Callable[[], None], now: dt.datetime) -> bool:
    if _is_resting(name, pk, now):
        return False
    try:
        with transaction.atomic():
            act()
    except Exception:
        logger.exception("scheduled_failed", what=name, id=pk)
        _failed[name, pk] = now
        return False
    _failed.pop((name, pk), None)
    return True


def _is_resting(name: str, pk: int, now: dt.datetime) -> bool:
    failed_at = _failed.get((name, pk))
    return failed_at is not None and failed_at <= now < failed_at + PATIENCE


def _expire(model: type[models.Model], pk: int) -> None:
    found = model._default_manager.get(pk=pk)
    page = found.specific if isinstance(found, Page) else found
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")  # ty: ignore[unresolved-attribute]


def _go_live(pk: int) -> None:
    Revision.objects.get(pk=pk).publish(log_action="wagtail.publish.scheduled")


def _drafted_models() -> list[type[models.Model]]:
    """Return the types that can be scheduled: pages through their common table, snippets each by itself."""
    own = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    return [Page, *own]


def next_expiry() -> dt.datetime | None:
    """Return when the next thing expires; None if nothing does. One look into an index for pages."""
    moments = [
        model.objects.filter(live=True, expire_at__isnull=False).aggregate(first=Min("expire_at"))["first"]
        for model in _drafted_models()
    ]
    return min((moment for moment in moments if moment), default=None)


def index_expiry() -> None:
    """Let what expires be found without reading every page: Wagtail's table has no index for it.

    Repeated after every migration: where SQLite remakes the table, it forgets what no model names.
    """
    table = connection.ops.quote_name(Page._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS page_expiry ON {table} (expire_at) WHERE expire_at IS NOT NULL"
        )


def is_going_live(now: dt.datetime) -> bool:
    """Return whether a text is due to go live that has not failed within PATIENCE. One look into an index."""
    due = Revision.objects.filter(approved_go_live_at__lte=now).values_list("pk", flat=True)
    return any(not _is_resting("go live", pk, now) for pk in due.order_by("approved_go_live_at", "pk"))
