"""The screen "Bagikan naskah": a new link, the links there are, and the button that ends one."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.sharing.giving import NothingToShow, may_share, revoke, share, why_nothing_to_show
from cms.moderation.sharing.links import SharedDraft
from cms.publishing.office import Office, office_of_page
from cms.publishing.telling import day_and_minute, zone_of

DAYS = (1, 3, 7, 14)
_MOST = 50  # links listed


class ShareForm(forms.Form):
    """For whom a link is, and how long it lasts."""

    made_for = forms.CharField(
        label=_("Untuk siapa"), max_length=120,
        help_text=_("Nama atau jabatan, misalnya: Sekretaris KPU Kota Serang. Tampil sebagai tanda air di halamannya."),
        error_messages={"required": _("Tulis untuk siapa tautan ini; namanya menjadi tanda air.")},
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("Berlaku selama"), coerce=int, initial=3, widget=forms.RadioSelect,
        choices=[(days, ngettext_lazy("%(days)s hari", "%(days)s hari", days) % {"days": days}) for days in DAYS],
        error_messages={"required": _("Pilih berapa lama tautan ini berlaku.")},
    )  # fmt: skip


class ShareView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the links of a page to who may edit it, and makes new ones."""

    template_name = "moderation/sharing/share.html"
    page_title = _("Bagikan naskah")
    header_icon = "link"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever may not edit the page."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]
        self.page = _page_of(kwargs["page_id"], self.user)
        self.form = ShareForm()
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Make a link, or say what is missing."""
        self.form = ShareForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        given = self.form.cleaned_data
        try:
            row = share(self.page, self.user, given["made_for"], dt.timedelta(days=given["days"]))
        except NothingToShow as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(), status=409)
        said = _("Tautan untuk %(whom)s sudah dibuat. Salin, lalu kirimkan.") % {"whom": row.made_for}
        messages.success(request, said)
        return redirect("share_draft", page_id)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the editing screen."""
        title = self.page.get_admin_display_title()
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": title}
        return [*super().get_breadcrumbs_items(), edit, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and the links, newest first."""
        rows = SharedDraft.objects.filter(page_id=self.page.pk)[:_MOST]
        office = office_of_page(self.page)
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "form": self.form,
            "why_not": why_nothing_to_show(self.page),
            "links": [_told(row, self.page, office) for row in rows],
        }


@require_POST
def end_link(request: HttpRequest, page_id: int, pk: str) -> HttpResponse:
    """Revoke a link."""
    user: User = request.user  # ty: ignore[invalid-assignment]
    row = get_object_or_404(SharedDraft, pk=pk, page=_page_of(page_id, user))
    revoke(row, user)
    messages.success(request, _("Tautan untuk %(whom)s sudah dicabut.") % {"whom": row.made_for})
    return redirect("share_draft", page_id)


def _page_of(pk: int, user: User) -> Page:
    page = get_object_or_404(Page, pk=pk).specific
    if not may_share(page, user):
        raise PermissionDenied
    return page


def _told(row: SharedDraft, page: Page, office: Office | None) -> dict[str, Any]:
    row.page = page  # all are of one page
    zone, state = zone_of(office), row.state(timezone.now())
    return {
        "row": row,
        "state": state,
        "address": row.address_at(office),
        "is_open": state == SharedDraft.State.OPEN,
        "is_of_older_text": row.revision_id != page.latest_revision_id,
        "made": day_and_minute(row.made_at, zone),
        "until": day_and_minute(row.expires_at, zone),
        "last_opened": day_and_minute(row.last_opened_at, zone) if row.last_opened_at else "",
    }


def share_button(page: Page, user: User, *args: object, **kwargs: object) -> Iterator[Button]:
    """Offer to share the draft a page has."""
    has_draft = page.latest_revision_id and (page.has_unpublished_changes or not page.live)
    if has_draft and may_share(page, user):
        url = reverse("share_draft", args=[page.pk])
        yield Button(_("Bagikan naskah"), url, icon_name="link", priority=61)


urlpatterns: list[URLPattern] = [
    path("bagikan/<int:page_id>/", ShareView.as_view(), name="share_draft"),
    path("bagikan/<int:page_id>/<uuid:pk>/cabut/", end_link, name="end_shared_draft"),
]
