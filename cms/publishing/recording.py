"""What an output showed while it was rendered: surrogate keys, ranges of lists, and until when it is true."""

import datetime as dt
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone

LOWEST, HIGHEST = -(2**62), 2**62  # below and above every position of a list
_ID_BITS = 31
_TAKEN = "taken:"
_FIRST, _LAST = (
    -(2**31) + 1,
    2**31 - 1,
)  # seconds since 1970 that have places of their own: December 1901 to January 2038

Range = tuple[str, int, int]
Item = TypeVar("Item")


class UnrecordedReadError(RuntimeError):
    """Something was read from the database while publishing, outside the readings that record what they show."""


class Recording:
    """The keys, list ranges and the first future instant one rendering depended on."""

    __slots__ = ("keys", "ranges", "until")

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.ranges: set[Range] = set()
        self.until: dt.datetime | None = None

    def take(self, other: "Recording") -> None:
        """Depend on everything `other` depended on."""
        self.keys |= other.keys
        self.ranges |= other.ranges
        self._note_until(other.until)

    def _note_until(self, instant: dt.datetime | None) -> None:
        if instant and (self.until is None or instant < self.until):
            self.until = instant


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)
_as_of: ContextVar[dt.datetime | None] = ContextVar("as_of", default=None)
_reading: ContextVar[int] = ContextVar("reading", default=0)


# Classes, though they are called like functions: a page enters them again and again, and a generator costs more.
class recording:
    """Record what the block shows; an outer recording learns of it only through `replay`."""

    __slots__ = ("_token",)

    def __enter__(self) -> Recording:
        made = Recording()
        self._token = _current.set(made)
        return made

    def __exit__(self, *_error: object) -> None:
        _current.reset(self._token)


class aside(recording):
    """Keep what the block shows out of the recording: it belongs to the shell, on which every page depends."""

    __slots__ = ()


def note(key: str) -> None:
    """Say that the thing called `key` (`image:7`, `topic:3`) is shown."""
    current = _current.get()
    if current is not None:
        current.keys.add(key)


def note_range(name: str, lowest: int, highest: int) -> None:
    """Say that the list `name` is shown from position `lowest` to `highest`, both included."""
    current = _current.get()
    if current is not None:
        current.ranges.add((name, lowest, highest))


def note_presence(name: str, lowest: int, highest: int) -> None:
    """Say that it is shown which places of the list `name` are taken in a stretch, but nothing of what is there."""
    note_range(presence_of(name), lowest, highest)


def presence_of(name: str) -> str:
    """Return the list of the taken places of the list `name`: it changes when a place is taken or left."""
    return f"{_TAKEN}{name}"


def is_presence(name: str) -> bool:
    """Return whether a list is one of taken places."""
    return name.startswith(_TAKEN)


def replay(made: Recording) -> None:
    """Depend on what a value kept from before depended on."""
    current = _current.get()
    if current is not None:
        current.take(made)


def is_recording() -> bool:
    """Return whether an output is being rendered, rather than a request answered."""
    return _current.get() is not None


def position(moment: dt.datetime, pk: int) -> int:
    """Return the place of `(moment, pk)` in the one order of lists as a number; moments are whole seconds."""
    return (_second(moment) << _ID_BITS) | min(pk, 2**_ID_BITS - 1)


def first_position(moment: dt.datetime) -> int:
    """Return the lowest position a row of `moment` or later may have."""
    return _second(moment) << _ID_BITS


def _second(moment: dt.datetime) -> int:
    # What lies before or after stands at the end of its list, where whoever shows an end learns of it.
    return max(_FIRST, min(int(moment.timestamp()), _LAST))


def seconds(place: int) -> int:
    """Return the moment (seconds since 1970, UTC) of a position."""
    return place >> _ID_BITS


@contextmanager
def as_of(instant: dt.datetime) -> Generator[None]:
    """Let everything rendered inside take `instant` (aware, whole seconds) for now."""
    token = _as_of.set(instant)
    try:
        yield
    finally:
        _as_of.reset(token)


def now() -> dt.datetime:
    """Return the instant everything is rendered at: the batch's, or for a live request the clock's."""
    return _as_of.get() or timezone.now()


def passed(instant: dt.datetime) -> bool:
    """Return whether `instant` lies behind us; what is shown holds only until then if it does not."""
    if instant <= now():
        return True
    current = _current.get()
    if current is not None:
        current._note_until(instant)
    return False


class reading:
    """Allow the queries of the block while publishing: its author records what they show."""

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        self._token = _reading.set(_reading.get() + 1)

    def __exit__(self, *_error: object) -> None:
        _reading.reset(self._token)


@contextmanager
def guarded() -> Generator[None]:
    """Refuse every query of the block outside `reading`: raises UnrecordedReadError."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not _reading.get():
            raise UnrecordedReadError(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def apart(items: Iterator[Item]) -> Iterator[tuple[Item, Recording]]:
    """Yield each item with the recording of the work that made it."""
    while True:
        with recording() as made:
            try:
                item = next(items)
            except StopIteration:
                return
        yield item, made
