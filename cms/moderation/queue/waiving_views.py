"""The button "Kesampingkan" on the screen "Periksa"."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.moderation.queue.claims import AlreadyDecided
from cms.moderation.queue.decisions import NotTheirs, TextChanged
from cms.moderation.queue.forms import WaiverForm
from cms.moderation.queue.review_views import ReviewView
from cms.moderation.queue.taking_views import say_decided
from cms.moderation.queue.waiving import NothingToWaive, waive


class WaiveView(ReviewView):
    """Takes the waiver of one finding; the screen stays the same."""

    waiver_form: WaiverForm | None = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the screen that asks."""
        return redirect("moderation_review", pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Waive, or show why that could not be, with what was typed."""
        self.waiver_form = WaiverForm(request.POST)
        if not self.waiver_form.is_valid():
            return self._again(400)
        given = self.waiver_form.cleaned_data
        try:
            waive(pk, self.user, given["fingerprint"], given["waiver_reason"], self.waiver_form.read)
        except AlreadyDecided:
            return say_decided(request, pk)
        except NotTheirs as error:
            messages.error(request, str(error))
            return self._again(403)
        except TextChanged:
            words = _(
                "Naskahnya berubah sejak Anda membukanya. Baca dahulu perubahannya, lalu kesampingkan lagi."
            )
            messages.warning(request, words)
            return self._again(409)
        except NothingToWaive:
            messages.warning(request, _("Temuan itu tidak ada lagi, atau sudah dikesampingkan."))
        else:
            messages.success(request, _("Temuan itu dikesampingkan; nama dan alasan Anda tercatat."))
        return redirect(reverse("moderation_review", args=[pk]) + "#warta-findings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was typed."""
        return super().get_context_data(**kwargs) | {"waiving": self.waiver_form}
