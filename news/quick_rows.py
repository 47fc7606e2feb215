"""Rows of the database as instances, without the constructors of their bases: ten thousand of them make one site."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.db.models.base import ModelState
from django.db.models.signals import post_init, pre_init


class QuickRows:
    """Stands before the bases of a model, whose constructors find nothing to do for a row and take long about it."""

    @classmethod
    def from_db(cls, db: str | None, field_names: Iterable[str], values: Sequence[Any]) -> Self:
        """Return the instance of a row; a column that was not read is read when it is asked for."""
        if pre_init.has_listeners(cls) or post_init.has_listeners(cls):
            return super().from_db(db, field_names, values)  # ty: ignore[unresolved-attribute]
        made = cls.__new__(cls)
        state = made._state = ModelState()  # ty: ignore[unresolved-attribute]
        state.adding, state.db = False, db
        made.__dict__.update(zip(field_names, values, strict=True))
        return made
