"""`?offset=` of the management API: as far as a list can be read, and no database fails on it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja.errors import ValidationError
from wagtail.api.v3.pagination import WagtailLimitOffsetPagination

from cms.api.parameters import NUMBER_MAX

_turn = WagtailLimitOffsetPagination.paginate_queryset


def stay_within_lists() -> None:
    """Put our paging in the place of Wagtail's, which lets an offset be any number."""
    WagtailLimitOffsetPagination.paginate_queryset = _within


def _within(
    paging: WagtailLimitOffsetPagination,
    queryset: QuerySet,
    pagination: Any,
    request: HttpRequest,
    **more: Any,
) -> dict[str, Any]:
    if pagination.offset > NUMBER_MAX:
        raise ValidationError([{"type": "less_than_equal", "loc": ["query", "offset"]}])
    return _turn(paging, queryset, pagination, request, **more)
