"""What is too much for one batch is made in parts, and nothing points to what is not there yet.

What is new comes first and stays unshown until all of it is there: what would point to it waits. So a small change
overtakes a large one between two parts, and no reader meets a link that leads nowhere.
"""

from collections.abc import Iterable
from enum import IntEnum

from cms.publishing import manifest, outputs
from cms.publishing.many_rows import in_chunks
from cms.publishing.models import Dirty
from cms.publishing.outputs import Name, Stage

WIDE = 200  # outputs: more than that are made in parts
LARGE = 1_500  # outputs: more than that are made anew by all cores (cms.publishing.building), not in parts
_BESIDE = 4  # the part that is made beside a small change is so many times smaller


class Turn(IntEnum):
    """When an output that waits is made."""

    FILE = 0
    NEW_PAGE = 1
    NEW_LIST = 2
    PAGE = 3
    LIST = 4
    STUB = 5
    UNSHOWN = 6  # made; shown when the last new one is there
    OLD_FILES = 7  # made; its former files lie until nothing that waits can show them


_NEWLY = {Turn.PAGE: Turn.NEW_PAGE, Turn.LIST: Turn.NEW_LIST}
_TURNS = {Stage.SHELL: Turn.FILE, Stage.FILE: Turn.FILE, Stage.PAGE: Turn.PAGE, Stage.LIST: Turn.LIST}
_TURNS[Stage.STUB] = Turn.STUB

Turns = dict[Name, Turn]


def turns_in(site_id: int) -> Turns:
    """Return what waits in an office."""
    rows = Dirty.objects.filter(site_id=site_id).order_by("pk").values_list("kind", "ident", "turn")
    return {Name(kind, ident): Turn(turn) for kind, ident, turn in rows}


def turns_of(site_id: int, names: Iterable[Name]) -> Turns:
    """Return when outputs that have to wait are made: what readers do not know yet before the rest."""
    names = set(names)
    known = manifest.entries(site_id, names)
    rows = Dirty.objects.filter(site_id=site_id, turn=Turn.UNSHOWN).order_by("pk")
    unshown = {Name(*row) for row in rows.values_list("kind", "ident")}
    shown = {name for name, entry in known.items() if entry.files} - unshown
    return {name: turn_of(name, is_new=name not in shown) for name in names}


def turn_of(name: Name, *, is_new: bool) -> Turn:
    """Return when an output is made that has to wait; `is_new`: readers do not know it yet."""
    turn = _TURNS[stage_of(name)]
    return _NEWLY.get(turn, turn) if is_new else turn


def is_new(turn: Turn) -> bool:
    """Return whether readers do not know yet what has this turn."""
    return turn in (Turn.NEW_PAGE, Turn.NEW_LIST)


def stage_of(name: Name) -> Stage:
    """Return when outputs of this kind move into place."""
    kind = outputs.kinds.get(name.kind)
    return kind.stage if kind else Stage.SHELL


def next_part(turns: Turns, names: Iterable[Name], *, is_beside: bool) -> list[Name]:
    """Return what of `turns` is made now, with `names`; a smaller part where it is made beside a small change."""
    done = set(names)
    ready = [(turn, *name) for name, turn in turns.items() if turn != Turn.UNSHOWN and name not in done]
    return [
        Name(kind, ident) for _turn, kind, ident in sorted(ready)[: WIDE // (_BESIDE if is_beside else 1)]
    ]


def await_making(names: Iterable[tuple[int, Name]]) -> None:
    """Let outputs (site, name) be made by a batch to come; call in a transaction."""
    by_site: dict[int, set[Name]] = {}
    for site_id, name in names:
        by_site.setdefault(site_id, set()).add(name)
    for site_id, some in sorted(by_site.items()):
        keep_waiting(site_id, turns_of(site_id, some))


def record(site_id: int, made: Iterable[Name], later: Turns, *, is_all_there: bool) -> None:
    """Write down what waits after a batch; call in a transaction.

    `is_all_there`: nothing new waits any more, so that what was made can be shown.
    """
    by_kind: dict[str, list[str]] = {}
    for kind, ident in made:
        by_kind.setdefault(kind, []).append(ident)
    for kind, idents in by_kind.items():
        for part in in_chunks(idents):
            Dirty.objects.filter(site_id=site_id, kind=kind, ident__in=part).delete()
    if is_all_there:
        Dirty.objects.filter(site_id=site_id, turn=Turn.UNSHOWN).delete()
    keep_waiting(site_id, later)


def keep_waiting(site_id: int, turns: Turns) -> None:
    """Let outputs of an office be made by a batch to come, each in its turn."""
    rows = (
        Dirty(site_id=site_id, kind=name.kind, ident=name.ident, turn=turn)
        for name, turn in sorted(turns.items())
    )
    for part in in_chunks(rows, 150):
        Dirty.objects.bulk_create(
            part,
            update_conflicts=True,
            unique_fields=["site_id", "kind", "ident"],
            update_fields=["since", "turn"],
        )
