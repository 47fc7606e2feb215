"""The front page of an office, and its standard pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.publishing import recording
from cms.publishing.lookup import Lookup, lookup_for
from cms.publishing.office import Link, Office, office_for_request
from cms.publishing.restrictions import open_pages
from home.family import family_of
from home.models import HomePage, StandardPage
from news import listing
from news.branch import child_office_cards
from news.cards import Card

NEWEST = 10  # the lead story and three rows of three
ANNOUNCEMENTS = 4
BELOW = 6  # of the offices below: two rows of three


def front(request: HttpRequest, page: HomePage) -> HttpResponse:
    """Show the newest news of the office: one story large, the pinned first, announcements beside it."""
    office = office_for_request(request)
    look = lookup_for(request, office)
    stories, announcements = _front_lists(office, look)
    context = {
        "page": page,
        "office": office,
        "look": look,
        "story": stories[0] if stories else None,
        "cards": stories[1:],
        "announcements": announcements,
        "below": child_office_cards(office, look, BELOW),
        "sections": listing.sections(office),
        "index": listing.news_index(office),
        "family": family_of(office),
    }
    return render(request, "home/home_page.html", context, using="jinja2")


def _front_lists(office: Office, look: Lookup) -> tuple[list[Card], list[Card]]:
    """Return stories and announcements; nothing stands on the page twice, and a pinned notice leads."""
    cards = listing.front_cards(office, look, NEWEST + ANNOUNCEMENTS)
    pinned = {card.id for card in cards if card.is_pinned}
    beside = [card for card in listing.announcements(office, look, ANNOUNCEMENTS) if card.id not in pinned]
    shown = {card.id for card in beside}
    return [card for card in cards if card.id not in shown][:NEWEST], beside


def standard(request: HttpRequest, page: StandardPage) -> HttpResponse:
    """Show a standard page with its trail and the pages below it."""
    office = office_for_request(request)
    look = lookup_for(request, office)
    context = {
        "page": page,
        "office": office,
        "look": look,
        "trail": _trail(page, office),
        "below": _below(page, office),
    }
    return render(request, "home/standard_page.html", context, using="jinja2")


def _below(page: StandardPage, office: Office) -> list[Link]:
    if not page.pk:
        return []
    recording.note(f"below:{page.path}")
    with recording.reading():
        return _links(open_pages(page.get_children(), office.epoch), office)


def _trail(page: StandardPage, office: Office) -> list[Link]:
    with recording.reading():
        above = (
            page.get_ancestors().filter(depth__gt=len(office.path) // page.steplen).live() if page.pk else []
        )
        pages = list(above)
    for each in pages:
        recording.note(f"page:{each.pk}")
    return [Link(_("Beranda"), "/"), *_links(pages, office)]


def _links(pages: object, office: Office) -> list[Link]:
    return [Link(page.title, f"/{page.url_path[len(office.url_path) :]}") for page in pages]  # ty: ignore[not-iterable]
