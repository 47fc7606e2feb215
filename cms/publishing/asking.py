"""Asking a public view for what it answers an anonymous reader, without a server."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from cms.publishing.office import Office


def request_for(office: Office, path: str) -> HttpRequest:
    """Return the request of nobody in particular for `path` on the site of `office`."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META |= {"SERVER_NAME": office.hostname, "SERVER_PORT": "80"}
    request._warta_office = office  # ty: ignore[unresolved-attribute]
    return request


def answer(
    view: Callable[..., HttpResponse], office: Office, path: str, *arguments: object, **named: object
) -> bytes | None:
    """Return the bytes `view` answers; None where it raises Http404."""
    try:
        return view(request_for(office, path), *arguments, **named).content
    except Http404:
        return None


def page_file(path: str) -> str:
    """Return where in the tree the page lies that readers open at `path`."""
    inside = path.strip("/")
    return f"{inside}/index.html" if inside else "index.html"
