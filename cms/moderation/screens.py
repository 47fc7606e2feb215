"""Wagtail's screens that name pages without asking whose they are, closed."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.bulk_action.dispatcher import index as bulk_action
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page

from cms.formats.row_numbers import read_row_number
from cms.moderation.seeing import is_known_to, pages_known_to
from cms.moderation.trash.hiding import in_trash


class KnownBranchView(BrowseView):
    """The page chooser below a page the person may know of."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Answer 404 below any other page."""
        if parent_page_id and not is_known_to(request.user, parent_page_id):  # ty: ignore[invalid-argument-type]
            raise Http404
        return super().get(request, parent_page_id)


class KnownPagesView(ChosenMultipleView):
    """The titles of pages chosen together, if the person may know of every one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer 404 where one is another office's draft, or no number."""
        for pk in request.GET.getlist("id"):
            number = read_row_number(pk)
            if number is None or not is_known_to(request.user, number):  # ty: ignore[invalid-argument-type]
                raise Http404
        return super().get(request)


def act_on_known(request: HttpRequest, action: str) -> HttpResponse:
    """Do a bulk action to those of the ticked pages the person may know of: Wagtail names the others, to say no.

    Answers 404 where that leaves none.
    """
    found = bulk_action_registry.get_bulk_action_class("wagtailcore", "page", action)
    if found is None:
        raise Http404
    ticked, parent = request.GET.getlist("id"), request.GET.get("childOf", "")
    if "all" in ticked:
        if parent and not Page.objects.filter(pk=read_row_number(parent)).exists():
            raise Http404
        ticked = list(found(request, Page).get_all_objects_in_listing_query(parent or None))
    numbers = [number for pk in ticked if (number := read_row_number(pk)) is not None]
    known = Page.objects.filter(pages_known_to(request.user), pk__in=numbers).order_by("pk")  # ty: ignore[invalid-argument-type]
    kept = [str(pk) for pk in known.values_list("pk", flat=True)]
    if not kept:
        raise Http404
    request.GET = request.GET.copy()  # ty: ignore[invalid-assignment]
    request.GET.setlist("id", kept)  # ty: ignore[unresolved-attribute]
    return bulk_action(request, "wagtailcore", "page", action)


def make_no_snippet(request: HttpRequest, path: str) -> HttpResponse:
    """Answer 404 where Wagtail's choosers would take a new snippet: ours have no form for one, and it stumbles."""
    raise Http404


class PageTypesView(PageTypesUsageReportView):
    """The report of page types, which names the last page edited anywhere: for administrators alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse everybody else."""
        if not request.user.is_superuser:  # ty: ignore[unresolved-attribute]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[ContentType]:
        """Leave the trash out: it is no type anybody makes pages of."""
        return super().get_queryset().exclude(app_label="moderation", model="trashpage")

    def decorate_paginated_queryset(self, page_types: QuerySet[ContentType]) -> QuerySet[ContentType]:
        """Name no page that lies in a trash."""
        last = [each.last_edited_page_id for each in page_types]  # ty: ignore[unresolved-attribute]
        hidden = set(Page.objects.filter(in_trash(), pk__in=last).values_list("pk", flat=True))
        for each in page_types:
            if each.last_edited_page_id in hidden:  # ty: ignore[unresolved-attribute]
                each.last_edited_page_id = None  # ty: ignore[unresolved-attribute]
        return super().decorate_paginated_queryset(page_types)
