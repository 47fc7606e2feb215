"""The screen "Tinjau sesudah terbit": what was published at once, by whom and why, and what a second person says."""

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
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.moderation.approvals import Approval
from cms.moderation.difference.comparing import Difference, compare
from cms.moderation.queue.claims import AlreadyDecided
from cms.moderation.queue.decisions import NotTheirs
from cms.moderation.queue.telling import urgency_of
from cms.moderation.seeing import may_read
from cms.moderation.urgent.after_reviews import AfterReview
from cms.moderation.urgent.forms import AfterReviewForm
from cms.moderation.urgent.reviewing import review_afterwards, why_not_review
from cms.moderation.waivers import answered
from cms.publishing.office import office_of_page
from cms.publishing.telling import day_and_minute, zone_of


class AfterReviewView(WagtailAdminTemplateMixin, TemplateView):
    """Shows an urgent publication to everybody who may read the page, and takes the decision of a second person."""

    template_name = "moderation/urgent/review.html"
    page_title = gettext_lazy("Tinjau sesudah terbit")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Open the review."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]
        rows = AfterReview.objects.select_related("approval", "closed_by")
        self.review = get_object_or_404(rows, pk=pk)
        self.page = Page.objects.get(pk=self.review.page_id).specific
        if not may_read(self.user, self.page) and why_not_review(self.user, self.review):
            raise PermissionDenied
        self.form: AfterReviewForm | None = None
        return super().dispatch(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the decision, or show why that could not be."""
        self.form = AfterReviewForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        given = self.form.cleaned_data
        outcome = AfterReview.Outcome(given["outcome"])
        try:
            words = review_afterwards(self.review.pk, self.user, outcome, given["reason"])
        except AlreadyDecided:
            messages.warning(request, _("Sudah ditinjau orang lain, jadi tidak ada yang berubah."))
            return redirect("moderation_after_review", self.review.pk)
        except NotTheirs as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(), status=403)
        messages.success(request, words)
        return redirect("wagtailadmin_home")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the screen at its head."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that stands on the screen."""
        text = Revision.objects.get(pk=self.review.approval.revision_id).as_object()
        office = office_of_page(self.page)
        zone = zone_of(office)
        return super().get_context_data(**kwargs) | {
            "review": self.review,
            "page": self.page,
            "zone": zone,
            "title": text.get_admin_display_title(),
            "office": office.short_name if office else "",
            "published": day_and_minute(self.review.opened_at, zone),
            "due": day_and_minute(self.review.due_at, zone),
            "closed": day_and_minute(self.review.closed_at, zone) if self.review.closed_at else "",
            "urgency": urgency_of(self.review.due_at, timezone.now()),
            "writers": self._writers(),
            "difference": self._difference(text),
            "whole_label": _("Seluruh teks yang terbit"),
            "whole_note": _("Belum ada teks sebelumnya yang dibaca dua orang: inilah seluruh isinya."),
            "before_label": _("Terakhir dibaca dua orang"),
            "after_label": _("Terbit serta-merta"),
            "findings": answered(text),
            "why_not": why_not_review(self.user, self.review),
            "form": self.form or AfterReviewForm(),
            "may_edit": self.page.permissions_for_user(self.user).can_edit(),
        }

    def _writers(self) -> list[str]:
        revision = Revision.objects.get(pk=self.review.approval.revision_id)
        people = User.objects.filter(pk__in=Approval.objects.contributors(revision)).order_by("pk")
        owner = [self.page.owner] if self.page.owner else []
        return [user_display_name(person) for person in people or owner]

    def _difference(self, text: Page) -> Difference:
        """Return what was published of what two people had read before."""
        before = (
            Approval.objects.by_two()
            .filter(page_id=self.page.pk, revision_id__lt=self.review.approval.revision_id)
            .order_by("-revision_id")
            .first()
        )
        revision = Revision.objects.filter(pk=before.revision_id).first() if before else None
        return compare(revision.as_object() if revision else None, text)
