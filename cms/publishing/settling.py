"""What the database keeps of a batch once the tree shows it, and what waits for a batch to come."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from wagtail.models import Site

from cms.publishing import code, making, manifest, outbox, owing, parts, planning, tallies, traces
from cms.publishing.ahead import Ahead
from cms.publishing.locks import in_turn
from cms.publishing.manifest import Entry, Result
from cms.publishing.many_rows import in_chunks
from cms.publishing.models import Batch, Change, Failure, Publication
from cms.publishing.outputs import Name, kinds, place_in_line
from cms.publishing.parts import await_making
from cms.publishing.planning import Work


@dataclass
class Made:
    """What a batch has rendered so far, and what it will do to the tree."""

    known: dict[Name, Entry] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    failed: list[making.Failed] = field(default_factory=list)
    removals: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)  # paths that were written or removed
    written: int = 0
    ahead: Ahead = field(default_factory=lambda: Ahead({}, (), {}))


def settle(site: Site, batch: Batch, work: Work, made: Made, newest: int) -> None:
    """Write down, in one transaction, what a batch has made; `newest` is the last change before its snapshot."""
    with in_turn():
        manifest.record(site.pk, made.results)
        traces.record_traces(site.pk, work.gone, work.traces)
        tallies.record(site.pk, work.counts, complete=work.counts_all)
        _record_failures(site.pk, made)
        parts.record(site.pk, work.names, work.later, is_all_there=made.ahead.is_all_there)
        await_making(work.abroad)
        _repeat_what_changed_meanwhile(site.pk, made, newest)
        owing.note(site.pk, _stages(made))
        batch.rendered, batch.written = len(made.results), made.written
        batch.removed, batch.failed = len(made.removals), len(made.failed)
        batch.finished_at = timezone.now()
        batch.save()
        outbox.finish([change.pk for change in work.changes], batch.pk)
        Publication.objects.update_or_create(
            pk=site.pk,
            defaults={
                "hostname": site.hostname,
                "as_of": batch.as_of,
                "is_whole": True,
                "is_outdated": work.is_outdated,
                **({} if work.is_outdated else {"code": code.digest()}),
                "error": "",
                "error_since": None,
                "is_error_outside": False,
            },
        )


def _stages(made: Made) -> dict[str, int]:
    """Return the files that were written or removed, each with its turn."""
    known = {file.path for entry in made.known.values() for file in entry.files}
    lie = {
        file.path: place_in_line(kinds[result.name.kind].stage, is_known=file.path in known)
        for result in made.results
        for file in result.files
    }
    return {path: lie.get(path, owing.GONE) for path in made.addresses}


def _record_failures(site_id: int, made: Made) -> None:
    well = [result.name for result in made.results]
    for kind, idents in _by_kind([*well, *(failed.name for failed in made.failed)]).items():
        for part in in_chunks(idents):
            Failure.objects.filter(site_id=site_id, kind=kind, ident__in=part).delete()
    Failure.objects.bulk_create(
        Failure(site_id=site_id, kind=failed.name.kind, ident=failed.name.ident, cause=failed.cause)
        for failed in made.failed
    )


def _repeat_what_changed_meanwhile(site_id: int, made: Made, newest: int) -> None:
    """Make again what showed a thing of every office, or another office's, that changed after our snapshot.

    Whoever spread that change looked at what outputs showed before this batch wrote it down.
    """
    later = list(Change.objects.filter(pk__gt=newest).exclude(site_id=site_id))
    if not later:
        return
    keys = {key for change in later for key in change.keys}
    own = f"@{site_id}"
    again = [
        result.name
        for result in made.results
        if result.shown.keys & keys
        or any("@" in name and not name.endswith(own) for name, _l, _h in result.shown.ranges)
    ]
    await_making((site_id, name) for name in again)


def _by_kind(names: Iterable[Name]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, ident in names:
        found.setdefault(kind, []).append(ident)
    return found


def spread() -> None:
    """Hand changes that concern every office to the outputs that show them, whichever office they are of.

    Changes of an office that is gone are done with: it has no tree.
    """
    with in_turn():
        orphans = outbox.waiting().exclude(site_id=None).exclude(site_id__in=Site.objects.values("pk"))
        outbox.finish(list(orphans.values_list("pk", flat=True)), None)
        changes = list(outbox.waiting().filter(site_id=None).order_by("pk"))
        if not changes:
            return
        keys = {key for change in changes for key in change.keys}
        found = manifest.showing(keys)
        for site_id in Site.objects.order_by("pk").values_list("pk", flat=True):
            found |= {
                (site_id, name) for name in manifest.marked(site_id, map(manifest.number, keys)).values()
            }
            found |= {(site_id, name) for name in planning.named(keys)}
            if any(change.scope == Change.Scope.OFFICE for change in changes):
                outbox.note_office(site_id, changes[0].title)
        await_making(found)
        outbox.finish([change.pk for change in changes], None)
