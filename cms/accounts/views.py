"""Pages for somebody, or something, that is not let through."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form has grown old (or cookies are off), and how to send it again."""
    return render(request, "accounts/csrf.html", status=403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this person may not open this page, and who may help."""
    return render(request, "accounts/forbidden.html", status=403)


def too_large(request: HttpRequest) -> HttpResponse:
    """Say how large a file may be: as a page, or as JSON to a script that sent it."""
    words = _(
        "Berkas yang dikirim terlalu besar: paling besar %(largest)s tiap berkas."
        " Perkecil atau bagi berkasnya, lalu unggah lagi."
    ) % {"largest": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)}
    if _is_script(request):
        # Wagtail's uploader shows `error_message` of an answer with status 200 only.
        status = 200 if request.path.endswith("/multiple/add/") else 413
        return JsonResponse({"success": False, "error_message": words, "message": words}, status=status)
    return render(request, "accounts/too_large.html", {"words": words}, status=413)


def busy(request: HttpRequest) -> HttpResponse:
    """Say that somebody else's long work holds the database, and that nothing of what was sent is stored."""
    words = _("Basis data sedang dipakai pekerjaan lain yang panjang. Kiriman Anda belum tersimpan.")
    if _is_script(request):
        answer: HttpResponse = JsonResponse(
            {"success": False, "error_message": words, "message": words}, status=503
        )
    else:
        answer = render(request, "accounts/busy.html", {"words": words}, status=503)
    answer["Retry-After"] = "10"
    return answer


def _is_script(request: HttpRequest) -> bool:
    is_marked = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return is_marked or "json" in request.headers.get("Accept", "")
