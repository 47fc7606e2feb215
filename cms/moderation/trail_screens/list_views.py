"""The page "Jejak": who did what, newest first, narrowed down as one likes, and as CSV."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.accounts.models import User
from cms.moderation import verified
from cms.moderation.trail_screens import paging, spreadsheet
from cms.moderation.trail_screens.filters import TrailFilter
from cms.moderation.trail_screens.lines import day_of, lines
from cms.moderation.trail_screens.readers import entries_for, offices_read_by, reads_all
from cms.publishing.telling import clock_to_the_minute, zone_of

_FORMAT = "bentuk"


class TrailView(WagtailAdminTemplateMixin, TemplateView):
    """What the person may read of the trail."""

    template_name = "moderation/trail.html"
    page_title = gettext_lazy("Jejak")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may read nothing of it."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]
        self.sites = offices_read_by(self.user)
        if not self.sites and not reads_all(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a page of it, or all that is asked for as CSV."""
        self.filter = TrailFilter(request.GET, sites=self.sites, entries=entries_for(self.user))
        entries = self.filter.narrowed()
        if request.GET.get(_FORMAT) == "csv" and self.filter.is_valid():
            return spreadsheet.answer(entries)
        return self._page(paging.page_of(entries, request.GET))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the page at its head."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def _page(self, shown: paging.Shown) -> HttpResponse:
        context = {
            "chain": chain_now(),
            "filter": self.filter,
            "lines": lines(shown.entries),
            "several": len(self.sites) > 1,
            "is_narrowed": any(self.request.GET.get(name) for name in self.filter.fields),
            "csv_address": self._address(**{_FORMAT: "csv"}),
            "older": self._address(**{paging.OLDER_THAN: shown.older_than}) if shown.older_than else "",
            "newer": self._address(**{paging.NEWER_THAN: shown.newer_than}) if shown.newer_than else "",
        }
        status = 200 if self.filter.is_valid() else 400
        return self.render_to_response(self.get_context_data(**context), status=status)

    def _address(self, **changed: str | int) -> str:
        """Return the address of this list with the same filters, from elsewhere on."""
        asked = self.request.GET.copy()
        for name in (paging.OLDER_THAN, paging.NEWER_THAN, _FORMAT):
            asked.pop(name, None)
        for name, value in changed.items():
            asked[name] = str(value)
        return f"?{asked.urlencode()}"


def chain_now() -> Mapping[str, Any]:
    """Return what the last reading of the whole trail found, as one sentence; nothing is read for it now."""
    check = verified.last_check()
    if check is None:
        words = _("Keutuhan rantai belum pernah diperiksa: pekerja latar belum berjalan.")
        return {"is_whole": False, "sentence": words}
    zone = zone_of(None)
    said = {
        "number": check.number,
        "count": len(check.flaws),
        "when": _("%(day)s, pukul %(clock)s")
        % {"day": day_of(check.at, zone), "clock": clock_to_the_minute(check.at, zone)},
    }
    if not check.flaws:
        words = _("Rantai utuh sampai nomor %(number)d, diperiksa %(when)s.")
        return {"is_whole": True, "sentence": words % said}
    words = ngettext(
        "Rantai tidak utuh: %(count)d hal ditemukan, diperiksa %(when)s.",
        "Rantai tidak utuh: %(count)d hal ditemukan, diperiksa %(when)s.",
        len(check.flaws),
    )
    return {"is_whole": False, "sentence": words % said, "flaws": check.flaws}
