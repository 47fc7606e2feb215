"""A request as it arrives and its answer as it leaves: whose it is, how large it may be, what the log calls it."""

from collections.abc import Callable, Iterable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

from cms.accounts.views import too_large

Answer = Callable[[HttpRequest], HttpResponse]

SWALLOW_MAX = 250 * 1024 * 1024  # bytes: a film from a phone, sent by mistake

READER_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'; frame-src 'self'"
)
# Wagtail's screens carry inline scripts and styles of their own; still nothing comes from another host.
EDITOR_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'; frame-src 'self'"
)
_frame_hosts: list[str] = []


def register_frame_hosts(hosts: Iterable[str]) -> None:
    """Let pages frame these hosts (`*.example` for all below one), each once a reader has asked for it."""
    _frame_hosts.extend(f"https://{host}" for host in hosts)


def reader_policy() -> str:
    """Return the Content-Security-Policy of everything a reader gets."""
    return " ".join([READER_POLICY, *_frame_hosts])


def client_address(request: HttpRequest) -> str:
    """Return the address of the person, as the outermost of our TRUSTED_PROXIES saw it.

    What stands further left in X-Forwarded-For was written by the client and is not believed.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    count = settings.TRUSTED_PROXIES
    return hops[-count] if 0 < count <= len(hops) else direct


class RequestLogMiddleware(RequestMiddleware):
    """One line of log per request, under an id that the answer also carries as X-Request-ID."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Note the believed address, not the one a header claims."""
        structlog.contextvars.bind_contextvars(ip=client_address(request))

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """Name the request in the answer, then log it."""
        response["X-Request-ID"] = structlog.contextvars.get_contextvars().get("request_id", "")
        super().handle_response(request, response)


def limit_body(get_response: Answer) -> Answer:
    """Refuse a body larger than any upload may be: nothing of it is kept or parsed (middleware)."""

    def refuse_or_answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.BODY_MAX_SIZE:
            _swallow(request, int(length))
            return too_large(request)
        return get_response(request)

    return refuse_or_answer


def _swallow(request: HttpRequest, length: int) -> None:
    # A browser shows our answer only after it has sent everything; from a flood we turn away instead.
    if length > SWALLOW_MAX:
        return
    try:
        while request.read(64 * 1024):
            pass
    except OSError:
        pass  # the sender has gone


def restrict_sources(get_response: Answer) -> Answer:
    """Tell the browser to load nothing from another host (Content-Security-Policy; middleware)."""

    def answer_with_policy(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A logged-in person's public page carries Wagtail's user bar, which needs the editor's policy.
        edits = request.path.startswith("/admin/") or settings.SESSION_COOKIE_NAME in request.COOKIES
        policy = " ".join([EDITOR_POLICY, *_frame_hosts]) if edits else reader_policy()
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return answer_with_policy
