"""One batch of one office: what changed is rendered from one snapshot, staged, moved into place, written down."""

import datetime as dt
from collections.abc import Iterable, Sequence

import structlog
from django.utils import timezone
from wagtail.models import Site

from cms.publishing import making, manifest, outbox, planning, recording, tallies
from cms.publishing.manifest import Result
from cms.publishing.models import Batch, Change, Publication
from cms.publishing.office import Office, office_of_site
from cms.publishing.outputs import Name, kinds
from cms.publishing.planning import SHELL, Work
from cms.publishing.settling import Made, settle
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
        changes = list(outbox.waiting().filter(site_id=site.pk))
        with recording.as_of(batch.as_of):
            office = office_of_site(site)
            work = _work(office, changes, batch.as_of, publication) if office else Work(changes)
            if not (changes or work.names or work.wide):
                return None
            batch.reason = work.reason
            made = _render(office, work, tree) if office else Made()
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
    if not publication.is_whole:
        planning.everything(work, office)
    planning.take_waiting(work, office)
    return work


def _render(office: Office, work: Work, tree: Tree) -> Made:
    made = Made()
    if SHELL in work.names:
        with recording.guarded():
            _render_shell(office, work, made)
    with recording.guarded(), tallies.known_to(office.site_id, work.counts, complete=work.counts_all):
        _render_names(office, work.names - {SHELL}, tree, made)
        _render_shown_files(office, tree, made)
    _plan_removals(made)
    return made


def _render_shell(office: Office, work: Work, made: Made) -> None:
    """Render what every page shows; only if it looks different now has every page to be made again."""
    (output,) = making.make(office, [SHELL])
    if isinstance(output, making.Failed):
        made.failed.append(output)
        return
    result = making.result(output)
    with recording.reading():
        made.known |= manifest.entries(office.site_id, [SHELL])
        if not (SHELL in made.known and made.known[SHELL].files == result.files):
            planning.everything(work, office)
            work.names.discard(SHELL)
            work.abroad |= {
                found
                for found in manifest.showing([f"office:{office.site_id}"])
                if found[0] != office.site_id
            }
            planning.take_waiting(work, office)
    made.results.append(result)


def _render_names(office: Office, names: Iterable[Name], tree: Tree, made: Made) -> None:
    names = set(names)
    with recording.reading():
        made.known |= manifest.entries(office.site_id, names)
    for output in making.make(office, names):
        if isinstance(output, making.Failed):
            made.failed.append(output)
            continue
        result = making.result(output)
        before = (
            {file.path: file.digest for file in made.known[output.name].files}
            if output.name in made.known
            else {}
        )
        for file, lies in zip(output.files, result.files, strict=True):
            if before.get(lies.path) != lies.digest:
                tree.stage(file, kinds[output.name.kind].stage)
                made.addresses.append(lies.path)
                made.written += 1
        made.results.append(result)


def _render_shown_files(office: Office, tree: Tree, made: Made) -> None:
    """Add the pictures and documents that are shown from now on, take away those nobody shows any more."""
    with recording.reading():
        before = manifest.shown_before([entry.pk for entry in made.known.values()])
        lost = set().union(*before.values()) if before else set()
        now = {key for result in made.results for key in result.shown.keys}
        wanted = making.shown_files(now)
        missing = wanted - manifest.entries(office.site_id, wanted).keys()
        lost -= {manifest.number(key) for key in now}
        unshown = manifest.marked(office.site_id, lost)
        rendered = {entry.pk for entry in made.known.values()}
        gone = {
            name
            for mark, name in unshown.items()
            if not manifest.shown_elsewhere(office.site_id, mark, rendered)
        }
        made.known |= manifest.entries(office.site_id, gone)
    _render_names(office, missing - {result.name for result in made.results}, tree, made)
    made.results = [result for result in made.results if result.name not in gone]
    made.results += [Result(name, (), recording.Recording()) for name in sorted(gone)]


def _plan_removals(made: Made) -> None:
    """Take away the files outputs had and have no more, unless another output of the batch has them now."""
    now = {file.path for result in made.results for file in result.files}
    done = {result.name for result in made.results}
    before = [
        file.path for name, entry in made.known.items() if name in done for file in entry.files if file.path
    ]
    made.removals = sorted(set(before) - now)
    made.addresses += made.removals


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
