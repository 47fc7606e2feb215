"""The publisher: brings the trees of offices up to the database, one office after another."""

import datetime as dt
from collections.abc import Iterator

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.publishing import batch, manifest, outbox, settling
from cms.publishing.locks import office_lock
from cms.publishing.models import Batch, Dirty, Publication
from cms.publishing.reconciling import reconcile
from cms.publishing.trees.local import LocalTree

logger = structlog.get_logger(__name__)


def sites_with_work(now: dt.datetime) -> list[Site]:
    """Return the offices something waits for: a change, a part of a wide one, an instant that has come."""
    waiting = set(outbox.waiting().exclude(site_id=None).values_list("site_id", flat=True))
    waiting |= set(Dirty.objects.values_list("site_id", flat=True).distinct())
    sites = list(Site.objects.order_by("pk"))
    known = {row.pk: row for row in Publication.objects.all()}
    return [
        site
        for site in sites
        if not (site.pk in known and known[site.pk].is_paused)
        and (
            site.pk in waiting or site.pk not in known or not known[site.pk].is_whole or _is_due(site.pk, now)
        )
    ]


def _is_due(site_id: int, now: dt.datetime) -> bool:
    instant = manifest.next_instant(site_id)
    return instant is not None and instant <= now


def publish_site(site: Site, as_of: dt.datetime | None = None) -> Batch | None:
    """Publish one batch of an office; None when nothing waited, or another worker has the office.

    What stands in the way of writing (a full disk) is kept for the editor to see, and raised.
    """
    with office_lock(site.pk) as is_ours:
        if not is_ours:
            return None
        tree = LocalTree(site.hostname)
        try:
            if tree.recover():
                reconcile(site, tree)
            return batch.publish(site, tree, as_of)
        except OSError as error:
            tree.discard()
            _note_error(site, error)
            raise


def _note_error(site: Site, error: OSError) -> None:
    words = _("Berkas situs tidak dapat ditulis: %(reason)s.") % {"reason": error.strerror or error}
    logger.error("tree_not_written", host=site.hostname, reason=str(error))
    with transaction.atomic():
        known = Publication.objects.filter(pk=site.pk).first()
        since = known.error_since if known and known.error_since else timezone.now()
        Publication.objects.update_or_create(
            pk=site.pk, defaults={"hostname": site.hostname, "error": words[:500], "error_since": since}
        )


def publish_pending(as_of: dt.datetime | None = None, only: str = "") -> Iterator[tuple[Site, Batch]]:
    """Publish all that waits (of the office at host `only`, if given), yielding each batch. Raises OSError."""
    while True:
        settling.spread()
        sites = [site for site in sites_with_work(as_of or timezone.now()) if only in ("", site.hostname)]
        made = [(site, done) for site in sites if (done := publish_site(site, as_of))]
        if not made:
            return
        yield from made
