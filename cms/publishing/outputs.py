"""What the tree is made of: kinds of outputs, registered by the layers that know them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, Protocol

from wagtail.models import Page

from cms.publishing.office import Office


class Stage(IntEnum):
    """The order in which a batch moves files into place: what is pointed at, before what points."""

    SHELL = 0
    FILE = 1  # pictures, documents, assets
    PAGE = 2
    LIST = 3
    STUB = 4  # what leads on from old addresses


def place_in_line(stage: Stage, *, is_known: bool) -> int:
    """Return when a file moves into place: what pages are made of, then what is new, then what readers know.

    New pages name each other, and nobody finds the way to one before what readers know points to it.
    """
    return stage + (len(Stage) if is_known and stage > Stage.FILE else 0)


LAST_IN_LINE = place_in_line(Stage.STUB, is_known=True)


class File(NamedTuple):
    """One file of the tree; `path` is relative to it, without a leading slash."""

    path: str
    content: bytes


class Made(NamedTuple):
    """What rendering one output gave; no files: there is no such output (any more).

    `waits`: it has no files now, but what it recorded may give it some.
    """

    ident: str
    files: Sequence[File]
    waits: bool = False


class Name(NamedTuple):
    """Which output: its kind and its ident within the kind."""

    kind: str
    ident: str


class Kind(Protocol):
    """A kind of outputs of an office. `render` answers the idents in their order, one by one.

    One that is the pages of a type, each named by its id, says `of_page = True`.
    """

    name: str
    stage: Stage

    def idents(self, office: Office) -> Iterable[str]:
        """Return the idents that no page's trace names."""
        ...

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make outputs; what each shows is recorded while it is made."""
        ...

    def find(self, office: Office, path: str) -> str | None:
        """Return the ident of the output that holds the file `path`, for the live door; None if not ours."""
        ...


@dataclass
class Trace:
    """Where a public page stands: the keys it answers to, its places in lists, the outputs it has a part in."""

    site_id: int
    keys: set[str] = field(default_factory=set)
    points: set[tuple[str, int]] = field(default_factory=set)
    outputs: set[Name] = field(default_factory=set)

    @property
    def addresses(self) -> set[str]:
        """Return the keys that say at which address the page stands."""
        return {key for key in self.keys if key.startswith("address:")}

    def as_data(self) -> list[list]:
        """Return it as JSON holds it."""
        return [sorted(self.keys), sorted(map(list, self.points)), sorted(map(list, self.outputs))]

    @classmethod
    def from_data(cls, site_id: int, data: Sequence[Sequence]) -> "Trace":
        """Read what `as_data` wrote."""
        keys, points, outputs = data
        return cls(site_id, set(keys), {(name, place) for name, place in points}, {Name(*o) for o in outputs})


class Tracer(Protocol):
    """Says where pages of one type stand: only pages anybody may read, of one office, in a fixed number of queries."""

    def __call__(self, office: Office, ids: Sequence[int] | None) -> Iterator[tuple[int, Trace]]:
        """Yield id and trace of the readable pages among `ids` (all of the office when None)."""
        ...


kinds: dict[str, Kind] = {}
_tracers: dict[type[Page], Tracer] = {}


def register_kind(kind: Kind) -> None:
    """Let outputs of `kind` be part of every office's tree."""
    kinds[kind.name] = kind


def page_kinds() -> list[str]:
    """Return the kinds whose outputs are pages, named by the page's id."""
    return sorted(kind.name for kind in kinds.values() if getattr(kind, "of_page", False))


def register_tracer(model: type[Page], tracer: Tracer) -> None:
    """Let `tracer` say where pages of type `model` stand."""
    _tracers[model] = tracer


def traces(office: Office, ids: Sequence[int] | None = None) -> Iterator[tuple[int, Trace]]:
    """Yield where each readable page of `office` stands (of those in `ids`, unless None)."""
    for tracer in _tracers.values():
        yield from tracer(office, ids)


def standing_names(office: Office) -> Iterator[Name]:
    """Yield the name of every output an office has whatever stands in it; the rest pages tell of in their traces."""
    for kind in kinds.values():
        for ident in kind.idents(office):
            yield Name(kind.name, ident)


def page_trace(page: Page, office: Office, kind: str) -> Trace:
    """Return what every page answers to, whatever its type; `kind` is that of its own output."""
    address = f"/{page.url_path[len(office.url_path) :]}"
    parent = page.path[: -Page.steplen]
    return Trace(
        office.site_id,
        {
            f"page:{page.pk}",
            f"address:{office.site_id}:{address}",
            f"below:{parent}",
            f"pages@{office.site_id}",
        },
        set(),
        {Name(kind, str(page.pk))},
    )
