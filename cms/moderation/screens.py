"""Wagtail's screens that name pages without asking whose they are, closed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from cms.moderation.seeing import is_known_to


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
            if not pk.isdecimal() or not is_known_to(request.user, int(pk)):  # ty: ignore[invalid-argument-type]
                raise Http404
        return super().get(request)


class PageTypesView(PageTypesUsageReportView):
    """The report of page types, which names the last page edited anywhere: for administrators alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse everybody else."""
        if not request.user.is_superuser:  # ty: ignore[unresolved-attribute]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
