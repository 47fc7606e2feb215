"""What a reader's browser says of itself: which encodings it takes, what it has already, which part it wants."""

import functools
import re

from django.utils.http import parse_http_date_safe

from cms.publishing.reading.shelf import StoredFile

_ENCODINGS = ("br", "gzip")  # the best first
_LEAST = 0.0001  # what plain bytes are worth to whoever does not mention them
_LONGEST = 256  # characters of a header that is remembered
_TAG = re.compile(r'(?:W/)?("[^"]*")')


def encodings(accept: str) -> tuple[str, ...]:
    """Return the encodings an Accept-Encoding header prefers to plain bytes, the best first."""
    return _encodings(accept) if len(accept) <= _LONGEST else ()


@functools.lru_cache(maxsize=512)
def _encodings(accept: str) -> tuple[str, ...]:
    worth: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        worth[name] = _quality(parameters)
    others = worth.get("*", 0.0)
    plain = worth.get("identity", others or _LEAST)
    values = {name: worth.get(name, others) for name in _ENCODINGS}
    wanted = [name for name in _ENCODINGS if values[name] > 0 and values[name] >= plain]
    return tuple(sorted(wanted, key=lambda name: -values[name]))


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if match := re.fullmatch(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", parameter, re.ASCII):
            return float(match[1])
        if parameter.startswith("q"):
            return 0.0
    return 1.0


def has_it(file: StoredFile, none_match: str | None, since: str | None) -> bool:
    """Tell whether the browser's copy is this very file (If-None-Match, else If-Modified-Since).

    The time must be exactly the file's: after a rollback an older file is the newer answer.
    """
    if none_match is not None:
        return none_match.strip() == "*" or file.etag in _TAG.findall(none_match)
    return since is not None and parse_http_date_safe(since) == parse_http_date_safe(file.modified)


def is_same(file: StoredFile, if_range: str | None) -> bool:
    """Tell whether a part fits what the browser has of this file (If-Range)."""
    return if_range is None or if_range in (file.etag, file.modified)
