"""The one door of the management API: who has no token that works stays outside, whatever the address behind it."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import unquote

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts.models import User
from cms.api.management.refusing import problem
from cms.formats.row_numbers import read_row_number
from cms.publishing.writing import is_stored_whole

View = Callable[..., HttpResponse]
_DESK = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


def tokens_only(view: View) -> View:
    """Wrap a view: it answers the bearer of a token alone, about the pages on that person's desk, and whole.

    Wagtail asks for a token at each operation by itself, takes a wrong one for nobody's where it lets anybody
    read, and does not ask on whose desk a page lies before it is copied.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        made = _refused(request, kwargs.get("page_id")) or _whole(
            request, lambda: view(request, *args, **kwargs)
        )
        if made.status_code == 405:
            made = problem(
                405, _("Alamat ini tidak dapat dipakai dengan cara %(method)s.") % _method(request)
            )
        made["Cache-Control"] = "no-store"
        return made

    return answer


def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer every address below the API that leads nowhere."""
    return problem(404, _("Alamat API ini tidak ada. Daftarnya di /api/v3/docs/."))


def _refused(request: HttpRequest, page_id: object) -> HttpResponse | None:
    request.user = AnonymousUser()  # a session does not count
    if not BearerTokenAuth()(request):
        words = _(
            "Alamat ini hanya untuk pemegang token yang masih berlaku. Kirim kepala Authorization: Bearer <token>;"
            " token dibuat administrator di Pengaturan > Token API."
        )
        made = problem(401, words)
        made["WWW-Authenticate"] = 'Bearer realm="warta"'
        return made
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return problem(403, _("Akun pemilik token tidak dapat masuk ke ruang redaksi."))
    if "\0" in unquote(
        request.META.get("QUERY_STRING", "")
    ):  # no database holds it, and PostgreSQL fails on it
        return problem(400, _("Alamat ini memuat huruf yang tidak dapat dibaca."))
    if page_id is not None and not _is_on_desk(request.user, str(page_id)):
        return problem(404, _("Halaman ini tidak ada, atau bukan milik kantor Anda."))
    return None


def _is_on_desk(user: User, page_id: str) -> bool:
    number = read_row_number(page_id)
    if number is None:
        return False
    own = PagePermissionPolicy(Page).instances_user_has_any_permission_for(user, _DESK)
    return own.filter(pk=number).exists()


def _whole(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """What is refused half way leaves nothing behind: the API answers an error instead of raising it."""
    if not is_stored_whole(request):
        return view()
    with transaction.atomic():
        made = view()
        if made.status_code >= 400:
            transaction.set_rollback(True)
    return made


def _method(request: HttpRequest) -> dict[str, str]:
    return {"method": str(request.method)}
