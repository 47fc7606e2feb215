"""What the outbox, the report of publications and old addresses no longer tell: names of pages, what is long past."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from cms.publishing.many_rows import delete_rows
from cms.publishing.models import Batch, Change, FormerAddress
from cms.publishing.outbox import note_keys, note_office

KEPT = dt.timedelta(days=90)  # an office looks back over a quarter when it accounts for its work
_AT_ONCE = 1_000  # rows: whoever publishes meanwhile waits for a hundredth of a second, not for all of them


def forget_titles(pages: Collection[int], said_instead: str) -> None:
    """Let changes of `pages` (ids), and the publications they were part of, name none of them any more."""
    changes = Change.objects.filter(page_id__in=pages)
    told = changes.exclude(batch=None).order_by().values("batch_id")
    Batch.objects.filter(pk__in=told).update(reason=said_instead)
    changes.exclude(title="").update(title=said_instead)


def forget_old(now: dt.datetime | None = None) -> None:
    """Remove some of the changes readers have seen long ago, and of the publications they were part of."""
    limit = (now or timezone.now()) - KEPT
    changes = Change.objects.filter(at__lt=limit, done_at__lt=limit).order_by("at", "pk")
    delete_rows(Change, "id", list(changes.values_list("pk", flat=True)[:_AT_ONCE]))
    oldest = Batch.objects.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]
    past = Batch.objects.filter(pk__in=list(oldest), started_at__lt=limit, changes=None)
    delete_rows(Batch, "id", list(past.values_list("pk", flat=True)))


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


def forget_things(names: Collection[str], said_instead: str) -> None:
    """Let no change name things of these names that are gone."""
    Change.objects.filter(scope=Change.Scope.KEYS, title__in=names).update(title=said_instead)


def forget_names(slugs: Collection[str], sites: Collection[int], said_instead: str) -> None:
    """Let no change and no publication name an address with one of `slugs`; what they told, `sites` are asked anew."""
    for slug in sorted(slugs):
        named = f"/{slug}"
        told = Change.objects.filter(Q(title__icontains=named) | Q(keys__icontains=named))
        Batch.objects.filter(changes__in=told).update(reason=said_instead)
        for change in told.order_by("pk"):
            kept = sorted(key for key in change.keys if named.casefold() not in key.casefold())
            title = said_instead if named.casefold() in change.title.casefold() else change.title
            Change.objects.filter(pk=change.pk).update(keys=kept, title=title)
    for site_id in sorted(sites):
        note_office(site_id, said_instead)
