"""What a reader sees when there is nothing at an address."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from cms.publishing.kinds import redirects
from cms.publishing.lookup import lookup_for
from cms.publishing.office import office_for_request
from news import listing


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with the office's own page, or lead on from an address a page has left.

    A host no office answers to gets a plain page.
    """
    try:
        office = office_for_request(request)
    except Http404:
        return render(request, "errors/no_office.html", status=404, using="jinja2")
    way = next((way for way in redirects.ways_of(office) if way.path == request.path), None)
    if way is None:
        return show_not_found(request)
    return HttpResponsePermanentRedirect(way.target) if way.target else show_gone(request)


def show_not_found(request: HttpRequest) -> HttpResponse:
    """Show the page for an address where nothing is."""
    return _show(request, "errors/not_found.html", 404)


def show_gone(request: HttpRequest) -> HttpResponse:
    """Show the page for an address whose page was taken down."""
    return _show(request, "errors/gone.html", 410)


def _show(request: HttpRequest, template: str, status: int) -> HttpResponse:
    office = office_for_request(request)
    context = {
        "office": office,
        "look": lookup_for(request, office),
        "index": listing.news_index(office),
    }
    return render(request, template, context, status=status, using="jinja2")
