"""What the counter's door looks at of a request: whether our own page sent it."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_from_our_page(request: HttpRequest) -> bool:
    """Return whether a page of the same site sent this: browsers say so, and no other page can say it."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told == "same-origin"
    try:
        return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
    except ValueError:
        return False
