"""A whole tree anew, beside the one readers see: rendered by all cores from one snapshot, swapped in one rename."""

import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.publishing import (
    batch,
    code,
    manifest,
    outbox,
    shadow,
    tallies,
    traces,
)
from cms.publishing.crew import Crew, Rendered, Task
from cms.publishing.finishing import require_going_on, show
from cms.publishing.inventory import PART, Inventory, recent_changes, take_inventory, tasks_of
from cms.publishing.locks import in_turn, office_lock
from cms.publishing.many_rows import in_chunks
from cms.publishing.models import Batch, Change, Dirty, Failure, Publication
from cms.publishing.outputs import Name
from cms.publishing.parts import await_making
from cms.publishing.retiring import retire_former_tree
from cms.publishing.row_counts import count_anew
from cms.publishing.snapshot import shared_snapshot
from cms.publishing.trees.local import LocalTree
from cms.publishing.trees.release import ReleaseWriter
from cms.publishing.write_ahead import fold_log

logger = structlog.get_logger(__name__)

Advance = Callable[[int, int], None]  # outputs done, and in all
_TRACES = 1000  # rows written in one transaction


class BuildInProgressError(RuntimeError):
    """Another process builds this office's tree anew already."""


@dataclass
class _Result:
    """What was made."""

    shows: set[Name] = field(default_factory=set)
    failed: list[Rendered] = field(default_factory=list)
    foreign: list[Name] = field(default_factory=list)
    rendered: int = 0
    written: int = 0


def build(
    site: Site,
    *,
    as_of: dt.datetime | None = None,
    processes: int = 0,
    compress: bool = True,
    advance: Advance = lambda done, total: None,
) -> Batch:
    """Make the tree of an office anew and let readers see it.

    `processes` 0: one for each core. The site is published as always meanwhile; what changed is brought into the
    new release before it is seen. Raises BuildInProgressError; OSError when the tree cannot be written, and then
    readers see what they saw before.
    """
    publication = Publication.objects.filter(pk=site.pk).first() or Publication(site_id=site.pk)
    made = Batch(
        site_id=site.pk, as_of=batch.instant(publication, as_of), reason=_("Seluruh situs disusun ulang")
    )
    tree = LocalTree(site.hostname, compress=compress)
    folder = tree.new_release()
    count_anew()
    writer = ReleaseWriter(folder, time.time_ns(), tree.seen(), compress=compress)
    try:
        with Crew(site.pk, made.as_of, writer, processes or _processes(site)) as crew:
            _build_into(tree, folder, made, crew, publication.release, advance)
    except BaseException:
        tree.drop(folder)
        raise
    finally:
        tree.bury()
    shadow.sweep(site.pk)
    fold_log()
    return made


def _build_into(
    tree: LocalTree, folder: Path, made: Batch, crew: Crew, newest: str, advance: Advance
) -> None:
    """Let the crew fill a new release, then let readers see it; `newest` is the release the database speaks of."""
    site = Site.objects.get(pk=made.site_id)
    with office_lock(site.pk, kind="build") as is_ours, tempfile.TemporaryFile("w+") as spool:
        if not is_ours:
            raise BuildInProgressError(site.hostname)
        shadow.sweep(site.pk)
        tree.sweep(folder, newest)
        with shared_snapshot(crew.invite):
            plan = take_inventory(site, made.as_of, spool)
        result = _make(site, crew, plan, advance)
        _store_traces(site, spool)
        with office_lock(site.pk, wait=True):
            require_going_on(site)
            _finish(site, tree.in_release(tree.complete(folder)), made, plan, result)


