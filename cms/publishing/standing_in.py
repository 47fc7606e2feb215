"""What readers find at the address of a new page that cannot be rendered: lists point to it already."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from wagtail.models import Page

from cms.publishing import outputs, recording
from cms.publishing.asking import answer, page_file
from cms.publishing.making import Output
from cms.publishing.office import Office
from cms.publishing.outputs import File, Name

_views: list[Callable[..., HttpResponse]] = []


def register_stand_in(view: Callable[..., HttpResponse]) -> None:
    """Let `view(request)` say that a page is not there yet."""
    _views[:] = [view]


def stand_in(office: Office, name: Name) -> Output | None:
    """Return what stands in for a page that has no last good file; None for what is no page readers may open.

    It depends on the page alone: the next change of it is the next attempt.
    """
    if not _views or name.kind not in outputs.page_kinds() or not _is_readable(office, name):
        return None
    with recording.reading():
        path = Page.objects.filter(pk=int(name.ident)).values_list("url_path", flat=True).get()
    address = f"/{path[len(office.url_path) :]}"
    with recording.recording() as shown, translation.override(settings.LANGUAGE_CODE):
        recording.note(f"page:{name.ident}")
        content = answer(_views[0], office, address) or b""
    return Output(name, [File(page_file(address), content)], shown)


def _is_readable(office: Office, name: Name) -> bool:
    return any(name in trace.outputs for _page, trace in outputs.traces(office, [int(name.ident)]))
