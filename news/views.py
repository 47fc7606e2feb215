"""The public pages of the news: index, archive, section, topic, article."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.publishing.lookup import Lookup, lookup_for
from cms.publishing.office import Link, Office, office_for_request
from news import listing
from news.body import data_files
from news.models import Correction, NewsArticlePage, NewsIndexPage, Section, Topic
from news.presenting import present


def _place(request: HttpRequest) -> tuple[Office, Lookup]:
    office = office_for_request(request)
    return office, lookup_for(request, office)


def _index_at(office: Office, slug: str) -> Link:
    index = listing.news_index(office)
    if index is None or index.url != f"/{slug}/":
        raise Http404
    return index


def index(request: HttpRequest, page: NewsIndexPage) -> HttpResponse:
    """Show the newest articles and the way to older ones."""
    office, look = _place(request)
    cards, has_older = listing.newest(office, look)
    context = {
        "page": page,
        "office": office,
        "look": look,
        "cards": cards,
        "has_older": has_older,
        "months": listing.months(office),
        "sections": listing.sections(office),
        "index": listing.news_index(office),
        "trail": listing.trail_to_news(office)[:1],
    }
    return render(request, "news/news_index_page.html", context, using="jinja2")


def archive(request: HttpRequest, index_slug: str, year: int | None = None) -> HttpResponse:
    """Show the months that have articles, of one year or of all."""
    office, look = _place(request)
    index = _index_at(office, index_slug)
    months = [month for month in listing.months(office) if year in (None, month.year)]
    if not months and year is not None:
        raise Http404
    context = {
        "office": office,
        "look": look,
        "months": months,
        "year": year,
        "index": index,
        "trail": listing.trail_to_news(office),
    }
    return render(request, "news/archive.html", context, using="jinja2")


def month(request: HttpRequest, index_slug: str, year: int, month: int) -> HttpResponse:
    """Show a whole month."""
    office, look = _place(request)
    index = _index_at(office, index_slug)
    months = listing.months(office)
    here = next(
        (place for place, known in enumerate(months) if (known.year, known.month) == (year, month)), None
    )
    if here is None:
        raise Http404
    context = {
        "office": office,
        "look": look,
        "index": index,
        "month": months[here],
        "newer": months[here - 1] if here else None,
        "older": months[here + 1] if here + 1 < len(months) else None,
        "cards": listing.of_month(office, look, year, month),
        "trail": [*listing.trail_to_news(office), Link(_("Arsip"), f"{index.url}arsip/")],
    }
    return render(request, "news/month.html", context, using="jinja2")


def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest articles of a section."""
    office, look = _place(request)
    found = get_object_or_404(Section, site_id=office.site_id, slug=slug)
    cards, has_older = listing.newest(office, look, section=found)
    context = {
        "office": office,
        "look": look,
        "section": found,
        "sections": listing.sections(office),
        "cards": cards,
        "has_older": has_older,
        "index": listing.news_index(office),
        "trail": listing.trail_to_news(office),
    }
    return render(request, "news/section.html", context, using="jinja2")


def topics(request: HttpRequest) -> HttpResponse:
    """Show the topics the office has written about."""
    office, look = _place(request)
    context = {
        "office": office,
        "look": look,
        "topics": listing.topics(office),
        "trail": listing.trail_to_news(office),
    }
    return render(request, "news/topics.html", context, using="jinja2")


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest articles of a topic."""
    office, look = _place(request)
    found = get_object_or_404(Topic, slug=slug)
    cards, has_older = listing.newest(office, look, topic=found)
    context = {
        "office": office,
        "look": look,
        "topic": found,
        "cards": cards,
        "has_older": has_older,
        "index": listing.news_index(office),
        "trail": [*listing.trail_to_news(office), Link(_("Topik"), "/topik/")],
    }
    return render(request, "news/topic.html", context, using="jinja2")


def article(request: HttpRequest, page: NewsArticlePage) -> HttpResponse:
    """Show an article, live or unsaved."""
    office, look = _place(request)
    return render(request, "news/news_article_page.html", vars(present(page, office, look)), using="jinja2")


def article_at(request: HttpRequest, index_slug: str, year: int, month: int, slug: str) -> HttpResponse:
    """Answer an article's public address in two queries and what `present` needs.

    Raises Http404 for anything that is not live and open to everybody at exactly this address.
    """
    office = office_for_request(request)
    url_path = f"{office.url_path}{index_slug}/{year:04}/{month:02}/{slug}/"
    corrections = Correction.objects.filter(page=OuterRef("pk"))
    articles = NewsArticlePage.objects.readable_in(office).select_related("section")
    page = get_object_or_404(articles.annotate(has_corrections=Exists(corrections)), url_path=url_path)
    return article(request, page)


def data_file(request: HttpRequest, path: str, name: str) -> HttpResponse:
    """Answer with a file that stands beside a page: the CSV of one of its tables or charts.

    Raises Http404 for a page readers cannot open and for a table it does not have.
    """
    office, _look = _place(request)
    pages = Page.objects.live().public().filter(url_path=f"{office.url_path}{path}/")
    page = get_object_or_404(pages).specific
    files = data_files(page.body.raw_data) if hasattr(page, "body") else []
    found = next((file.content for file in files if file.name == name), None)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="text/csv; charset=utf-8")
