"""From a query string to a queryset: filters, search, order, pagination."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.utils import BadRequestError
from wagtail.models import Page

from cms.api.parameters import whole
from search import asking, engine

LIMIT = 20
LIMIT_MAX = 100
OFFSET_MAX = 1_000_000


class ByField(BaseFilterBackend):
    """`?section=berita-terkini&kind=news&published_at=2022-05`."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view) -> QuerySet:  # noqa: ANN001
        """Apply each filter that was given."""
        for name, narrow in view.filters_of(queryset.model).items():
            if name in request.GET:
                queryset = narrow(queryset, request.GET[name], view.office.zone)
        return queryset


class ByWords(BaseFilterBackend):
    """`?search=rapat pleno`: articles through the reader's search, files by their title."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view) -> QuerySet:  # noqa: ANN001
        """Keep what carries all words."""
        if "search" not in request.GET:
            return queryset
        question = asking.read(request.GET["search"])
        if not question.words:
            raise BadRequestError(question.message)
        if issubclass(queryset.model, Page):
            return engine.matching(queryset, question.words)
        for word in question.words:
            queryset = queryset.filter(title__icontains=word)
        return queryset


class InOrder(BaseFilterBackend):
    """`?order=-published_at,title`; what is equal stands in the order of ids, so that pages never overlap."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view) -> QuerySet:  # noqa: ANN001
        """Order as asked, or as the type is ordered by itself."""
        known = view.orders_of(queryset.model)
        asked = request.GET.get("order")
        if asked is None:
            return queryset
        columns = []
        for part in asked.split(","):
            name = part.removeprefix("-")
            if name not in known:
                raise BadRequestError(
                    _("Urutan %(asked)s tidak dikenal. Yang berlaku di sini: %(known)s.")
                    % {"asked": part, "known": ", ".join(sorted(known))}
                )
            columns.append(("-" if part.startswith("-") else "") + known[name])
        return queryset.order_by(*columns, "-pk" if asked.startswith("-") else "pk")


class Pagination(WagtailPagination):
    """`?limit=20&offset=40`, both bounded."""

    def paginate_queryset(self, queryset: QuerySet, request: Request, view=None) -> list:  # noqa: ANN001
        """Return the rows of one page as a list, and remember the total."""
        offset = whole("offset", request.GET.get("offset", "0"), OFFSET_MAX)
        limit = whole("limit", request.GET.get("limit", str(LIMIT)), LIMIT_MAX)
        self.view = view
        self.total_count = queryset.count()
        return list(queryset[offset : offset + limit])
