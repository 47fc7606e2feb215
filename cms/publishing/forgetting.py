"""Forgets what pages were called, where the outbox and the report of publications tell of them."""

from collections.abc import Collection

from cms.publishing.models import Batch, Change


def forget_titles(pages: Collection[int], said_instead: str) -> None:
    """Let changes of `pages` (ids), and the publications they were part of, name none of them any more."""
    changes = Change.objects.filter(page_id__in=pages)
    told = changes.exclude(batch=None).order_by().values("batch_id")
    Batch.objects.filter(pk__in=told).update(reason=said_instead)
    changes.exclude(title="").update(title=said_instead)
