"""From changes to the outputs that have to be made again: by what they showed, and by what is new or gone."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from wagtail.models import Page

from cms.publishing import manifest, outputs, tallies, traces
from cms.publishing.models import Change, Dirty
from cms.publishing.office import Office
from cms.publishing.outputs import Name, Trace
from cms.publishing.tallies import Counts

WIDE = 200  # outputs: more than that are made in parts, so that a small change can overtake

Scope = Change.Scope
SHELL = Name("office", "")


@dataclass
class Work:
    """What one batch of an office has to do."""

    changes: list[Change] = field(default_factory=list)
    names: set[Name] = field(default_factory=set)  # all made in this batch
    wide: set[Name] = field(default_factory=set)  # made in parts, now or later
    abroad: set[tuple[int, Name]] = field(default_factory=set)  # other offices' outputs that show this one
    traces: list[tuple[int, Trace]] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)  # pages that stand nowhere any more
    counts: Counts = field(default_factory=Counter)  # differences of the tallies, or all of them:
    counts_all: bool = False

    @property
    def reason(self) -> str:
        """Return in a few words what the batch is about."""
        titles = list(dict.fromkeys(change.title for change in self.changes if change.title))
        more = f" (+{len(titles) - 3})" if len(titles) > 3 else ""
        return f"{', '.join(titles[:3])}{more}"[:200]


def plan(office: Office, changes: list[Change], as_of: dt.datetime) -> Work:
    """Return what `changes` (of this office), the clock and what still waits ask for; run inside the snapshot."""
    work = Work(changes)
    office_wide = any(change.scope == Scope.OFFICE for change in changes)
    keys, points = _page_changes(work, office, changes)
    keys |= {key for change in changes for key in change.keys}
    own, shown = set(work.names), set()
    _match(work, office, manifest.showing_place(points), own)
    _match(work, office, manifest.showing(keys), shown)
    marks = manifest.marked(office.site_id, map(manifest.number, keys))
    work.names = own | named(keys) | set(marks.values()) | manifest.outdated(office.site_id, as_of)
    shown -= work.names
    if len(shown) > WIDE:
        work.wide = shown
    else:
        work.names |= shown
    if office_wide:
        everything(work, office)
    return work


def named(keys: Iterable[str]) -> set[Name]:
    """Return the outputs that keys of the form `output:<kind>:<ident>` name outright."""
    split = (key.split(":", 2) for key in keys if key.startswith("output:"))
    return {Name(kind, ident) for _output, kind, ident in split}


def _match(work: Work, office: Office, found: Iterable[tuple[int, Name]], into: set[Name]) -> None:
    for site_id, name in found:
        if site_id == office.site_id:
            into.add(name)
        else:
            work.abroad.add((site_id, name))


def _page_changes(
    work: Work, office: Office, changes: Iterable[Change]
) -> tuple[set[str], set[tuple[str, int]]]:
    """Compare where changed pages stood with where they stand; return the keys and points of both."""
    ids = _changed_pages(changes)
    before = traces.traces_of(ids)
    now = dict(outputs.traces(office, sorted(ids))) if ids else {}
    keys: set[str] = set()
    points: set[tuple[str, int]] = set()
    old = [trace for pk in ids for trace in before.get(pk, []) if trace.site_id == office.site_id]
    work.counts = tallies.counted(now.values(), office.zone)
    work.counts.subtract(tallies.counted(old, office.zone))
    for trace in [*old, *now.values()]:
        keys |= trace.keys
        points |= trace.points
        work.names |= trace.outputs
    work.traces = list(now.items())
    work.gone = {pk for pk in ids if pk not in now}
    return keys, points


def _changed_pages(changes: Iterable[Change]) -> set[int]:
    ids = {change.page_id for change in changes if change.page_id}
    tops = [change.page_id for change in changes if change.scope == Scope.SUBTREE]
    for path in Page.objects.filter(pk__in=tops).values_list("path", flat=True):
        ids |= set(Page.objects.filter(path__startswith=path).values_list("pk", flat=True))
    return ids


def everything(work: Work, office: Office) -> None:
    """Let the whole office be made again: what exists in parts, what is new or gone at once."""
    lying = {entry.name for entry in manifest.all_entries(office.site_id)}
    now = dict(outputs.traces(office))
    wanted = set(outputs.standing_names(office)).union(*(trace.outputs for trace in now.values()))
    work.names |= wanted - lying
    work.names |= {name for name in lying - wanted if not is_shown_file(name)}
    work.wide |= (lying & wanted) - work.names
    work.gone |= {page for page in traces.traced_pages(office.site_id) if page not in now}
    work.traces = list(now.items())
    work.counts, work.counts_all = tallies.counted(now.values(), office.zone), True


def is_shown_file(name: Name) -> bool:
    """Return whether an output exists because others show it (pictures, documents)."""
    return getattr(outputs.kinds.get(name.kind), "key", "") != ""


def take_waiting(work: Work, office: Office) -> None:
    """Add the next part of what waits to be made again, pages before lists."""
    waiting = [
        Name(*row) for row in Dirty.objects.filter(site_id=office.site_id).values_list("kind", "ident")
    ]
    everything_left = {name for name in {*waiting, *work.wide} if name not in work.names}
    part = sorted(everything_left, key=_turn)[:WIDE]
    work.names.update(part)
    work.wide = everything_left - set(part)


def _turn(name: Name) -> tuple[int, str, str]:
    kind = outputs.kinds.get(name.kind)
    return (kind.stage if kind else 0, *name)
