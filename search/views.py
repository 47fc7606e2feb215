"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.publishing.lookup import Lookup
from cms.publishing.office import office_for_request


def results(request: HttpRequest) -> HttpResponse:
    """Show the articles that carry the reader's words, newest first."""
    office = office_for_request(request)
    context = {"office": office, "look": Lookup(office.epoch, office.hostname), "query": "", "cards": []}
    return render(request, "search/results.html", context, using="jinja2")
