"""Doors that only show something: whatever is sent to them is refused in one plain sentence."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
ALLOWED = ", ".join(SAFE)


def refusal() -> str:
    """Return what whoever sends something to such a door is told."""
    return _("Alamat ini hanya dapat dibaca, tidak menerima kiriman. Buka lagi tanpa mengirim formulir.")


def reading_only(view: View) -> View:
    """Return `view`, answering 405 to anything but reading, and OPTIONS with what may be asked.

    Nothing is taken in, so no form's token is asked for: without one a reader would be told of an old form.
    """

    @wraps(view)
    def _shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ALLOWED})
        return HttpResponseNotAllowed(SAFE, refusal(), content_type="text/plain; charset=utf-8")

    return csrf_exempt(_shown)
