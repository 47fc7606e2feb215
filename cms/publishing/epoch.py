"""A memo that is never stale: values are kept under the number of the last change."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from django.db.models import F

from cms.publishing.models import Epoch

Value = TypeVar("Value")
_memo: dict[Hashable, object] = {}
_memo_number = -1


def current() -> int:
    """Return the number of the last change; costs one query."""
    return Epoch.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def advance() -> None:
    """Note a change, in the transaction that makes it."""
    if not Epoch.objects.filter(pk=1).update(number=F("number") + 1):
        Epoch.objects.get_or_create(pk=1)
        Epoch.objects.filter(pk=1).update(number=F("number") + 1)


def remembered(number: int, key: Hashable, make: Callable[[], Value]) -> Value:
    """Return the value kept under `key`, made by `make` once per epoch `number` and process."""
    global _memo_number
    if number != _memo_number:
        _memo.clear()
        _memo_number = number
    if key not in _memo:
        _memo[key] = make()
    return _memo[key]  # ty: ignore[invalid-return-type]


def forget() -> None:
    """Drop every kept value (tests, whose databases go back in time)."""
    global _memo_number
    _memo.clear()
    _memo_number = -1
