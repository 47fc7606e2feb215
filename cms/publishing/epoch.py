"""A memo that is never stale: values are kept under the mark of the last change."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from cms.publishing import recording
from cms.publishing.models import Epoch

Value = TypeVar("Value")

# Two are kept: requests that began before a change finish on the older one.
_GENERATIONS = 2
_memos: OrderedDict[int, dict[Hashable, tuple[object, recording.Recording]]] = OrderedDict()


def current() -> int:
    """Return the mark of the last change; costs one query."""
    with recording.reading():
        return Epoch.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def advance() -> None:
    """Note a change, in the transaction that makes it.

    The mark is random, not a count: a count rolled back would be given out again, and what was
    remembered under it inside the failed transaction would come back to life.
    """
    mark = secrets.randbits(62)
    if not Epoch.objects.filter(pk=1).update(number=mark):
        Epoch.objects.update_or_create(pk=1, defaults={"number": mark})


def remembered(number: int, key: Hashable, make: Callable[[], Value]) -> Value:
    """Return the value kept under `key`, made by `make` once per mark `number` and process.

    What making it recorded is kept beside it: whoever uses the value again depends on the same things.
    """
    memo = _memos.get(number)
    if memo is None:
        memo = _memos.setdefault(number, {})
        while len(_memos) > _GENERATIONS:
            _memos.popitem(last=False)
    if key not in memo:
        with recording.recording() as made:
            value = make()
        memo[key] = value, made
    value, made = memo[key]
    recording.replay(made)
    return value  # ty: ignore[invalid-return-type]


def forget() -> None:
    """Drop every kept value (tests, whose databases go back in time)."""
    _memos.clear()
