"""Writes the trail: every act of moderation as one entry that nobody can change, remove or slip in unnoticed.

`manage.py audit --verify` finds:
- an entry that was changed, removed, exchanged or slipped in: each is sealed over all its columns and the seal before,
  and numbers run without gaps;
- entries cut from the end, and a chain that was sealed anew from some entry on: the head says how far the trail goes
  and is signed with a key derived from SECRET_KEY. `record` looks at the head first: going on over a broken one
  leaves an entry of its own (`Act.CHAIN_MENDED`) that stays to be found;
- a missing or changed rule of the database (`cms.moderation.trail_rules`) that refuses UPDATE and DELETE.
An entry whose words were erased (`cms.moderation.erasing`) keeps its seal and its place; what remains of it is held
against the later entry that tells of the erasure.

It cannot find, from the database alone:
- what somebody did who has both the database and SECRET_KEY;
- entries cut from the end together with an older head, kept from when it was the head, put back in its place;
- a trail emptied altogether, head and all, before a `migrate` begins a new one.
For these, every entry's number and seal go to the log (`trail_entry`) after its transaction, for a log that is kept on
another machine; `audit --verify --checkpoint NUMBER:SEAL` holds the trail against one of those lines.
An entry is as true as who wrote it: whoever runs code here can record an act that never was.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import structlog
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.moderation import chain
from cms.moderation.trail_entries import START, Act, TrailEntry, TrailHead
from cms.publishing.office import office_names
from cms.publishing.outbox import site_of, site_roots

logger = structlog.get_logger(__name__)

JSON = str | int | float | bool | None | list[Any] | dict[str, Any]
_LONGEST = 255
_TOGETHER = 50  # entries in one statement, below SQLite's oldest limit of variables


def record(
    act: Act | str,
    *,
    page: Page | None = None,
    actor: AbstractBaseUser | None = None,
    revision_id: int | None = None,
    digest: str = "",
    reason: str = "",
    details: Mapping[str, JSON] | None = None,
) -> TrailEntry:
    """Add an entry in the caller's transaction; `page` may be the front page of an office for what is shared there.

    Writers stand in line until the one before has committed: record late in a transaction. Raises ValueError for an
    act that is none.
    """
    said = {"revision_id": revision_id, "digest": digest, "reason": reason, "details": details}
    names = page_names([page])[page.pk] if page else {}
    entry = entry_of(act, names=names, actor=actor, **said)
    record_all([entry])
    return entry


def entry_of(
    act: Act | str,
    *,
    names: Mapping[str, Any],
    actor: AbstractBaseUser | None = None,
    revision_id: int | None = None,
    digest: str = "",
    reason: str = "",
    details: Mapping[str, JSON] | None = None,
) -> TrailEntry:
    """Return an entry that nobody has recorded yet; `names`: what the trail calls its page (`page_names`)."""
    return TrailEntry(
        act=Act(act),
        revision_id=revision_id,
        digest=digest,
        reason=_storable(reason),
        details_json=_json(details),
        **names,
        **_actor_now(actor),
    )


def record_all(entries: Sequence[TrailEntry]) -> None:
    """Add entries one after the other in the caller's transaction; see `record`."""
    with transaction.atomic():
        head, last = _end()
        if not chain.is_whole(head, last):
            head = _mend(head, last)
        _append(entries, head)


def begin() -> None:
    """Put the signed head of an empty trail there, where nothing has been recorded yet."""
    with transaction.atomic():
        head, last = _end()
        if last is None and (head is None or head.number == 0):
            head = head or TrailHead(pk=1)
            chain.sign(head)
            head.save()


def _end() -> tuple[TrailHead | None, tuple[int, str] | None]:
    """Return the head, locked until the transaction ends, and number and seal of the last entry."""
    head = TrailHead.objects.select_for_update().filter(pk=1).first()
    return head, TrailEntry.objects.order_by("-number").values_list("number", "seal").first()


def _append(entries: Sequence[TrailEntry], head: TrailHead) -> None:
    for entry in entries:
        entry.number, entry.previous, entry.at = head.number + 1, head.seal, timezone.now()
        entry.salt = secrets.token_hex(16)
        entry.seal = chain.seal_of(entry)
        head.number, head.seal = entry.number, entry.seal
        told = partial(logger.info, "trail_entry", number=entry.number, seal=entry.seal, act=entry.act)
        transaction.on_commit(told, robust=True)
    TrailEntry.objects.bulk_create(entries, batch_size=_TOGETHER)
    chain.sign(head)
    head.save()


def _mend(head: TrailHead | None, last: tuple[int, str] | None) -> TrailHead:
    """Go on after whichever end is later, and leave an entry that says the two did not agree."""
    logger.error("trail_broken", head=str(head), last=str(last))
    number, seal = last or (0, START)
    if head is not None and head.number > number:
        number, seal = head.number, head.seal
    found = {"head": str(head) if head else None, "last": list(last) if last else None}
    mended = TrailHead(pk=1, number=number, seal=seal)
    _append([TrailEntry(act=Act.CHAIN_MENDED, details_json=_json(found))], mended)
    return mended


def page_names(pages: Iterable[Page]) -> dict[int, dict[str, Any]]:
    """Return by id what the trail calls pages and their offices; a fixed number of queries."""
    offices, roots = office_names(), site_roots()
    return {page.pk: _names_of(page, offices, site_of(page.path, roots)) for page in pages}


def _names_of(page: Page, offices: Mapping[int, str], site_id: int | None) -> dict[str, Any]:
    return {
        "page_id": page.pk,
        "page_title": _storable(page.get_admin_display_title())[:_LONGEST],
        "site_id": site_id,
        "office": _storable(offices.get(site_id or 0, ""))[:_LONGEST],
    }


def _actor_now(actor: AbstractBaseUser | None) -> dict[str, Any]:
    if actor is None or actor.pk is None:
        return {}
    return {"actor_id": actor.pk, "actor": _storable(name_of(actor))[:_LONGEST]}


def name_of(person: AbstractBaseUser) -> str:
    """Return what the trail calls somebody."""
    return getattr(person, "get_full_name", str)() or person.get_username()


def _json(details: Mapping[str, JSON] | None) -> str:
    text = json.dumps(
        dict(details or {}), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return _storable(text)


def _storable(text: str) -> str:
    """Leave out what PostgreSQL keeps in no text."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
