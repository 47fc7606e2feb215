"""Bringing the copy of a tree in the bucket up to the tree here, in slices, as often as it takes."""

import hashlib

import structlog
from django.db import transaction
from wagtail.models import Site

from cms.publishing import manifest, owing
from cms.publishing.models import Owed, Publication
from cms.publishing.outputs import LAST_IN_LINE, File, Stage, kinds, place_in_line
from cms.publishing.owing import EVERYTHING, GONE, To
from cms.publishing.trees.bucket import BucketTree
from cms.publishing.trees.choosing import bucket_of, tree_of
from cms.publishing.trees.contract import Tree

logger = structlog.get_logger(__name__)
_FILES, _BYTES = 200, 32 * 1024 * 1024  # of a slice: it is held in memory, and the office is held meanwhile


def copy_of(site: Site) -> str:
    """Return which copy of which release the bucket holds: another bucket or release makes it another one."""
    bucket = bucket_of(site)
    return f"{bucket.address} {tree_of(site).release.name}" if bucket else ""


def distrust(site: Site) -> None:
    """Let the copy be compared with the tree, whatever `Owed` says of it."""
    with transaction.atomic():
        Publication.objects.filter(pk=site.pk).update(bucket=copy_of(site))
        owing.note(site.pk, {EVERYTHING: Stage.SHELL}, [To.BUCKET])


def follow(site: Site) -> bool:
    """Bring one slice of what the bucket lacks there; False if it lacks nothing. Raises OSError.

    The caller holds the office's lock.
    """
    tree, bucket = tree_of(site), bucket_of(site)
    if bucket is None:
        return False
    if owing.waiting(site.pk, To.BUCKET).filter(path=EVERYTHING).exists():
        _compare(site, tree, bucket)
    rows, removals = _stage_slice(site, tree, bucket)
    if rows:
        bucket.commit(removals)
        bucket.settle()
        owing.settle(rows)
        logger.info("bucket_followed", host=site.hostname, files=len(rows), removed=len(removals))
    return bool(rows)


def _stage_slice(site: Site, tree: Tree, bucket: Tree) -> tuple[list[Owed], list[str]]:
    """Stage what comes next; return its rows and the paths to be taken away."""
    done: list[Owed] = []
    removals: list[str] = []
    size = 0
    for row in owing.waiting(site.pk, To.BUCKET)[:_FILES]:
        content = tree.read(row.path)
        if content is not None:
            size += len(content)
            bucket.stage(File(row.path, content), row.stage)
        elif row.stage == GONE:  # else somebody took it from the tree here: the reconciler lays it back
            removals.append(row.path)
        done.append(row)
        if size > _BYTES:
            break
    return done, removals


def _compare(site: Site, tree: Tree, bucket: BucketTree) -> None:
    """Find out what differs, byte for byte, and owe exactly that."""
    there = {path: digest for path, _size, digest in bucket.listing()}
    turns = {
        file.path: place_in_line(kinds[entry.name.kind].stage, is_known=file.path in there)
        for entry in manifest.all_entries(site.pk)
        if entry.name.kind in kinds
        for file in entry.files
    }
    here = {path for path, _size in tree.paths()}
    wrong = {
        path: turns.get(path, LAST_IN_LINE) for path in sorted(here) if there.get(path) != _md5(tree, path)
    }
    with transaction.atomic():
        owing.waiting(site.pk, To.BUCKET).delete()
        owing.note(site.pk, wrong | dict.fromkeys(sorted(there.keys() - here), GONE))
    logger.info("bucket_compared", host=site.hostname, differing=len(wrong), strays=len(there.keys() - here))


def _md5(tree: Tree, path: str) -> str:
    return hashlib.md5(tree.read(path) or b"", usedforsecurity=False).hexdigest()
