"""How the entries of the trail hold together: what a seal is made of, and what the head is signed with."""

import datetime as dt
import hashlib
import json

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.moderation.trail_entries import START, TrailEntry, TrailHead

# The order in which columns are sealed: never changed; a new column would need a new form, as the salt has one.
SEALED = (
    "number", "at", "act", "page_id", "page_title", "site_id", "office", "actor_id", "actor",
    "revision_id", "digest", "reason", "details_json", "previous",
)  # fmt: skip


def seal_of(entry: TrailEntry) -> str:
    """Return the digest of every column of an entry but the seal itself."""
    return _digest_of(entry, (*SEALED, "salt") if entry.salt else SEALED)


def digest_of_rest(entry: TrailEntry) -> str:
    """Return the digest of what an entry still says, and of its seal, once its words are erased."""
    return _digest_of(entry, (*SEALED, "salt", "seal"))


def _digest_of(entry: TrailEntry, names: tuple[str, ...]) -> str:
    row = [_plain(getattr(entry, name)) for name in names]
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> object:
    return (
        value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        if isinstance(value, dt.datetime)
        else value
    )


def sign(head: TrailHead) -> None:
    """Sign how far the trail goes."""
    head.signature = _signature(head, settings.SECRET_KEY)


def is_signed(head: TrailHead) -> bool:
    """Return whether a head is as one who knew the secret key, or one of before, left it."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(head.signature, _signature(head, key)) for key in keys)


def _signature(head: TrailHead, key: str) -> str:
    return salted_hmac("warta.trail.head", f"{head.number}:{head.seal}", key, algorithm="sha256").hexdigest()


def is_whole(head: TrailHead | None, last: tuple[int, str] | None) -> bool:
    """Return whether a head is signed, and names the last entry (number, seal) there is."""
    return head is not None and (last or (0, START)) == (head.number, head.seal) and is_signed(head)
