"""What happens after too many wrong passwords: one count for a person, one clear page."""

from collections.abc import Mapping

from axes.helpers import get_cool_off, get_failure_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.accounts.backends import find_person


def person_counted(request: HttpRequest, credentials: Mapping[str, object] | None) -> str:
    """Return the user name attempts are counted under: the same whether name or address was typed."""
    typed = str((credentials or request.POST).get("username") or "").strip()
    person = find_person(typed) if typed else None
    return person.username if person else typed.lower()


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: Mapping[str, object] | None
) -> HttpResponse:
    """Answer 429 with a page that says how long to wait and what to do meanwhile."""
    seconds = int(get_cool_off(request).total_seconds())
    context = {"minutes": -(-seconds // 60), "limit": get_failure_limit(request, credentials)}
    page = render(request, "accounts/locked.html", context, status=429)
    page["Retry-After"] = str(seconds)
    return page
