"""What a reader sees when there is nothing at an address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cms.publishing.lookup import lookup_for
from cms.publishing.office import office_for_request
from news import listing


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with the office's own page; a host no office answers to gets a plain one."""
    try:
        office = office_for_request(request)
    except Http404:
        return render(request, "errors/no_office.html", status=404, using="jinja2")
    context = {
        "office": office,
        "look": lookup_for(request, office),
        "index": listing.news_index(office),
    }
    return render(request, "errors/not_found.html", context, status=404, using="jinja2")
