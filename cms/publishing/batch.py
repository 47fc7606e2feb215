"""One batch of one office: what changed is rendered from one snapshot, staged, moved into place, written down."""

import datetime as dt
from collections.abc import Sequence

import structlog
from django.utils import timezone
from wagtail.models import Site

from cms.publishing import code, outbox, planning, recording
from cms.publishing.models import Batch, Change, Publication
from cms.publishing.office import Office, office_of_site
from cms.publishing.planning import Work
from cms.publishing.rendering import render, take_away
from cms.publishing.settling import settle
from cms.publishing.snapshot import snapshot
from cms.publishing.trees.contract import Tree

logger = structlog.get_logger(__name__)


def publish(site: Site, tree: Tree, as_of: dt.datetime | None = None) -> Batch | None:
    """Bring the tree of an office up to its database; the caller holds the office's lock.

    Returns the batch, or None when there was nothing to do. Raises OSError when the tree cannot be written:
    nothing has changed then, and the next call tries again.
    """
    batch = Batch(site_id=site.pk)
    with snapshot():
        publication = Publication.objects.filter(pk=site.pk).first() or Publication(site_id=site.pk)
        batch.as_of = instant(publication, as_of)
        newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        changes = list(outbox.waiting().filter(site_id=site.pk).order_by("pk"))
        with recording.as_of(batch.as_of):
            office = office_of_site(site)
            work = (
                _work(office, changes, batch.as_of, publication)
                if office
                else planning.nothing(site.pk, changes)
            )
            is_news = work.is_outdated and not publication.is_outdated
            if not (changes or work.names or work.later or is_news):
                return None
            batch.reason = work.reason
            made = render(office, work, tree) if office else take_away(site.pk)
    tree.commit(made.removals)
    settle(site, batch, work, made, newest)
    tree.settle()
    after_batch(site, batch, made.addresses)
    return batch


def instant(publication: Publication, as_of: dt.datetime | None) -> dt.datetime:
    """Return the whole second a batch shows: now, or what was asked for, never before the last one."""
    wanted = (as_of or timezone.now()).replace(microsecond=0)
    return max(wanted, publication.as_of) if publication.as_of else wanted


def _work(office: Office, changes: list[Change], as_of: dt.datetime, publication: Publication) -> Work:
    work = planning.plan(office, changes, as_of)
    work.is_outdated |= publication.is_outdated
    if not publication.is_whole:
        planning.everything(work, office)
        work.names, work.wide = work.names | work.wide, set()  # nobody reads it yet
    elif publication.code != code.digest():
        planning.everything_now_or_later(work, office)
    planning.take_waiting(work, office)
    return work


_after: list = []


def register_after_batch(call: object) -> None:
    """Let `call(site, batch, paths)` run after each batch (CDN purge, search, webhooks); paths are the tree's."""
    _after.append(call)


def after_batch(site: Site, batch: Batch, paths: Sequence[str]) -> None:
    """Tell everybody who waits for published files; a listener that fails is logged and stops nobody."""
    for call in _after:
        try:
            call(site, batch, paths)
        except Exception:
            logger.exception("after_batch_failed", listener=getattr(call, "__name__", repr(call)))
