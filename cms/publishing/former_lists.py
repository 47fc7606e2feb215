"""Addresses of lists (a section, a topic) readers knew: remembered when a list leaves them, in the same transaction."""

from collections.abc import Collection
from typing import Protocol

from django.db import models

from cms.publishing import outbox
from cms.publishing.office import Office

Place = tuple[int, str]  # the id of a site, and an address there


class Lists(Protocol):
    """Lists of one kind: each is made of a row and stands at an address, with more of it below (months, a feed).

    `name` is that of their outputs, whose idents are the ids of the rows; an address is `root`, the row's slug and a
    slash.
    """

    name: str
    root: str

    def places(self, row: models.Model) -> set[Place]:
        """Return where the list of a row stands, or will stand once it has something to show."""
        ...

    def standing(self, office: Office, ids: Collection[int]) -> dict[int, str]:
        """Return where readers of `office` find lists, by id; what that depends on is recorded."""
        ...

    def taken(self, office: Office, paths: Collection[str]) -> set[str]:
        """Return the addresses of `office` at which readers find a list; what that depends on is recorded."""
        ...


_lists: dict[type[models.Model], Lists] = {}


def register_lists(model: type[models.Model], lists: Lists) -> None:
    """Let rows of `model` (of an upper layer) be what `lists` are made of."""
    _lists[model] = lists


def known() -> list[Lists]:
    """Return every kind of list."""
    return list(_lists.values())


def note_departure(row: models.Model, *, is_leaving: bool = False) -> None:
    """Remember the addresses the list of a row about to be saved, or (`is_leaving`) deleted, leaves."""
    lists = _lists.get(type(row))
    before = type(row)._default_manager.filter(pk=row.pk).first() if lists and row.pk else None
    if lists and before:
        now = set() if is_leaving else lists.places(row)
        outbox.leave_lists(lists.name, before.pk, lists.places(before) - now)


def keys_of(row: models.Model) -> set[str]:
    """Return the keys of the addresses at which the list of a row stands."""
    lists = _lists.get(type(row))
    return {f"address:{site_id}:{path}" for site_id, path in lists.places(row)} if lists else set()
