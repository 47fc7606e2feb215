"""Wagtail's explorer, opened at a page that lies in the trash: there is nothing to explore, only to restore."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page

from cms.moderation.trash.hiding import lies_in_trash

_explore = page_viewset_registry.as_view("index", parent_page_id_kwarg="parent_page_id")
_results = page_viewset_registry.as_view("index_results", parent_page_id_kwarg="parent_page_id")


@never_cache
def explore(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    """Answer as Wagtail does, or lead to the screen "Sampah"."""
    if lies_in_trash(get_object_or_404(Page, pk=parent_page_id)):
        return redirect("trash")
    return _explore(request, parent_page_id=parent_page_id)


@never_cache
def explore_results(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    """Do the same for the part of the explorer that is fetched while somebody filters."""
    if lies_in_trash(get_object_or_404(Page, pk=parent_page_id)):
        return redirect("trash")
    return _results(request, parent_page_id=parent_page_id)
