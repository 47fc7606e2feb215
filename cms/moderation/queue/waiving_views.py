"""The button "Kesampingkan": on the screen "Periksa", and on one of its own for a text nobody has submitted yet."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.checks import Level
from cms.moderation.deciders import why_not_waive
from cms.moderation.four_eyes import FourEyes
from cms.moderation.queue.claims import AlreadyDecided
from cms.moderation.queue.decisions import NotTheirs, Read, TextChanged
from cms.moderation.queue.forms import WaiverForm
from cms.moderation.queue.review_views import ReviewView
from cms.moderation.queue.taking_views import say_decided
from cms.moderation.queue.waiving import NothingToWaive, waive, waive_waiting
from cms.moderation.texts import digest_of
from cms.moderation.waivers import Waiver, answered
from cms.publishing.office import office_of_page
from cms.publishing.telling import zone_of


class _Waiving(ABC):
    """Takes the waiver of one finding; the screen stays the same."""

    user: User
    waiver_form: WaiverForm | None = None

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Waive, or show why that could not be, with what was typed."""
        self.waiver_form = WaiverForm(request.POST)
        if not self.waiver_form.is_valid():
            return self._again(400)  # ty: ignore[unresolved-attribute]
        given = self.waiver_form.cleaned_data
        try:
            self.give(pk, given["fingerprint"], given["waiver_reason"], self.waiver_form.read)
        except AlreadyDecided:
            return say_decided(request, pk)
        except NotTheirs as error:
            messages.error(request, str(error))
            return self._again(403)  # ty: ignore[unresolved-attribute]
        except TextChanged:
            words = _(
                "Naskahnya berubah sejak Anda membukanya. Baca dahulu perubahannya, lalu kesampingkan lagi."
            )
            messages.warning(request, words)
            return self._again(409)  # ty: ignore[unresolved-attribute]
        except NothingToWaive:
            messages.warning(request, _("Temuan itu tidak ada lagi, atau sudah dikesampingkan."))
        else:
            messages.success(request, _("Temuan itu dikesampingkan; nama dan alasan Anda tercatat."))
        return redirect(self.way_back(pk) + "#warta-findings")

    @abstractmethod
    def give(self, pk: int, fingerprint: str, reason: str, read: Read) -> Waiver:
        """Waive; see `waive`."""

    @abstractmethod
    def way_back(self, pk: int) -> str:
        """Return the address of the screen that asks."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was typed."""
        return super().get_context_data(**kwargs) | {"waiving": self.waiver_form}  # ty: ignore[unresolved-attribute]


class WaiveView(_Waiving, ReviewView):
    """About a manuscript that waits for a decision."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the screen that asks."""
        return redirect(self.way_back(pk))

    def give(self, pk: int, fingerprint: str, reason: str, read: Read) -> Waiver:
        """Waive what holds the manuscript of the state `pk`."""
        return waive_waiting(pk, self.user, fingerprint, reason, read)

    def way_back(self, pk: int) -> str:
        """Return the address of "Periksa"."""
        return reverse("moderation_review", args=[pk])


class WaiveDraftView(_Waiving, WagtailAdminTemplateMixin, TemplateView):
    """About a text whose errors keep its writer from submitting it."""

    template_name = "moderation/waive_draft.html"
    page_title = gettext_lazy("Kesampingkan temuan")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Open it for who may answer for the text; tell its writers why it is not for them."""
        self.user = request.user  # ty: ignore[invalid-assignment]
        self.page = get_object_or_404(Page, pk=pk).specific
        rights = self.page.permissions_for_user(self.user)
        if not isinstance(self.page, FourEyes) or self.page.latest_revision is None or not rights.can_edit():
            raise PermissionDenied
        if words := why_not_waive(self.user, self.page):
            messages.warning(request, words)
            return redirect("wagtailadmin_pages:edit", pk)
        return super().dispatch(request, pk=pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the screen at its head."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Kesampingkan")}]

    def give(self, pk: int, fingerprint: str, reason: str, read: Read) -> Waiver:
        """Waive what holds the newest text of page `pk`."""
        return waive(pk, self.user, fingerprint, reason, read)

    def way_back(self, pk: int) -> str:
        """Return the address of this screen."""
        return reverse("moderation_waive_draft", args=[pk])

    def _again(self, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text as it is now and what holds it back."""
        revision = self.page.get_latest_revision()
        text = revision.as_object()
        findings = answered(text)
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "zone": zone_of(office_of_page(self.page)),
            "title": text.get_admin_display_title(),
            "findings": findings,
            "is_held": any(each.level == Level.ERROR and not waiver for each, waiver in findings),
            "may_waive": True,
            "waive_url": self.way_back(self.page.pk),
            "read": Read(revision.pk, digest_of(revision.content)),
        }
