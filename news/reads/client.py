"""What the counter's door looks at of a request: where it comes from, and whether our own page sent it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Return the reader's address, for the daily digest alone.

    The direct peer, unless that is a machine of our own network (the proxy in front): then what that proxy
    says last. A stranger's own `X-Forwarded-For` is never believed.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    if not _is_ours(peer):
        return peer
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or peer


def is_from_our_page(request: HttpRequest) -> bool:
    """Return whether a page of the same site sent this: browsers say so, and no other page can say it."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told == "same-origin"
    try:
        return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
    except ValueError:
        return False


def _is_ours(peer: str) -> bool:
    try:
        return not peer or ip_address(peer).is_private
    except ValueError:
        return True  # a Unix socket: only the proxy reaches it
