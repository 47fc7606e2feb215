"""The public pages about corrections and withdrawals: the register, earlier texts, and notices."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cms.publishing import recording
from cms.publishing.lookup import lookup_for
from cms.publishing.office import Office, office_for_request
from news import listing, withdrawals
from news.cards import article_url
from news.corrections import Correction
from news.models import NewsArticlePage
from news.versions import correction_of, version_of
from news.withdrawals import Withdrawal

FRONT = 30  # corrections on the front of the register; all are found by year


def _shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    office = context["office"]
    context["look"] = lookup_for(request, office)
    return render(request, template, context, status=status, using="jinja2")


def register(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show the corrections of an office: the newest, or all of a year. Raises Http404 for a year without any."""
    office = office_for_request(request)
    recording.note(f"corrections@{office.site_id}")  # a year's page too: it leads to every other year
    with recording.reading():
        articles = NewsArticlePage.objects.readable_in(office)
        rows = Correction.objects.filter(site_id=office.site_id, page__in=articles)
        years = list(rows.order_by("-year").values_list("year", flat=True).distinct())
        rows = rows.filter(year=year) if year else rows
        rows = rows.select_related("page", "answers").defer("earlier_text").order_by("-year", "-number")
        found = list(rows if year else rows[:FRONT])
    if year and not found:
        raise Http404
    entries = [(row, article_url(row.page, office)) for row in found]
    trail = listing.trail_to_news(office)[:1]
    return _shown(
        request, "news/corrections.html", office=office, entries=entries, years=years, year=year, trail=trail
    )


def version_at(
    request: HttpRequest, index_slug: str, year: int, month: int, slug: str, number: int
) -> HttpResponse:
    """Show an earlier text at its public address. Raises Http404 where readers may not read it."""
    office = office_for_request(request)
    url_path = f"{office.url_path}{index_slug}/{year:04}/{month:02}/{slug}/"
    page = get_object_or_404(NewsArticlePage.objects.readable_in(office), url_path=url_path)
    return version(request, page, number)


def version(request: HttpRequest, page: NewsArticlePage, number: int) -> HttpResponse:
    """Show an earlier text of a live article."""
    office = office_for_request(request)
    recording.note(f"page:{page.pk}")
    with recording.reading():
        correction = correction_of(page, number)
    if correction is None:
        raise Http404
    return _shown(
        request,
        "news/version.html",
        office=office,
        page=page,
        correction=correction,
        version=version_of(page, correction, office),
        article_url=article_url(page, office),
        trail=listing.trail_to_news(office),
    )


def withdrawn(request: HttpRequest, path: str) -> HttpResponse:
    """Say at the address of a withdrawn article that it was withdrawn, when and why."""
    office = office_for_request(request)
    row = withdrawals.standing(office).filter(path=path).first()
    if row is None:
        raise Http404
    return notice(request, row, office)


def notice(request: HttpRequest, row: Withdrawal, office: Office) -> HttpResponse:
    """Show the notice of one withdrawal."""
    return _shown(
        request, "errors/withdrawn.html", 410,
        office=office, withdrawal=row, index=listing.news_index(office), has_place=False,
    )  # fmt: skip
