"""What was published goes on: first to the bucket, then caches outside forget what they knew."""

import datetime as dt
import os
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from cms.publishing import causes, owing
from cms.publishing.locks import office_lock
from cms.publishing.models import Publication
from cms.publishing.outputs import Stage
from cms.publishing.owing import To
from cms.publishing.trees.choosing import tree_of
from cms.publishing.trees.walking import walk

logger = structlog.get_logger(__name__)


def sites_owed(now: dt.datetime) -> list[Site]:
    """Return the offices of which somebody outside lacks something and may be told now."""
    if not owing.recipients():
        return []
    sites = list(Site.objects.order_by("pk"))
    if settings.PUBLIC_BUCKET:
        from cms.publishing import following

        known = dict(Publication.objects.filter(is_whole=True).values_list("pk", "bucket"))
        for site in sites:
            if site.pk in known and known[site.pk] != following.copy_of(site):
                following.distrust(site)
    owed = owing.sites(now)
    return [site for site in sites if site.pk in owed]


def carry_owed(now: dt.datetime, only: str = "") -> bool:
    """Carry on a slice of every office (of the one at host `only`, if given); True if there may be more."""
    owed = [site for site in sites_owed(now) if only in ("", site.hostname)]
    carried = [carry(site, now) for site in owed]
    return any(carried)


def show_release(site: Site, release: Path) -> None:
    """Let readers see another release; the bucket is compared with it, caches forget what differs in it."""
    tree = tree_of(site)
    _note_differences(site, tree.seen(), release)
    tree.switch(release)
    tree.settle()  # a batch the disk has stopped was for the release before


def _note_differences(site: Site, before: Path | None, after: Path) -> None:
    if To.CACHE not in owing.recipients() or before is None or before == after:
        return
    there = {path: os.lstat(before / path).st_ino for path, _size in walk(before)}
    here = {path: os.lstat(after / path).st_ino for path, _size in walk(after)}
    # What did not change is one file in both (cms.publishing.trees.release).
    changed = {path for path in there.keys() | here.keys() if there.get(path) != here.get(path)}
    with transaction.atomic():
        owing.note(site.pk, dict.fromkeys(sorted(changed), Stage.LIST), [To.CACHE])


def carry(site: Site, now: dt.datetime) -> bool:
    """Carry on one slice of what is owed; True if something arrived, and more may wait.

    Whatever fails outside is logged and tried again later; it stops nobody.
    """
    with office_lock(site.pk) as is_ours:
        return is_ours and (_fill_bucket(site, now) or _purge_caches(site, now))


def _fill_bucket(site: Site, now: dt.datetime) -> bool:
    if not settings.PUBLIC_BUCKET or not owing.is_due(site.pk, To.BUCKET, now):
        return False
    from cms.publishing import following

    try:
        has_moved = following.follow(site)
    except OSError as error:
        owing.postpone(site.pk, To.BUCKET, now)
        _note_error(site, error)
        return False
    if not owing.waiting(site.pk, To.BUCKET).exists():
        lagging = Publication.objects.filter(pk=site.pk, is_error_outside=True)
        lagging.update(error="", error_since=None, is_error_outside=False)
    return has_moved


def _note_error(site: Site, error: OSError) -> None:
    logger.error("bucket_not_followed", host=site.hostname, cause=causes.of_writing(error))
    with transaction.atomic():
        rows = Publication.objects.filter(pk=site.pk)
        rows.filter(error_since=None).update(error_since=timezone.now())
        rows.update(error=causes.of_writing(error), is_error_outside=True)


def _purge_caches(site: Site, now: dt.datetime) -> bool:
    """Purge, unless the bucket lags behind: a cache would fetch again what it has just forgotten."""
    if not settings.WAGTAILFRONTENDCACHE or not owing.is_due(site.pk, To.CACHE, now):
        return False
    if settings.PUBLIC_BUCKET and owing.waiting(site.pk, To.BUCKET).exists():
        return False
    from cms.publishing import purging

    if purging.purge(site):
        return True
    owing.postpone(site.pk, To.CACHE, now)
    return False
