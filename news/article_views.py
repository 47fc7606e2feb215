"""An article at its own address: for everybody, for who may open it, and the files that stand beside it."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from wagtail import hooks
from wagtail.models import Page
from wagtail.views import serve_chain

from cms.publishing.lookup import lookup_for
from cms.publishing.office import Office, office_for_request
from news.body import data_files
from news.models import Correction, NewsArticlePage
from news.presenting import present


def article(request: HttpRequest, page: NewsArticlePage) -> HttpResponse:
    """Show an article, live or unsaved."""
    office = office_for_request(request)
    look = lookup_for(request, office)
    return render(request, "news/news_article_page.html", vars(present(page, office, look)), using="jinja2")


def article_at(request: HttpRequest, index_slug: str, year: int, month: int, slug: str) -> HttpResponse:
    """Answer an article's public address in two queries and what `present` needs.

    Raises Http404 for anything that is not live at exactly this address.
    """
    office = office_for_request(request)
    url_path = f"{office.url_path}{index_slug}/{year:04}/{month:02}/{slug}/"
    corrections = Correction.objects.filter(page=Coalesce(OuterRef("alias_of"), OuterRef("pk")))
    articles = NewsArticlePage.objects.readable_in(office).select_related("section")
    page = articles.annotate(has_corrections=Exists(corrections)).filter(url_path=url_path).first()
    return article(request, page) if page else _restricted(request, office, url_path)


def _restricted(request: HttpRequest, office: Office, url_path: str) -> HttpResponse:
    """Show a live article that not everybody may read, to who may; else ask for what opens it, as Wagtail does."""
    page = get_object_or_404(NewsArticlePage.objects.of_office(office).live(), url_path=url_path)
    show = serve_chain
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        show = wrap(show)
    return show(page, request, [], {})


def data_file(request: HttpRequest, path: str, name: str) -> HttpResponse:
    """Answer with a file that stands beside a page: the CSV of one of its tables or charts.

    Raises Http404 for a page readers cannot open and for a table it does not have.
    """
    office = office_for_request(request)
    pages = Page.objects.live().public().filter(url_path=f"{office.url_path}{path}/")
    page = get_object_or_404(pages).specific
    files = data_files(page.body.raw_data) if hasattr(page, "body") else []
    found = next((file.content for file in files if file.name == name), None)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="text/csv; charset=utf-8")
