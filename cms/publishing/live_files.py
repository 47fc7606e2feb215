"""Feeds, sitemaps, twins and robots.txt, answered live where no tree does: a preview, an office just opened."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from cms.publishing.office import Office, office_for_request
from cms.publishing.outputs import File, kinds
from cms.publishing.reading.leaving import headers_of


def live_file(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the file that lies at `path` in the tree, as it would be made at this moment; else Http404."""
    file = _made_now(office_for_request(request), path)
    if file is None:
        raise Http404
    answer = HttpResponse(file.content)
    for name, value in headers_of(f"/{path}"):
        answer.headers[name] = value
    return answer


def _made_now(office: Office, path: str) -> File | None:
    with translation.override(settings.LANGUAGE_CODE):
        for kind in kinds.values():
            ident = kind.find(office, path)
            if ident is not None:
                files = (file for made in kind.render(office, [ident]) for file in made.files)
                return next((file for file in files if file.path == path), None)
    return None
