"""The screen "Cabut persetujuan": why something approved shall not go live at its time. Wagtail's unscheduling, too."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.moderation.approvals import Approval
from cms.moderation.approvers import is_approver
from cms.moderation.taking_back import NotAnApprover, NothingScheduled, scheduled, take_back_scheduled
from cms.moderation.urgent.forms import ReasonForm
from cms.publishing.office import office_of_page
from cms.publishing.telling import day_and_minute, zone_of


class TakeBackView(WagtailAdminTemplateMixin, TemplateView):
    """Asks an approver why, then cancels the schedule and the approval."""

    template_name = "moderation/take_back.html"
    page_title = gettext_lazy("Cabut persetujuan")
    header_icon = "rotate"

    def dispatch(
        self, request: HttpRequest, page_id: int, revision_id: int | None = None
    ) -> HttpResponseBase:
        """Open the page for who lets things go live there."""
        self.page = get_object_or_404(Page, pk=page_id).specific
        if not is_approver(request.user, self.page):  # ty: ignore[invalid-argument-type]
            raise PermissionDenied
        self.form: ReasonForm | None = None
        self.revision = scheduled(self.page)
        if self.revision is None:
            return self._say_too_late()
        return super().dispatch(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it back; Wagtail's own button for a schedule sends no reason, and is asked for one."""
        if "reason" not in request.POST:
            return self.render_to_response(self.get_context_data())
        self.form = ReasonForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        try:
            page = take_back_scheduled(
                self.page.pk,
                request.user,  # ty: ignore[invalid-argument-type]
                self.form.cleaned_data["reason"],
            )
        except NotAnApprover as error:
            raise PermissionDenied from error
        except NothingScheduled:
            return self._say_too_late()
        words = _("Persetujuan “%(title)s” dicabut. Naskahnya kembali kepada penulisnya.")
        messages.success(request, words % {"title": page.get_admin_display_title()})
        return redirect("moderation_queue")

    def _say_too_late(self) -> HttpResponse:
        words = _(
            "Tidak ada jadwal terbit yang dapat dicabut: naskahnya sudah terbit, atau jadwalnya sudah dicabut."
        )
        messages.warning(self.request, words)
        return redirect("moderation_queue")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the screen at its head."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was approved, by whom, and for when."""
        given = Approval.objects.of(self.page.pk, self.revision.pk).first()
        zone = zone_of(office_of_page(self.page))
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "title": self.revision.as_object().get_admin_display_title(),
            "when": day_and_minute(self.revision.approved_go_live_at, zone),
            "approved_by": given.actor_name if given else "",
            "form": self.form or ReasonForm(),
        }
