"""The public pages of the news: index, archive, section, topic."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.publishing.lookup import Lookup, lookup_for
from cms.publishing.office import Link, Office, office_for_request
from news import listing
from news.article_lists import ArticleList
from news.cards import section_url, topic_url
from news.models import NewsIndexPage, Section, Topic
from news.months import around_month, around_year, months_of


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
        "months": months_of(ArticleList(office)),
        "sections": listing.sections(office),
        "index": listing.news_index(office),
        "trail": listing.trail_to_news(office)[:1],
    }
    return render(request, "news/news_index_page.html", context, using="jinja2")


def archive(request: HttpRequest, index_slug: str, year: int | None = None) -> HttpResponse:
    """Show the months that have articles, of one year or of all."""
    office, look = _place(request)
    index = _index_at(office, index_slug)
    return _archive(request, ArticleList(office), look, index.url, listing.trail_to_news(office), year)


def section_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the months in which a section has articles."""
    office, look = _place(request)
    found = _section_at(office, slug)
    trail = [*listing.trail_to_news(office), Link(found.name, section_url(slug))]
    return _archive(request, ArticleList(office, section=found), look, section_url(slug), trail)


def topic_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the months in which a topic has articles."""
    office, look = _place(request)
    found = _topic_at(office, slug)
    trail = [*_trail_to_topics(office), Link(found.name, topic_url(slug))]
    return _archive(request, ArticleList(office, topic=found), look, topic_url(slug), trail)


def _archive(
    request: HttpRequest,
    listed: ArticleList,
    look: Lookup,
    url: str,
    trail: list[Link],
    year: int | None = None,
) -> HttpResponse:
    months = months_of(listed, year)
    if not months and (year is not None or listed.section or listed.topic):
        raise Http404
    newer, older = around_year(listed, year) if year is not None else (None, None)
    context = {
        "office": listed.office,
        "look": look,
        "months": months,
        "year": year,
        "newer": newer,
        "older": older,
        "url": url,
        "subject": listed.subject,
        "has_years": not (listed.section or listed.topic),
        "trail": trail,
    }
    return render(request, "news/archive.html", context, using="jinja2")


def month(request: HttpRequest, index_slug: str, year: int, month: int) -> HttpResponse:
    """Show a whole month."""
    office, look = _place(request)
    index = _index_at(office, index_slug)
    return _month(request, ArticleList(office), look, index.url, listing.trail_to_news(office), (year, month))


def section_month(request: HttpRequest, slug: str, year: int, month: int) -> HttpResponse:
    """Show a whole month of a section."""
    office, look = _place(request)
    found = _section_at(office, slug)
    trail = [*listing.trail_to_news(office), Link(found.name, section_url(slug))]
    return _month(request, ArticleList(office, section=found), look, section_url(slug), trail, (year, month))


def topic_month(request: HttpRequest, slug: str, year: int, month: int) -> HttpResponse:
    """Show a whole month of a topic."""
    office, look = _place(request)
    found = _topic_at(office, slug)
    trail = [*_trail_to_topics(office), Link(found.name, topic_url(slug))]
    return _month(request, ArticleList(office, topic=found), look, topic_url(slug), trail, (year, month))


def _month(
    request: HttpRequest,
    listed: ArticleList,
    look: Lookup,
    url: str,
    trail: list[Link],
    when: tuple[int, int],
) -> HttpResponse:
    here, newer, older = around_month(listed, *when)
    if here is None:
        raise Http404
    cards = listing.of_month(listed, look, *when)
    context = {
        "office": listed.office,
        "look": look,
        "url": url,
        "subject": listed.subject,
        "month": here,
        "newer": newer,
        "older": older,
        "cards": cards,
        "with_leads": len(cards) <= listing.BRIEF,
        "days": listing.by_day(cards, listed.office.zone) if len(cards) > listing.BY_DAY else [],
        "trail": [*trail, Link(_("Arsip"), f"{url}arsip/")],
    }
    return render(request, "news/month.html", context, using="jinja2")


def _section_at(office: Office, slug: str) -> Section:
    found = listing.section_at(office, slug)
    if found is None:
        raise Http404
    return found


def _topic_at(office: Office, slug: str) -> Topic:
    found = listing.topic_at(office, slug)
    if found is None:
        raise Http404
    return found


def _trail_to_topics(office: Office) -> list[Link]:
    return [*listing.trail_to_news(office), Link(_("Topik"), "/topik/")]


def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest articles of a section."""
    office, look = _place(request)
    found = _section_at(office, slug)
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
    found = _topic_at(office, slug)
    cards, has_older = listing.newest(office, look, topic=found)
    context = {
        "office": office,
        "look": look,
        "topic": found,
        "cards": cards,
        "has_older": has_older,
        "index": listing.news_index(office),
        "trail": _trail_to_topics(office),
    }
    return render(request, "news/topic.html", context, using="jinja2")
