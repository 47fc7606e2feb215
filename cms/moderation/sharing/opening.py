"""The public door of a shared draft: the text as readers would see it, marked, kept by nobody."""

from copy import copy
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.moderation.sharing import pictures
from cms.moderation.sharing.links import SharedDraft, id_in
from cms.publishing.lookup import lookup_for
from cms.publishing.office import Office, office_for_request, office_of_page
from cms.publishing.reading_only import reading_only
from cms.publishing.telling import day_and_minute

State = SharedDraft.State
_HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True)
class Watermark:
    """What stands across a shared draft, on screen and on paper."""

    made_for: str
    opened: str
    until: str


def watermark_on(request: HttpRequest) -> Watermark | None:
    """Return the mark of a page that is shown by a link (a global of the public templates)."""
    return getattr(request, "watermark", None)


@reading_only
def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show the draft a link leads to, or say why it does not any more (410). Raises Http404 for a made-up token."""
    office = office_for_request(request)
    row, state = _found(token, office)
    draft = row.text() if row and state == State.OPEN else None
    if row is None or draft is None:
        return _private(_ended(request, office, row, State.GONE if state == State.OPEN else state))
    if request.method == "GET":
        SharedDraft.objects.count_opening(row.pk, timezone.now())
    answer = draft.serve_preview(_as_reader(request, draft, row, office), draft.default_preview_mode)
    answer.content = pictures.lead_through(answer.content.decode(), row).encode()
    return _private(answer)


@reading_only
def shared_picture(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Answer with a picture that was shown by this link, as long as it is open. Raises Http404."""
    row, state = _found(token, office_for_request(request))
    if row is None or state != State.OPEN:
        return _private(HttpResponse(status=410))
    return _private(pictures.send(code, row))


def _found(token: str, office: Office) -> tuple[SharedDraft | None, State]:
    """Return the link and its state; a link that went with its page has no row. Raises Http404."""
    pk = id_in(token)
    if pk is None:
        raise Http404
    row = SharedDraft.objects.select_related("page").filter(pk=pk).first()
    if row is None:
        return None, State.GONE
    own = office_of_page(row.page)
    if own is None or own.site_id != office.site_id:
        raise Http404
    return row, row.state(timezone.now())


def _as_reader(request: HttpRequest, draft: Page, row: SharedDraft, office: Office) -> HttpRequest:
    """Return the request of a reader at the address the page will have: nobody's cookies, nobody's account."""
    asked = copy(request)
    asked.path = asked.path_info = f"/{draft.url_path[len(office.url_path) :]}"
    asked.COOKIES, asked.user = {}, AnonymousUser()
    asked.is_preview = True  # ty: ignore[unresolved-attribute]
    opened, until = day_and_minute(timezone.now(), office.zone), day_and_minute(row.expires_at, office.zone)
    asked.watermark = Watermark(row.made_for, opened, until)  # ty: ignore[unresolved-attribute]
    return asked


def _ended(request: HttpRequest, office: Office, row: SharedDraft | None, state: State) -> HttpResponse:
    context = {
        "office": office,
        "look": lookup_for(request, office),
        "index": None,
        "has_place": False,
        "words": _words(state),
        "live_url": row.page.full_url if row and state == State.PUBLISHED else "",
    }
    return render(request, "errors/draft_ended.html", context, status=410, using="jinja2")


def _words(state: State) -> str:
    match state:
        case State.PUBLISHED:
            return _("Naskah ini sudah terbit, jadi konsepnya tidak ditampilkan lagi.")
        case State.EXPIRED:
            return _("Masa berlaku tautan ini sudah lewat. Mintalah tautan baru kepada pengirimnya.")
        case State.REVOKED:
            return _(
                "Tautan ini sudah dicabut oleh pengirimnya. Hubungi pengirimnya bila masih memerlukannya."
            )
    return _("Naskah yang dibagikan dengan tautan ini tidak ada lagi. Tanyakan kepada pengirimnya.")


def _private(answer: HttpResponse) -> HttpResponse:
    for name, value in _HEADERS.items():
        answer[name] = value
    return answer
