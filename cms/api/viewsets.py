"""Wagtail's read API at /api/v2/, narrowed to what anybody may see and hardened against what anybody may ask."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import structlog
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api import APIField
from wagtail.api.v2.filters import AncestorOfFilter, ChildOfFilter, DescendantOfFilter
from wagtail.api.v2.utils import BadRequestError, page_models_from_string
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page, Site

from cms.api import parameters, visible
from cms.api.narrowing import ByField, ByWords, InOrder, Pagination
from cms.publishing.office import Office, office_for_request
from news.models import NewsArticlePage
from news.representing import picture, told, widest
from news.shelf import Shelf

_log = structlog.get_logger(__name__)


class AlwaysJson(BaseContentNegotiation):
    """Answer JSON whatever the client says it accepts."""

    def select_parser(self, request: Request, parsers: list) -> None:
        """Read no body."""

    def select_renderer(self, request: Request, renderers: list, format_suffix: str | None = None) -> tuple:
        """Return the only renderer."""
        return renderers[0], renderers[0].media_type


class Reading(BaseAPIViewSet):
    """What the three endpoints share: anonymous, JSON, strict about parameters, never a page of HTML."""

    renderer_classes = [JSONRenderer]
    authentication_classes = []
    permission_classes = []
    content_negotiation_class = AlwaysJson
    pagination_class = Pagination
    filter_backends = [ByField, InOrder, ByWords]
    http_method_names = ["get", "head"]
    listing_parameters = frozenset({"limit", "offset", "fields", "order", "search"})
    finding_parameters = frozenset({"id"})

    @cached_property
    def office(self) -> Office:
        """The office the Host names."""
        return office_for_request(self.request._request)

    def filters_of(self, model: type) -> Mapping[str, parameters.Filter]:
        """Return the filters of a list of `model`."""
        return parameters.FILE_FILTERS

    def orders_of(self, model: type) -> Mapping[str, str]:
        """Return what a list of `model` may be ordered by."""
        return parameters.FILE_ORDERS

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse an unknown host, unknown parameters and ids no database holds, before anything is asked."""
        super().initial(request, *args, **kwargs)
        office_for_request(request._request)
        if self.action == "listing_view":
            model = self.listed_model()
            allowed = self.listing_parameters | self.filters_of(model).keys()
        else:
            allowed = {"fields"} | (self.finding_parameters if self.action == "find_view" else set())
        parameters.check(request.GET, frozenset(allowed))
        if int(self.kwargs.get("pk", 0)) > parameters.NUMBER_MAX:
            raise Http404

    def listed_model(self) -> type:
        """Return the model a list is of."""
        return self.get_queryset().model

    def check_query_parameters(self, queryset: QuerySet) -> None:
        """Do nothing: `initial` has checked already."""

    def get_queryset(self) -> QuerySet:
        """Return the files public pages of the office show."""
        return visible.files(self.model, self.office).prefetch_related("tags")

    def find_object(self, queryset: QuerySet, request: Request) -> object:
        """Find by id."""
        if "id" not in request.GET:
            raise BadRequestError(
                _("Sebutkan yang dicari: %(known)s.") % {"known": ", ".join(sorted(self.finding_parameters))}
            )
        return queryset.get(pk=parameters.whole("id", request.GET["id"]))

    def paginate_queryset(self, queryset: QuerySet) -> list:
        """Read one page of the list, and shelve what its rows point at."""
        self.shown = super().paginate_queryset(queryset)
        return self.shown

    def get_object(self) -> Any:
        """Read one, and shelve what it points at."""
        if not hasattr(self, "shown"):
            self.shown = [super().get_object()]
        return self.shown[0]

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the shelf."""
        return super().get_serializer_context() | {"shelf": self.shelf_of(self.shown)}

    def shelf_of(self, shown: list) -> Shelf:
        """Return a shelf for files."""
        return Shelf(self.office, images=[row.pk for row in shown])

    def get_renderer_context(self) -> dict[str, Any]:
        """Write compact JSON."""
        return super().get_renderer_context() | {"indent": None}

    def handle_exception(self, exc: Exception) -> Response:
        """Answer every error as `{"message": ...}`."""
        if isinstance(exc, BadRequestError):
            return Response({"message": str(exc)}, status=400)
        if isinstance(exc, Http404):
            return Response({"message": _("Tidak ada, atau tidak terbuka untuk umum.")}, status=404)
        if isinstance(exc, APIException):
            return Response({"message": str(exc.detail)}, status=exc.status_code)
        _log.exception("api.failed", exc_info=exc)
        return Response({"message": _("Terjadi kesalahan di pihak kami.")}, status=500)


class Pages(Reading, PagesAPIViewSet):
    """Live, public pages of the office the Host names."""

    filter_backends = [ByField, ChildOfFilter, AncestorOfFilter, DescendantOfFilter, InOrder, ByWords]
    listing_parameters = Reading.listing_parameters | {"type", "child_of", "ancestor_of", "descendant_of"}
    finding_parameters = frozenset({"id", "html_path"})
    # An alias would tell the title of its source, which may be a draft.
    meta_fields = [name for name in PagesAPIViewSet.meta_fields if name != "alias_of"]
    model = Page

    def filters_of(self, model: type) -> Mapping[str, parameters.Filter]:
        """Return the filters of a page type."""
        return parameters.page_filters(model)

    def orders_of(self, model: type) -> Mapping[str, str]:
        """Return the orders of a page type."""
        return parameters.page_orders(model)

    def listed_model(self) -> type:
        """Return the one type asked for, or Page."""
        types = self._types()
        return types[0] if len(types) == 1 else Page

    def get_root_page(self) -> Page:
        """Return the office's front page."""
        return Site.find_for_request(self.request._request).root_page

    def get_base_queryset(self) -> QuerySet:
        """Return what anybody may read here."""
        return visible.pages(self.office)

    def get_queryset(self) -> QuerySet:
        """Return the public pages of the types asked for; articles newest first."""
        types = self._types() if self.action == "listing_view" else ()
        if types == (NewsArticlePage,):
            return (
                NewsArticlePage.objects.readable_in(self.office)
                .newest_first()
                .select_related("section", "locale")
            )
        found = self.get_base_queryset().order_by("path")
        if len(types) == 1:
            found = types[0].objects.filter(pk__in=found.values("pk")).order_by("path")
        elif types:
            found = found.type(*types)
        return found.select_related("locale")

    def detail_view(self, request: Request, pk: int) -> Response:
        """Answer with one page and the time it was last published."""
        answer = super().detail_view(request, pk)
        if moment := self.get_object().last_published_at:
            answer["Last-Modified"] = http_date(moment.timestamp())
        return answer

    def find_object(self, queryset: QuerySet, request: Request) -> object:
        """Find by id, or by the path of the page's address."""
        if "html_path" not in request.GET:
            return super().find_object(queryset, request)
        parts = [part for part in request.GET["html_path"].split("/") if part]
        return queryset.get(url_path=self.office.url_path + "".join(f"{part}/" for part in parts))

    def shelf_of(self, shown: list) -> Shelf:
        """Return a shelf for pages."""
        return Shelf(self.office, pages=shown)

    def _types(self) -> tuple[type, ...]:
        """Return the page types asked for.

        Raises BadRequestError for a type that does not exist.
        """
        asked = self.request.GET.get("type", "")
        try:
            return page_models_from_string(asked) if asked else ()
        except (LookupError, ValueError):
            raise BadRequestError(
                _("Jenis halaman %(asked)s tidak ada. Contoh: news.NewsArticlePage.") % {"asked": asked[:100]}
            ) from None


