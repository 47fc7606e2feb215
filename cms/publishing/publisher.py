"""The publisher: brings the trees of offices up to the database, one office after another."""

import datetime as dt
from collections.abc import Iterator

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from wagtail.models import Site

from cms.publishing import batch, building, carrying, causes, code, finishing, manifest, outbox, settling
from cms.publishing.locks import office_lock
from cms.publishing.models import Batch, Dirty, Publication
from cms.publishing.office import office_of_site
from cms.publishing.reconciling import Suspects, confirm, heal, reconcile
from cms.publishing.retiring import retire_former_tree
from cms.publishing.trees.choosing import tree_of
from cms.publishing.trees.local import LocalTree

logger = structlog.get_logger(__name__)

NO_DATABASE = (OperationalError, InterfaceError)  # any other error of the database is one office's


def sites_with_work(now: dt.datetime) -> list[Site]:
    """Return the offices something waits for: a change, a part of a wide one, an instant that has come."""
    waiting = set(outbox.waiting().exclude(site_id=None).values_list("site_id", flat=True))
    waiting |= set(Dirty.objects.values_list("site_id", flat=True).distinct())
    waiting |= manifest.sites_outdated(now)
    known = {row.pk: row for row in Publication.objects.all()}
    sites = Site.objects.select_related("root_page").order_by("pk")
    return [site for site in sites if _has_work(site, known.get(site.pk), waiting)]


def _has_work(site: Site, known: Publication | None, waiting: set[int]) -> bool:
    if known is None:
        return True
    is_new_code = known.code != code.digest() and not known.is_outdated
    is_wanting = site.pk in waiting or is_new_code or bool(known.error) or not _has_tree(site, known)
    return not known.is_paused and (is_wanting or not finishing.is_shown(known))


def _has_tree(site: Site, known: Publication) -> bool:
    if not known.is_whole or known.hostname != site.hostname:
        return False
    return LocalTree(site.hostname).exists() or finishing.waiting(known) is not None


def sites_to_build() -> list[Site]:
    """Return the offices whose whole tree has to be made: for the first time, or anew."""
    known = {row.pk: row for row in Publication.objects.all()}
    sites = Site.objects.select_related("root_page").order_by("pk")
    return [site for site in sites if _needs_build(site, known.get(site.pk))]


def _needs_build(site: Site, known: Publication | None) -> bool:
    if known and known.is_paused:
        return False
    return (known is None or known.is_outdated or not _has_tree(site, known)) and bool(office_of_site(site))


def publish_site(site: Site, as_of: dt.datetime | None = None) -> Batch | None:
    """Publish one batch of an office; None when nothing waited, it has no tree yet, or another worker is at it.

    What stands in the way (a full disk, an error in what was to be made) is kept for the editor to see, and raised.
    """
    if _lacks_tree(site):
        return None
    tree = tree_of(site)
    try:
        with office_lock(site.pk) as is_ours:
            return _publish(site, tree, as_of) if is_ours else None
    except NO_DATABASE:
        raise
    except Exception as error:
        tree.discard()
        note_error(site, error)
        raise


def _publish(site: Site, tree: LocalTree, as_of: dt.datetime | None) -> Batch | None:
    known = Publication.objects.filter(pk=site.pk).first()
    if known and known.is_paused:
        return None
    if known and known.is_whole and not finishing.is_shown(known):
        _bring_back(site, known, tree)
    finishing.heal(site, tree)
    done = batch.publish(site, tree, as_of)
    if done:
        retire_former_tree(site, known)
    is_in_the_way = known and known.error and not (known.is_error_outside or known.is_outdated)
    if done is None and is_in_the_way:
        tree.try_to_write()
        Publication.objects.filter(pk=site.pk, is_error_outside=False).update(error="", error_since=None)
    return done


def _bring_back(site: Site, known: Publication, tree: LocalTree) -> None:
    """Show the release a build has made and not shown; where it is gone, find out what is seen instead."""
    if made := finishing.waiting(known):
        logger.warning("build_finished_late", host=site.hostname, release=made.name)
        finishing.show(site, tree.in_release(made))
        return
    if tree.exists():
        reconcile(site, tree, deep=True)
    Publication.objects.filter(pk=site.pk).update(release="", is_whole=tree.exists())


def _lacks_tree(site: Site) -> bool:
    # Inside a transaction (a test's) no other process would see what there is to build from: a batch does it.
    if connection.in_atomic_block or office_of_site(site) is None:
        return False
    known = Publication.objects.filter(pk=site.pk).first()
    return known is None or not _has_tree(site, known)


def build_site(site: Site, as_of: dt.datetime | None = None) -> Batch | None:
    """Make the whole tree of an office; None when another process is at it. What stands in the way is raised."""
    try:
        return building.build(site, as_of=as_of)
    except (building.BuildInProgressError, finishing.PausedError):
        return None
    except NO_DATABASE:
        raise
    except Exception as error:
        note_error(site, error)
        raise


def reconcile_site(site: Site) -> int:
    """Compare an office's tree with its database, byte by byte; returns how many differences wait to be healed.

    0 as well when another worker has the office, or when it is paused.
    """
    with office_lock(site.pk) as is_ours:
        if not is_ours or not is_looked_after(site):
            return 0
        tree = tree_of(site)
        tree.recover()
        found = reconcile(site, tree, deep=True)
        tree.settle()
        return found


def heal_site(site: Site, suspects: Suspects) -> int:
    """Heal what a look through an office's tree has found and is still so; returns how much that is.

    0 as well when another worker has the office, or when it is paused.
    """
    with office_lock(site.pk) as is_ours:
        if not is_ours or not is_looked_after(site):
            return 0
        tree = tree_of(site)
        return heal(site, tree, confirm(site, tree, suspects))


def is_looked_after(site: Site) -> bool:
    """Return whether an office has a tree that has to be as its database says."""
    known = Publication.objects.filter(pk=site.pk).first()
    return known is not None and known.is_whole and not known.is_paused


def note_error(site: Site, error: Exception) -> None:
    """Keep what stands in the way of publishing an office, for editors and operators to see."""
    logger.error("tree_not_written", host=site.hostname, cause=causes.of_writing(error))
    with transaction.atomic():
        known = Publication.objects.filter(pk=site.pk).first()
        since = known.error_since if known and known.error_since else timezone.now()
        Publication.objects.update_or_create(
            pk=site.pk,
            defaults={
                "hostname": site.hostname,
                "error": causes.of_writing(error),
                "error_since": since,
                "is_error_outside": False,
            },
        )


def publish_pending(as_of: dt.datetime | None = None, only: str = "") -> Iterator[tuple[Site, Batch]]:
    """Publish all that waits (of the office at host `only`, if given), yielding each batch. Raises OSError.

    What was published goes on to the bucket and the caches outside, if there are any; whatever fails there is
    kept for the next call and raises nothing.
    """
    while True:
        made = []
        if not connection.in_atomic_block:
            made += [
                (site, build_site(site, as_of)) for site in sites_to_build() if only in ("", site.hostname)
            ]
        settling.spread()
        now = as_of or timezone.now()
        sites = [site for site in sites_with_work(now) if only in ("", site.hostname)]
        made += [(site, publish_site(site, as_of)) for site in sites]
        done = [(site, batch) for site, batch in made if batch]
        if not carrying.carry_owed(now, only) and not done:
            return
        yield from done
