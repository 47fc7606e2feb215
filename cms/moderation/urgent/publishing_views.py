"""The screen "Terbitkan serta-merta": what would go out, what the checks say, and why it cannot wait."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.approvers import is_approver
from cms.moderation.checks import Level
from cms.moderation.deciders import why_not_waive
from cms.moderation.difference.comparing import compare
from cms.moderation.four_eyes import FourEyes
from cms.moderation.queue.decisions import NotTheirs, TextChanged
from cms.moderation.texts import digest_of
from cms.moderation.trash.hiding import lies_in_trash
from cms.moderation.urgent.after_reviews import WITHIN
from cms.moderation.urgent.forms import UrgentForm
from cms.moderation.urgent.publishing_now import HeldBack, publish_urgently, why_not_now
from cms.moderation.waivers import answered
from cms.publishing.office import office_of_page
from cms.publishing.telling import day_and_minute, zone_of


class PublishNowView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the newest text to an approver, asks for a reason, and publishes exactly that text."""

    template_name = "moderation/urgent/publish.html"
    page_title = gettext_lazy("Terbitkan serta-merta")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, page_id: int) -> HttpResponseBase:
        """Open the page for who lets things go live there; say why, if there is nothing to publish."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]
        self.page = get_object_or_404(Page, pk=page_id).specific
        if not isinstance(self.page, FourEyes) or not is_approver(self.user, self.page):
            raise PermissionDenied
        if reason := why_not_now(self.page):
            messages.warning(request, reason)
            if lies_in_trash(self.page):
                return redirect("trash")
            return redirect("wagtailadmin_explore", self.page.get_parent().pk)
        self.form: UrgentForm | None = None
        return super().dispatch(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Publish, or show why that could not be."""
        self.form = UrgentForm(request.POST)
        if not self.form.is_valid():
            return self._again(400)
        try:
            review = publish_urgently(
                self.page.pk, self.user, self.form.cleaned_data["reason"], self.form.read
            )
        except (HeldBack, NotTheirs) as error:
            messages.error(request, str(error))
            return self._again(409)
        except TextChanged:
            words = _("Naskahnya berubah sejak Anda membukanya, jadi belum terbit. Baca yang terbaru ini.")
            messages.warning(request, words)
            return self._again(409)
        said = {"title": self.page.get_admin_display_title(), "due": self._when(review.due_at)}
        words = _("“%(title)s” terbit serta-merta. Orang kedua meninjaunya paling lambat %(due)s.")
        messages.success(request, words % said)
        return redirect("moderation_after_review", review.pk)

    def _again(self, status: int) -> HttpResponse:
        """Show the text as it is now, with what was typed."""
        self.page = Page.objects.get(pk=self.page.pk).specific
        if self.form is not None:
            self.form.data = self.form.data.copy()
            revision = self.page.latest_revision
            self.form.data["revision"], self.form.data["digest"] = (
                str(revision.pk),
                digest_of(revision.content),
            )
        return self.render_to_response(self.get_context_data(), status=status)

    def _when(self, moment: Any) -> str:
        return day_and_minute(moment, zone_of(office_of_page(self.page)))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the screen at its head."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that stands on the screen."""
        revision = self.page.latest_revision
        text = revision.as_object()
        findings = answered(text)
        may_edit = self.page.permissions_for_user(self.user).can_edit()
        read = {"revision": revision.pk, "digest": digest_of(revision.content)}
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "zone": zone_of(office_of_page(self.page)),
            "title": text.get_admin_display_title(),
            "difference": compare(self.page if self.page.live else None, text),
            "findings": findings,
            "is_held_back": any(finding.level == Level.ERROR and not waiver for finding, waiver in findings),
            "due": self._when(timezone.now() + WITHIN),
            "form": self.form or UrgentForm(initial=read),
            "may_edit": may_edit,
            "may_answer": may_edit and not why_not_waive(self.user, self.page),
        }
