"""Where the editing screen leads to publishing at once, to the review owed, and to taking an approval back."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from cms.moderation.approvers import is_approver
from cms.moderation.taking_back import scheduled
from cms.moderation.urgent.after_reviews import AfterReview
from cms.moderation.urgent.publishing_now import is_offered
from cms.publishing.office import office_of_page
from cms.publishing.telling import day_and_minute, zone_of

_OPENED_BY_A_PERSON = "_w_hydrate_create_view"  # Wagtail fetches the screen once more, unseen


class PublishNowItem(ActionMenuItem):
    """Offered to approvers, whoever wrote it."""

    name = "action-urgent"
    label = gettext_lazy("Terbitkan serta-merta")
    icon_name = "warning"
    order = 200

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        """Ask whether there is something to publish, and this person may."""
        page = context.get("page")
        return context["view"] == "edit" and page is not None and is_offered(context["request"].user, page)

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        """Lead to the screen that asks why."""
        return reverse("moderation_urgent", args=[parent_context["page"].pk])


class TakeBackItem(ActionMenuItem):
    """Offered to approvers while an approved text waits for its time."""

    name = "action-take-back"
    label = gettext_lazy("Cabut persetujuan")
    icon_name = "rotate"
    order = 210

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        """Ask whether something is scheduled, and this person may stop it."""
        page = context.get("page")
        if context["view"] != "edit" or page is None or scheduled(page) is None:
            return False
        return is_approver(context["request"].user, page)

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        """Lead to the screen that asks why."""
        return reverse("moderation_take_back", args=[parent_context["page"].pk])


def mark_unreviewed(request: HttpRequest, page: Page) -> None:
    """Say above a page that it was published at once and nobody else has looked at it."""
    if request.method != "GET" or _OPENED_BY_A_PERSON in request.GET:
        return
    review = AfterReview.objects.waiting().filter(page_id=page.pk).select_related("approval").first()
    if review is None:
        return
    said = {
        "name": review.approval.actor_name,
        "due": day_and_minute(review.due_at, zone_of(office_of_page(page))),
    }
    words = _(
        "Terbit serta-merta oleh %(name)s, belum ditinjau. Orang kedua meninjaunya paling lambat %(due)s."
    )
    address = reverse("moderation_after_review", args=[review.pk])
    messages.warning(request, words % said, buttons=[messages.button(address, _("Buka tinjauan"))])
