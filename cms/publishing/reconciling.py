"""Comparing database and tree: whatever was missed or tampered with is made again, and said in the log."""

import hashlib

import structlog
from django.db import transaction
from wagtail.models import Site

from cms.publishing import manifest, planning, traces
from cms.publishing.models import Failure
from cms.publishing.office import office_of_site
from cms.publishing.outputs import Name
from cms.publishing.planning import Work
from cms.publishing.settling import await_making
from cms.publishing.snapshot import snapshot
from cms.publishing.trees.contract import Tree

logger = structlog.get_logger(__name__)


def reconcile(site: Site, tree: Tree, *, deep: bool = False) -> int:
    """Let everything be made again that the tree of an office lacks, holds otherwise, or should not hold.

    `deep`: compare the bytes of every file, not only its size. Returns how many differences were found. The
    caller holds the office's lock; the next batch heals.
    """
    wrong = _wrong_files(site, tree, deep)
    missed = _missed(site)
    failed = {Name(row.kind, row.ident) for row in Failure.objects.filter(site_id=site.pk)}
    strays = _strays(site, tree)
    if wrong or missed or strays:
        logger.warning(
            "tree_healed", host=site.hostname, wrong=len(wrong), missed=len(missed), strays=len(strays)
        )
    if strays:
        tree.commit(sorted(strays))
        tree.settle()
    with transaction.atomic():
        manifest.distrust(site.pk, wrong)
        await_making((site.pk, name) for name in {*wrong, *missed, *failed})
    return len(wrong) + len(missed) + len(strays)


def _wrong_files(site: Site, tree: Tree, deep: bool) -> set[Name]:
    there = dict(tree.paths())
    return {
        entry.name
        for entry in manifest.all_entries(site.pk)
        for path, digest, size in entry.files
        if path and (there.get(path) != size or (deep and _digest(tree, path) != digest))
    }


def _digest(tree: Tree, path: str) -> str:
    return hashlib.sha256(tree.read(path) or b"").hexdigest()


def _strays(site: Site, tree: Tree) -> set[str]:
    known = {file.path for entry in manifest.all_entries(site.pk) for file in entry.files}
    return {path for path, _size in tree.paths()} - known


def _missed(site: Site) -> set[Name]:
    """Return what pages stand for now and did not when the tree was made, and the other way round."""
    with snapshot():
        office = office_of_site(site)
        if office is None:
            return set()
        work = Work()
        planning.everything(work, office)
        missed = set(work.names)
        before = traces.traces_of(page for page, _trace in work.traces)
        for page, trace in work.traces:
            known = next((old for old in before.get(page, []) if old.site_id == site.pk), None)
            if known is None or known.as_data() != trace.as_data():
                missed |= trace.outputs | (known.outputs if known else set())
    return missed
