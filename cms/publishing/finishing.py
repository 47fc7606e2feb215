"""The last step of a whole build, by whoever comes to it: readers see the release the database speaks of."""

import os
from pathlib import Path

from wagtail.models import Site

from cms.publishing import batch, carrying
from cms.publishing.models import Publication
from cms.publishing.reconciling import reconcile
from cms.publishing.trees.local import LocalTree


class PausedError(RuntimeError):
    """Somebody has gone back to the release before: nothing newer is shown until they say so."""


def require_going_on(site: Site) -> None:
    """Raise PausedError if publishing of the office rests."""
    if Publication.objects.filter(pk=site.pk, is_paused=True).exists():
        raise PausedError(site.hostname)


def is_shown(known: Publication) -> bool:
    """Return whether readers see the release the database speaks of."""
    seen = LocalTree(known.hostname).seen()
    return seen is not None and known.release in ("", seen.name)


def waiting(known: Publication) -> Path | None:
    """Return the complete release that readers should see and do not; None if it is not there."""
    return LocalTree(known.hostname).release_called(known.release)


def show(site: Site, tree: LocalTree) -> None:
    """Bring what changed meanwhile into a complete release and let readers see it; the caller holds the office."""
    heal(site, tree)
    while batch.publish(site, tree):
        pass
    os.sync()
    carrying.show_release(site, tree.release)
    tree.drop_older()


def heal(site: Site, tree: LocalTree) -> None:
    """Finish a batch that was cut off, and find out what the database does not know of it."""
    if tree.recover():
        # Sizes would not do: a list that counts 3 articles is as long as one that counts 2.
        reconcile(site, tree, deep=True)
        tree.settle()
