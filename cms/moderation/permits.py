"""Permits: while one is open, in one transaction, the text of a live page may change."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager

from django.db import connection, models, transaction
from django.db.models import Func
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DELETION, ERASURE = "deletion", "erasure"  # the reasons that the database's rules ask for by name


class Permit(models.Model):
    """Leave to change what readers see of a page; written and removed again by the transaction that uses it.

    The database's rules look for it (four_eyes_rules). No other transaction ever sees one: a permit that was
    committed is a fault, which the health report and `audit --verify` tell.
    """

    page_id = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=40)
    # Which transaction opened it; PostgreSQL fills it in and looks at it.
    opened_in = models.BigIntegerField(null=True, editable=False)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["page_id"], name="permit_of_page")]
        verbose_name = _("izin ubah")
        verbose_name_plural = _("izin ubah")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.reason}"


@contextmanager
def opened_for(pages: Iterable[int], reason: str) -> Generator[None]:
    """Let the text of `pages` (ids) change within the block, in one transaction; nothing remains of it."""
    with transaction.atomic():
        permits = open_permits(pages, reason)
        yield
        close_permits(permits)


def open_permits(pages: Iterable[int], reason: str) -> list[int]:
    """Open a permit for each of `pages`; must be closed in the same transaction."""
    own = Func(function="txid_current") if connection.vendor == "postgresql" else None
    rows = Permit.objects.bulk_create(Permit(page_id=pk, reason=reason, opened_in=own) for pk in pages)
    return [row.pk for row in rows]


def close_permits(permits: Iterable[int]) -> None:
    """Close what `open_permits` opened."""
    ids = list(permits)
    for start in range(0, len(ids), 500):
        Permit.objects.filter(pk__in=ids[start : start + 500]).delete()
