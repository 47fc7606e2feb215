"""Whether a person was counted today already, without knowing who that is.

A person on an article is one BLAKE2 digest of client address, user agent, article and day, keyed with a salt
that is drawn anew every day. Salt and digests live in the memory of the process, and in Redis or Memcached
where the installation has one (several processes then share them); never in the database, in a file or in a
cache that keeps files. With the salt gone, a digest says nothing about anybody. Without a shared cache each
process keeps its own: a restart, or another process, may count the same person once more that day.

Memory is bounded: at `PEOPLE_MAX` digests a day a process counts nobody new until midnight, and one address
(which may stand for a whole village behind its provider) brings at most `PER_ADDRESS_MAX` readings a day. The
counter then tells too little, never too much.
"""

import datetime as dt
import hashlib
import secrets
import threading

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

PEOPLE_MAX = 200_000  # digests of 16 bytes, about 20 MB with Python's own weight
PER_ADDRESS_MAX = 2_000
_SHARED = ("redis", "memcached")
_log = structlog.get_logger(__name__)


class Day:
    """What one process remembers of one day."""

    def __init__(self, date: dt.date) -> None:
        """Begin `date` with a salt of its own."""
        self.date = date
        self.salt = secrets.token_bytes(32)
        self.salt_is_shared = False
        self.people: set[bytes] = set()
        self.addresses: dict[bytes, int] = {}


_day: Day | None = None
_lock = threading.Lock()


def first_today(address: str, agent: str, article: int) -> bool:
    """Return True once a day for the same person on the same article, and remember it; False at the cap."""
    with _lock:
        day = _today()
        _share_salt(day)
        person = _digest(day, address, agent, str(article))
        if person in day.people or not _room(day, _digest(day, address)):
            return False
        day.people.add(person)
    return _first_anywhere(day, person)


def forget() -> None:
    """Drop everything remembered (a restart does the same)."""
    global _day
    with _lock:
        _day = None


def _today() -> Day:
    """Return today as the installation's clock counts it; yesterday is dropped with its salt."""
    global _day
    date = timezone.localdate()
    if _day is None or _day.date != date:
        _day = Day(date)
    return _day


def _room(day: Day, address: bytes) -> bool:
    seen = day.addresses.get(address, 0)
    if len(day.people) >= PEOPLE_MAX or seen >= PER_ADDRESS_MAX:
        return False
    day.addresses[address] = seen + 1
    return True


def _digest(day: Day, *parts: str) -> bytes:
    # Each part is told apart by its length: no two people share a digest by shifting a letter.
    told = b"".join(len(raw).to_bytes(4) + raw for raw in (part.encode("utf-8", "replace") for part in parts))
    return hashlib.blake2b(told, key=day.salt, digest_size=16, person=day.date.isoformat().encode()).digest()


def _shared() -> bool:
    return any(word in settings.CACHES["default"]["BACKEND"] for word in _SHARED)


def _away() -> tuple[type[Exception], ...]:
    """Return what a cache that cannot be reached raises; its library is loaded by who uses it, and takes a while."""
    import redis

    return OSError, redis.RedisError


def _left_of_day() -> int:
    """Return the seconds until local midnight."""
    now = timezone.localtime()
    midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(1, int((midnight - now).total_seconds()))


def _share_salt(day: Day) -> None:
    """Take the salt all processes use, where they share a cache; the first one to ask sets it."""
    if day.salt_is_shared or not _shared():
        return
    name = f"reads-salt-{day.date}"
    try:
        cache.add(name, day.salt, _left_of_day())
        day.salt = cache.get(name) or day.salt
        day.salt_is_shared = True
    except _away() as error:
        _log.warning("reads.cache_is_away", reason=str(error))


def _first_anywhere(day: Day, person: bytes) -> bool:
    if not day.salt_is_shared:
        return True
    try:
        return bool(cache.add(f"reads-{person.hex()}", 1, _left_of_day()))
    except _away() as error:
        _log.warning("reads.cache_is_away", reason=str(error))
        return True
