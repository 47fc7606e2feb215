"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.publishing.lookup import lookup_for
from cms.publishing.office import office_for_request
from cms.publishing.reading_only import reading_only
from news.cards import cards
from search import asking, engine


@reading_only
def results(request: HttpRequest) -> HttpResponse:
    """Show the articles that carry the reader's words, newest first; never an error, whatever was typed."""
    office = office_for_request(request)
    look = lookup_for(request, office)
    question = asking.read(request.GET.get("q", ""))
    wanted = asking.page_number(request.GET.get("hal"))
    found = engine.find(office, question.words, wanted or 1)
    context = {
        "office": office,
        "look": look,
        "query": question.query,
        "cards": cards(found.articles, office, look),
        "number": found.number,
        "pages": found.pages,
        "total": found.total,
        "message": question.message or _advice(question, found, wanted),
    }
    answer = render(request, "search/results.html", context, using="jinja2")
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _advice(question: asking.Question, found: engine.Results, wanted: int | None) -> str:
    if not found.total:
        return _(
            "Tidak ada berita yang memuat “%(query)s”. "
            "Periksa ejaannya, atau pakai kata yang lebih sedikit atau lebih umum."
        ) % {"query": question.query}
    if wanted != found.number:
        return _("Halaman yang diminta tidak ada. Ini halaman %(number)d dari %(pages)d.") % {
            "number": found.number,
            "pages": found.pages,
        }
    return ""
