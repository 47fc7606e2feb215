"""From changes to the outputs that have to be made again: by what they showed, and by what is new or gone."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from wagtail.models import Page

from cms.publishing import manifest, outputs, parts, recording, tallies, traces
from cms.publishing.models import Change
from cms.publishing.office import Office
from cms.publishing.outputs import Name, Trace
from cms.publishing.parts import Turn, Turns
from cms.publishing.tallies import Counts

Scope = Change.Scope
SHELL = Name("office", "")


@dataclass
class Work:
    """What one batch of an office has to do."""

    changes: list[Change] = field(default_factory=list)
    names: set[Name] = field(default_factory=set)  # all made in this batch
    wide: set[Name] = field(default_factory=set)  # too much for it: made in parts, now or later
    turns: Turns = field(default_factory=dict)  # what waited when it began, and what was added
    later: Turns = field(default_factory=dict)  # what waits anew when it is done
    abroad: set[tuple[int, Name]] = field(default_factory=set)  # other offices' outputs that show this one
    traces: list[tuple[int, Trace]] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)  # pages that stand nowhere any more
    left: list[Trace] = field(default_factory=list)  # where they stood
    edited: set[Name] = field(default_factory=set)  # outputs of the pages readers know that have changed
    is_moving: bool = False  # a page has another address now
    counts: Counts = field(default_factory=Counter)  # differences of the tallies, or all of them:
    counts_all: bool = False
    is_outdated: bool = False  # too much for a batch: the whole tree is to be made anew

    def put_off(self, name: Name, turn: Turn) -> None:
        """Let an output this batch was to make be made by one to come."""
        self.names.discard(name)
        self.turns[name] = self.later[name] = turn

    def has_more(self) -> bool:
        """Return whether outputs wait that may show what was there before."""
        done = (Turn.UNSHOWN, Turn.OLD_FILES)
        return any(turn not in done and name not in self.names for name, turn in self.turns.items())

    def close(self, *, is_all_there: bool) -> None:
        """Say what waits now that everything is rendered."""
        unshown = (Turn.NEW_PAGE, Turn.NEW_LIST, Turn.UNSHOWN)
        for name in self.names:
            self.later.pop(name, None)
            if not is_all_there and self.turns.get(name) in unshown:
                self.later[name] = Turn.UNSHOWN

    @property
    def reason(self) -> str:
        """Return in a few words what the batch is about."""
        titles = list(dict.fromkeys(change.title for change in self.changes if change.title))
        more = f" (+{len(titles) - 3})" if len(titles) > 3 else ""
        return f"{', '.join(titles[:3])}{more}"[:200]


def plan(office: Office, changes: list[Change], as_of: dt.datetime) -> Work:
    """Return what `changes` (of this office), the clock and what still waits ask for; run inside the snapshot."""
    work = Work(changes, turns=parts.turns_in(office.site_id))
    office_wide = any(change.scope == Scope.OFFICE for change in changes)
    keys, points = _page_changes(work, office, changes)
    keys |= {key for change in changes for key in change.keys}
    touched = work.names | named(keys) | manifest.outdated(office.site_id, as_of)
    touched |= set(manifest.marked(office.site_id, map(manifest.number, keys)).values())
    _match(work, office, manifest.showing_place(points), touched)
    _match(work, office, manifest.showing(keys), touched)
    _divide(work, touched, _showing_what_is_gone(work, office))
    if office_wide:
        everything_now_or_later(work, office)
    return work


def _divide(work: Work, touched: set[Name], showing: set[Name]) -> None:
    """Make in parts what is too much for one batch; what is gone goes at once, what moves, moves whole.

    What is shown by so much that its readers would have to wait goes before the links to it (`showing`).
    """
    work.is_outdated = len(touched) > parts.LARGE
    if len(touched) <= parts.WIDE:
        work.names = touched
        return
    work.names = _pages_of(work.left) | (showing if len(showing) <= parts.LARGE else set())
    if len(work.edited) <= parts.WIDE:
        work.names |= work.edited
    work.wide = touched - work.names


def _showing_what_is_gone(work: Work, office: Office) -> set[Name]:
    keys = {key for trace in work.left for key in trace.keys}
    points = {point for trace in work.left for point in trace.points}
    found: set[Name] = set()
    _match(work, office, manifest.showing(keys), found)
    _match(work, office, manifest.showing_place(points | _taken_or_left(work.left, [])), found)
    return found


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
    # Also of a page nobody could read, and nobody can: its old addresses tell.
    keys = {f"page:{pk}" for pk in ids}
    points: set[tuple[str, int]] = set()
    old = [trace for pk in ids for trace in before.get(pk, []) if trace.site_id == office.site_id]
    work.counts = tallies.counted(now.values(), office.zone)
    work.counts.subtract(tallies.counted(old, office.zone))
    for trace in [*old, *now.values()]:
        keys |= trace.keys
        points |= trace.points
    points |= _taken_or_left(old, now.values())
    # What a page has a part in before and after has recorded that it shows it.
    work.names |= _all_outputs(old) ^ _all_outputs(now.values())
    work.traces = list(now.items())
    work.gone = {pk for pk in ids if pk not in now}
    stayed = {pk: trace for pk, trace in before.items() if pk in now}
    work.left = [trace for pk in work.gone for trace in before.get(pk, []) if trace.site_id == office.site_id]
    work.edited = _pages_of(now[pk] for pk in stayed)
    work.is_moving = any(
        trace.addresses != now[pk].addresses
        for pk, some in stayed.items()
        for trace in some
        if trace.site_id == office.site_id
    )
    return keys, points


def _pages_of(traced: Iterable[Trace]) -> set[Name]:
    """Return the outputs that are the pages themselves."""
    kinds = outputs.page_kinds()
    return {name for trace in traced for name in trace.outputs if name.kind in kinds}


def _all_outputs(traced: Iterable[Trace]) -> set[Name]:
    return set().union(*(trace.outputs for trace in traced))


def _taken_or_left(old: Iterable[Trace], now: Iterable[Trace]) -> set[tuple[str, int]]:
    """Return the points of who only looks at which places are taken: an edit that moves nothing has none."""
    before = set().union(*(trace.points for trace in old))
    after = set().union(*(trace.points for trace in now))
    return {(recording.presence_of(name), place) for name, place in before ^ after}


def _changed_pages(changes: Iterable[Change]) -> set[int]:
    ids = {change.page_id for change in changes if change.page_id}
    tops = [change.page_id for change in changes if change.scope == Scope.SUBTREE]
    for path in Page.objects.filter(pk__in=tops).values_list("path", flat=True):
        ids |= set(Page.objects.filter(path__startswith=path).values_list("pk", flat=True))
    return ids


def everything_now_or_later(work: Work, office: Office) -> None:
    """Let the whole office be made again: in parts, or where that is much by a build beside the batches."""
    if manifest.count(office.site_id) > parts.LARGE:
        work.is_outdated = True
    else:
        everything(work, office)


def everything(work: Work, office: Office) -> None:
    """Let the whole office be made again: what exists in parts, what is new or gone at once."""
    lying = {entry.name for entry in manifest.all_entries(office.site_id)}
    now = dict(outputs.traces(office))
    wanted = set(outputs.standing_names(office)).union(*(trace.outputs for trace in now.values()))
    work.names |= {name for name in lying - wanted if not is_shown_file(name)}
    work.wide |= wanted - work.names
    work.gone |= {page for page in traces.traced_pages(office.site_id) if page not in now}
    work.traces = list(now.items())
    work.counts, work.counts_all = tallies.counted(now.values(), office.zone), True


def nothing(site_id: int, changes: list[Change]) -> Work:
    """Return the work of a site that has no office: nothing of it stands anywhere."""
    return Work(changes, gone=set(traces.traced_pages(site_id)), counts_all=True)


def is_shown_file(name: Name) -> bool:
    """Return whether an output exists because others show it (pictures, documents)."""
    return getattr(outputs.kinds.get(name.kind), "key", "") != ""


def take_waiting(work: Work, office: Office) -> None:
    """Add the next part of what waits to be made; a build that is to come makes all of it."""
    if work.is_moving and not work.is_outdated:
        work.names, work.wide = work.names | work.wide, set()
    if work.wide:
        later = parts.turns_of(office.site_id, work.wide - work.names)
        if work.is_outdated:
            later = {name: turn for name, turn in later.items() if parts.is_new(turn)}
        work.turns |= later
        work.later |= later
    if not work.is_outdated:
        is_beside = bool(work.names) and not work.wide
        work.names.update(parts.next_part(work.turns, work.names, is_beside=is_beside))
    work.wide = set()
