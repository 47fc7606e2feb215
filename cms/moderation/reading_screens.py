"""Wagtail's screens of drafts and histories, open to who may only read: Wagtail asks for the right to change."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.preview import ViewDraftView
from wagtail.admin.views.pages.revisions import RevisionsCompareView, RevisionsView
from wagtail.models import Page

from cms.moderation.reading_policy import READ
from cms.moderation.seeing import may_read


class _ReadPage:
    """Finds the page for whoever may read it."""

    request: HttpRequest
    pk: int

    def get_object(self, queryset: Any = None) -> Page:
        """Return the page; raises PermissionDenied."""
        return _readable(self.request, self.pk)


def _readable(request: HttpRequest, pk: int) -> Page:
    page = get_object_or_404(Page, pk=pk).specific
    if not may_read(request.user, page):  # ty: ignore[invalid-argument-type]
        raise PermissionDenied
    return page


class ReadHistoryView(_ReadPage, PageHistoryView):
    """The history of a page."""

    any_permission_required = ("add", "change", "publish", READ)


class ReadRevisionView(_ReadPage, RevisionsView):
    """An earlier text of a page."""


class ReadComparisonView(_ReadPage, RevisionsCompareView):
    """What changed between two texts."""


class ReadDraftView(ViewDraftView):
    """The newest text of a page."""

    def dispatch(self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it as readers would see it."""
        page = _readable(request, page_id).get_latest_revision_as_object()
        mode = request.GET.get("mode", page.default_preview_mode)
        if mode not in dict(page.preview_modes):
            raise PermissionDenied
        return page.make_preview_request(request, mode)
