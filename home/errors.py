"""What a reader sees when there is nothing at an address."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render

from cms.publishing.lookup import lookup_for
from cms.publishing.office import office_for_request
from cms.publishing.ways import way_at
from news import listing
from news.correction_views import withdrawn


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with the office's own page, or lead on from an address a page has left.

    A host no office answers to gets a plain page.
    """
    try:
        office = office_for_request(request)
    except Http404:
        return render(request, "errors/no_office.html", status=404, using="jinja2")
    way = way_at(office, request.path)
    if way is None:
        return show_not_found(request)
    if way.is_notice:
        return withdrawn(request, way.folder)
    if way.target is None:
        return show_gone(request)
    moved = HttpResponseRedirect if way.is_for_now else HttpResponsePermanentRedirect
    return moved(_asked(request, way.target))


def _asked(request: HttpRequest, target: str) -> str:
    """Return where a redirect leads with what was asked of the old address."""
    asked = request.META.get("QUERY_STRING", "")
    return f"{target}?{asked}" if asked and "?" not in target else target


def show_not_found(request: HttpRequest) -> HttpResponse:
    """Show the page for an address where nothing is."""
    return _show(request, "errors/not_found.html", 404)


def show_gone(request: HttpRequest) -> HttpResponse:
    """Show the page for an address whose page was taken down."""
    return _show(request, "errors/gone.html", 410)


def show_unavailable(request: HttpRequest) -> HttpResponse:
    """Show what stands at the address of a page that cannot be rendered and never could."""
    return _show(request, "errors/unavailable.html", 503)


def _show(request: HttpRequest, template: str, status: int) -> HttpResponse:
    office = office_for_request(request)
    context = {
        "office": office,
        "look": lookup_for(request, office),
        "index": listing.news_index(office),
        "has_place": False,
    }
    return render(request, template, context, status=status, using="jinja2")
