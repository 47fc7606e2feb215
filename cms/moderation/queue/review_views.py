"""The screen "Periksa": everything that is needed to decide about one manuscript, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateView
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.accounts.models import User
from cms.moderation.deciders import why_not_waive
from cms.moderation.queue.claims import AlreadyDecided
from cms.moderation.queue.decisions import Decision, NotTheirs, Read, TextChanged, decide
from cms.moderation.queue.forms import DecisionForm, HandOverForm
from cms.moderation.queue.manuscripts import OwnText, open_manuscript
from cms.moderation.queue.taking_views import say_decided
from cms.moderation.queue.telling import age_of, urgency_of
from cms.moderation.seen_texts import note_seen
from cms.moderation.urgent.publishing_now import is_offered
from cms.moderation.waivers import answered
from cms.publishing.office import office_of_page
from cms.publishing.telling import day_and_minute, zone_of


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """Shows a manuscript to who may decide about it, and takes the decision."""

    template_name = "moderation/review.html"
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open the manuscript; say who decided, if somebody has already, and why a writer of it is not asked."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]
        try:
            self.manuscript = open_manuscript(kwargs["pk"], self.user)
        except AlreadyDecided:
            return say_decided(request, kwargs["pk"])
        except OwnText as error:
            if request.method != "GET":
                raise
            messages.warning(request, str(error))
            return redirect("moderation_queue")
        self.form: DecisionForm | None = None
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide, or show why that could not be."""
        self.form = DecisionForm(request.POST)
        if not self.form.is_valid():
            return self._again(400)
        given = self.form.cleaned_data
        try:
            words = decide(pk, self.user, Decision(given["decision"]), given["reason"], self.form.read)
        except AlreadyDecided:
            return say_decided(request, pk)
        except NotTheirs as error:
            unknown = _("Keputusan ini bukan wewenang Anda, jadi tidak ada yang berubah.")
            messages.error(request, str(error) or unknown)
            return self._again(403)
        except TextChanged:
            messages.warning(
                request,
                _(
                    "Naskahnya berubah sejak Anda membukanya, jadi belum diputuskan. Baca perubahan terbaru ini."
                ),
            )
            return self._again(409)
        messages.success(request, words)
        return redirect("moderation_queue")

    def _again(self, status: int) -> HttpResponse:
        """Show the manuscript as it is now, with what was typed."""
        if self.form is not None:
            self.form.data = self.form.data.copy()
            self.form.data["revision"] = str(self.manuscript.revision.pk)
            self.form.data["digest"] = self.manuscript.digest
        return self.render_to_response(self.get_context_data(), status=status)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the queue."""
        queue = {"url": reverse("moderation_queue"), "label": _("Antrean")}
        return [*super().get_breadcrumbs_items(), queue, {"url": "", "label": _("Periksa")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that stands on the screen."""
        note_seen(self.user, self.manuscript.stored)
        manuscript, state, now = self.manuscript, self.manuscript.state, timezone.now()
        office = office_of_page(manuscript.stored)
        read = Read(manuscript.revision.pk, manuscript.digest)
        return super().get_context_data(**kwargs) | {
            "manuscript": manuscript,
            "zone": zone_of(office),
            "state": state,
            "office": office.short_name if office else "",
            "writers": [user_display_name(each) for each in manuscript.writers()],
            "age": age_of(state.started_at, now),
            "due": day_and_minute(state.due, zone_of(office)),
            "urgency": urgency_of(state.due, now),
            "difference": manuscript.difference(),
            "findings": answered(manuscript.page),
            "may_waive": not why_not_waive(self.user, manuscript.stored),
            "waive_url": reverse("moderation_waive", args=[state.pk]),
            "read": read,
            "comments": manuscript.comments(),
            "history": manuscript.history(),
            "form": self.form or DecisionForm(initial={"revision": read.revision_id, "digest": read.digest}),
            "hand_over": HandOverForm(colleagues=manuscript.colleagues()),
            "may_decide": bool(manuscript.actions),
            "may_publish_now": is_offered(self.user, manuscript.stored),
            "may_edit": manuscript.stored.permissions_for_user(self.user).can_edit(),
        }
