"""What the database keeps of a batch once the tree shows it, and what waits for a batch to come."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from cms.publishing import making, manifest, outbox, planning, tallies, traces
from cms.publishing.manifest import Entry, Result
from cms.publishing.models import Batch, Change, Dirty, Failure, Publication
from cms.publishing.outputs import Name
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


def settle(site: Site, batch: Batch, work: Work, made: Made, newest: int) -> None:
    """Write down, in one transaction, what a batch has made; `newest` is the last change before its snapshot."""
    with transaction.atomic():
        manifest.record(site.pk, made.results)
        traces.record_traces(site.pk, work.gone, work.traces)
        tallies.record(site.pk, work.counts, complete=work.counts_all)
        _record_failures(site.pk, made)
        _record_waiting(site.pk, work, made)
        _repeat_what_changed_meanwhile(site.pk, made, newest)
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
                "error": "",
                "error_since": None,
            },
        )


def _record_failures(site_id: int, made: Made) -> None:
    well = [result.name for result in made.results]
    for kind, idents in _by_kind([*well, *(failed.name for failed in made.failed)]).items():
        for part in manifest.in_chunks(idents):
            Failure.objects.filter(site_id=site_id, kind=kind, ident__in=part).delete()
    Failure.objects.bulk_create(
        Failure(site_id=site_id, kind=failed.name.kind, ident=failed.name.ident, cause=failed.cause)
        for failed in made.failed
    )


def _record_waiting(site_id: int, work: Work, made: Made) -> None:
    """Keep what waits for a later batch, here and in other offices; drop what was made."""
    for kind, idents in _by_kind(work.names).items():
        for part in manifest.in_chunks(idents):
            Dirty.objects.filter(site_id=site_id, kind=kind, ident__in=part).delete()
    await_making([*((site_id, name) for name in work.wide), *work.abroad])


def await_making(names: Iterable[tuple[int, Name]]) -> None:
    """Let outputs (site, name) be made by a batch to come."""
    rows = (Dirty(site_id=site, kind=name.kind, ident=name.ident) for site, name in sorted(set(names)))
    for part in manifest.in_chunks(rows, 300):
        Dirty.objects.bulk_create(part, ignore_conflicts=True)


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
    """Hand changes that concern every office to the outputs that show them, whichever office they are of."""
    with transaction.atomic():
        changes = list(outbox.waiting().filter(site_id=None))
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
