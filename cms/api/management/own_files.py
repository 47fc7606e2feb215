"""Which pictures, documents and redirects the bearer of a token is told of: those of their own office."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.api.v3 import router as documents
from wagtail.images.api.v3 import router as images
from wagtail.permissions import policy_registry

from cms.api.management.refusing import problem
from cms.media.models import Document, Image

_KEEPING = {"add", "change", "delete", "view"}
_ANY = ("add", "change", "delete", "choose")
Rows = Callable[[HttpRequest], QuerySet]


def narrow_files() -> None:
    """Put our lists in the place of Wagtail's, which hold the files of every office (its routers ask by name)."""
    images.get_images_queryset = _of_own_rooms(Image, images.get_images_queryset)
    documents.get_documents_queryset = _of_own_rooms(Document, documents.get_documents_queryset)


def for_keepers_of_redirects(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view of redirects, which Wagtail tells to anybody: only who keeps them needs the list."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not policy_registry.get_by_type(Redirect).user_has_any_permission(request.user, _KEEPING):
            return problem(403, _("Pengalihan alamat hanya untuk administrator."))
        return view(request, *args, **kwargs)

    return answer


def _of_own_rooms(model: type[Model], rows: Rows) -> Rows:
    @wraps(rows)
    def own(request: HttpRequest) -> QuerySet:
        policy = policy_registry.get_by_type(model)
        known = policy.instances_user_has_any_permission_for(request.user, _ANY)
        return rows(request).filter(pk__in=known.order_by().values("pk"))

    return own
