"""Doors that only show something: whatever is sent to them is refused in one plain sentence."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")


def reading_only(view: View) -> View:
    """Return `view`, answering 405 to anything but reading.

    Nothing is taken in, so no form's token is asked for: without one a reader would be told of an old form.
    """

    @wraps(view)
    def _shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        return HttpResponseNotAllowed(
            SAFE,
            _("Alamat ini hanya dapat dibaca, tidak menerima kiriman. Buka lagi tanpa mengirim formulir."),
            content_type="text/plain; charset=utf-8",
        )

    return csrf_exempt(_shown)