def _address(row: Model, shelf: Shelf) -> str | None:
    url = widest(shelf.look.picture(row.pk))
    return url and f"{shelf.office.root_url}{url}"


_download = told("download_url", _address)
_tags = told("tags", lambda row, shelf: sorted(tag.name for tag in row.tags.all()))


class Files(Reading):
    """What images and documents share."""

    @classmethod
    def get_field_serializer_overrides(cls, model: type) -> dict[str, Any]:
        """Tell tags from what was read ahead."""
        return super().get_field_serializer_overrides(model) | {"tags": _tags.serializer}


class Images(Files, ImagesAPIViewSet):
    """Pictures that public pages of the office show."""

    filter_backends = Reading.filter_backends
    body_fields = [
        *ImagesAPIViewSet.body_fields,
        APIField("description"),
        APIField("credit"),
        told(
            "renditions", lambda row, shelf: (picture(shelf.look.picture(row.pk)) or {}).get("renditions", [])
        ),
        APIField("created_at"),
    ]

    @classmethod
    def get_field_serializer_overrides(cls, model: type) -> dict[str, Any]:
        """Let `download_url` name what a reader gets, not the original, which only the office sees."""
        return super().get_field_serializer_overrides(model) | {"download_url": _download.serializer}

    def get_queryset(self) -> QuerySet:
        """Return the pictures public pages show."""
        return Reading.get_queryset(self)


class Documents(Files, DocumentsAPIViewSet):
    """Documents that public pages of the office offer."""

    filter_backends = Reading.filter_backends
    body_fields = [
        *DocumentsAPIViewSet.body_fields,
        *map(APIField, ("official_number", "official_date", "page_count", "file_size", "created_at")),
    ]

    def get_queryset(self) -> QuerySet:
        """Return the documents public pages offer."""
        return Reading.get_queryset(self)
