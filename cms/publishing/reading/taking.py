"""Taking in what is sent with a request. It is read even where nothing is kept: a browser shows no answer before."""

from typing import IO

from django.conf import settings
from granian.rsgi import HTTPProtocol, Scope

from cms.arriving import SWALLOW_MAX


async def take_body(scope: Scope, proto: HTTPProtocol, body: IO[bytes] | None = None) -> bool:
    """Write what is sent into `body`; False when the sender has gone before all of it was here.

    Nothing is kept of a body that Django will refuse; from a flood we turn away. A body that does not say its
    length counts as empty, as everywhere in Django.
    """
    length = _length_of(scope)
    if not 0 < length <= SWALLOW_MAX:
        return True
    kept = body if length <= settings.BODY_MAX_SIZE else None
    arrived = 0
    async for piece in proto:
        arrived += len(piece)
        if kept:
            kept.write(piece)
    if body:
        body.seek(0)
    return arrived == length


def _length_of(scope: Scope) -> int:
    length = scope.headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else 0
