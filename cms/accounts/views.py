"""Pages for somebody who is not let through."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form has grown old (or cookies are off), and how to send it again."""
    return render(request, "accounts/csrf.html", status=403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this person may not open this page, and who may help."""
    return render(request, "accounts/forbidden.html", status=403)
