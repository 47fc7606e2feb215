"""How every answer of the read API leaves: open to every site, cacheable, without a cookie, always JSON."""

import functools
import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

FRESH = 60  # seconds a shared cache may answer by itself

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Wrap a view: CORS, a strong ETag made of the bytes, Cache-Control, 304 for who has them already."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        made = HttpResponse(status=204) if request.method == "OPTIONS" else view(request, *args, **kwargs)
        if getattr(made, "is_rendered", True) is False:
            made.render()  # ty: ignore[unresolved-attribute]
        if made.status_code == 200:
            etag = f'"{hashlib.blake2b(made.content, digest_size=16).hexdigest()}"'
            made["Cache-Control"] = f"public, max-age={FRESH}"
            made["ETag"] = etag
            made = get_conditional_response(request, etag=etag, response=made) or made
        elif made.status_code >= 400:
            made["Cache-Control"] = "no-store"
        made["Access-Control-Allow-Origin"] = "*"
        made["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        if request.method == "OPTIONS":
            made["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            made["Access-Control-Allow-Headers"] = "If-None-Match, Content-Type"
            made["Access-Control-Max-Age"] = "86400"
        return made

    return answer


@csrf_exempt
@public
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer every other address below /api/: the way to one with its slash, or a 404 in JSON."""
    if not request.path.endswith("/") and request.method in ("GET", "HEAD"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{request.path}/{'?' if query else ''}{query}")
    return JsonResponse({"message": _("Alamat API ini tidak ada. Mulailah dari /api/v2/pages/.")}, status=404)