def _processes(site: Site) -> int:
    """Return how many processes are worth their start: one for each core, fewer for a small site."""
    pages = Page.objects.filter(path__startswith=site.root_page.path).count()
    return min(os.cpu_count() or 1, 1 + pages // PART)


def _make(site: Site, crew: Crew, plan: Inventory, advance: Advance) -> _Result:
    """Let the crew make everything and write down what it gave, while it makes the next."""
    result = _Result()
    for tasks in _stages(crew, plan, result):
        for rendered in crew.make(tasks):
            shadow.add(site.pk, rendered)
            _count(result, rendered)
            advance(result.rendered, max(plan.size, result.rendered))
    return result


def _stages(crew: Crew, plan: Inventory, result: _Result) -> Iterator[list[Task]]:
    yield plan.tasks
    crew.tell(plan.counts)
    yield plan.lists
    shown: dict[str, list[str]] = {}
    for kind, ident in sorted(result.shows):
        shown.setdefault(kind, []).append(ident)
    yield tasks_of(shown, PART // 10)


def _count(result: _Result, rendered: Iterable[Rendered]) -> None:
    for one in rendered:
        result.rendered += 1
        result.written += sum(1 for path, _digest, _size in one.files if path)
        result.shows.update(one.shows)
        if one.cause:
            result.failed.append(one)
        if one.is_foreign:
            result.foreign.append(one.name)


def _store_traces(site: Site, spool: IO[str]) -> None:
    spool.seek(0)
    rows = (line.rstrip("\n").split("\t", 1) for line in spool)
    for part in in_chunks(((int(page), text) for page, text in rows), _TRACES):
        with transaction.atomic():
            traces.insert_traces(shadow.number_of(site.pk), part)


def _finish(site: Site, tree: LocalTree, made: Batch, plan: Inventory, result: _Result) -> None:
    """Bring in what changed meanwhile, then let readers see the new release."""
    _keep_last_good_files(site, tree, result.failed)
    former = Publication.objects.filter(pk=site.pk).first()
    with in_turn():
        shadow.take_over(site.pk, [one.name for one in result.failed])
        tallies.record(site.pk, plan.counts, complete=True)
        Failure.objects.filter(site_id=site.pk).delete()
        Failure.objects.bulk_create(
            Failure(site_id=site.pk, kind=one.name.kind, ident=one.name.ident, cause=one.cause)
            for one in result.failed
        )
        made.rendered, made.written, made.failed = result.rendered, result.written, len(result.failed)
        made.finished_at = timezone.now()
        made.save()
        outbox.finish(plan.changes, made.pk)
        _forget_what_waited(site, plan)
        await_making((site.pk, one.name) for one in result.failed)  # once more, and then something stands in
        _repeat_what_changed_meanwhile(site, made, plan, result)
        _record_publication(site, made, tree.release.name)
    show(site, tree)
    retire_former_tree(site, former)
    batch.after_batch(site, made, ["/"])


def _keep_last_good_files(site: Site, tree: LocalTree, failed: Iterable[Rendered]) -> None:
    for entry in manifest.entries(site.pk, [one.name for one in failed]).values():
        for path, _digest, _size in entry.files:
            LocalTree(site.hostname).lay_into(tree.release, path)


def _forget_what_waited(site: Site, plan: Inventory) -> None:
    now = Dirty.objects.filter(site_id=site.pk).values_list("pk", "since")
    for part in in_chunks([pk for pk, since in now if (pk, since) in plan.waited]):
        Dirty.objects.filter(pk__in=part).delete()


def _repeat_what_changed_meanwhile(site: Site, made: Batch, plan: Inventory, result: _Result) -> None:
    """Take anew what batches of the old release have done since our snapshot."""
    done = recent_changes(made.as_of).exclude(done_at=None)
    later = [pk for pk in done.values_list("pk", flat=True) if pk not in plan.seen]
    if not later:
        return
    await_making((site.pk, name) for name in result.foreign)
    for part in in_chunks(later):
        of_ours = Q(site_id=site.pk) | Q(site_id=None)
        Change.objects.filter(of_ours, pk__in=part).update(done_at=None, batch=None)


def _record_publication(site: Site, made: Batch, release: str) -> None:
    told = {"hostname": site.hostname, "as_of": made.as_of, "is_whole": True, "code": code.digest()}
    told |= {"is_outdated": False, "release": release, "error": "", "error_since": None}
    told["is_error_outside"] = False
    Publication.objects.update_or_create(pk=site.pk, defaults=told)
