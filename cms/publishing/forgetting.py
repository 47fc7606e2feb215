"""Forgets what pages were called and where they stood: in the outbox, the report of publications, old addresses."""

from collections.abc import Collection

from cms.publishing.models import Batch, Change, FormerAddress
from cms.publishing.outbox import note_keys


def forget_titles(pages: Collection[int], said_instead: str) -> None:
    """Let changes of `pages` (ids), and the publications they were part of, name none of them any more."""
    changes = Change.objects.filter(page_id__in=pages)
    told = changes.exclude(batch=None).order_by().values("batch_id")
    Batch.objects.filter(pk__in=told).update(reason=said_instead)
    changes.exclude(title="").update(title=said_instead)


def forget_addresses(page_id: int, slug: str) -> None:
    """Let nobody be led on from where the page stood under another slug than `slug`; nothing tells of it any more."""
    for row in FormerAddress.objects.filter(page_id=page_id).exclude(path__endswith=f"/{slug}/"):
        stub = f"output:stub:{row.ident}"  # stands for the address in the outbox
        ways = {f"way:{row.path}", f"way:{row.path}index.json"}
        told = Change.objects.filter(scope=Change.Scope.KEYS, keys__icontains=row.path)
        for change in told.order_by("pk"):
            Change.objects.filter(pk=change.pk).update(keys=sorted({*change.keys, stub} - ways))
        note_keys({f"left:{row.site_id}", stub}, site_id=row.site_id)
        row.delete()
