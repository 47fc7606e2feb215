"""The front page of an office, and its standard pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.publishing.lookup import Lookup
from cms.publishing.office import office_for_request
from home.models import HomePage, StandardPage
from news import listing

NEWEST = 12


def front(request: HttpRequest, page: HomePage) -> HttpResponse:
    """Show the newest news of the office: one story large, the pinned first, the rest as cards."""
    office = office_for_request(request)
    look = Lookup(office.epoch, office.hostname, office.zone)
    cards = listing.front_cards(office, look, NEWEST)
    context = {
        "page": page,
        "office": office,
        "look": look,
        "cards": cards,
        "sections": listing.sections(office),
    }
    return render(request, "home/home_page.html", context, using="jinja2")


def standard(request: HttpRequest, page: StandardPage) -> HttpResponse:
    """Show a standard page with its trail and the pages below it."""
    office = office_for_request(request)
    look = Lookup(office.epoch, office.hostname, office.zone)
    ancestors = (
        page.get_ancestors().filter(depth__gt=len(office.path) // page.steplen).live() if page.pk else []
    )
    context = {
        "page": page,
        "office": office,
        "look": look,
        "trail": [
            (ancestor.title, f"/{ancestor.url_path[len(office.url_path) :]}") for ancestor in ancestors
        ],
    }
    return render(request, "home/standard_page.html", context, using="jinja2")
