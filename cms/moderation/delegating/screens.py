"""The screen "Perwakilan": a new delegation, those there are, and the button that ends one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic.base import TemplateView
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.accounts.models import User
from cms.moderation.delegating.forms import DelegationForm
from cms.moderation.delegating.people import decides_in_person, delegations_of, may_end, may_open
from cms.moderation.delegation import Delegation

PAGE = 20  # lines on a screen


class DelegationsView(WagtailAdminTemplateMixin, TemplateView):
    """Shows a person what concerns them, and takes a new delegation of whoever decides."""

    template_name = "moderation/delegating/list.html"
    page_title = gettext_lazy("Perwakilan")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who neither decides nor stands in for anybody."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]
        if not may_open(self.user):
            raise PermissionDenied
        self.may_give = self.user.is_superuser or decides_in_person(self.user)
        self.form = DelegationForm(user=self.user, initial={"starts": timezone.localdate()})
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Hand the decisions over, or say what is missing."""
        if not self.may_give:
            raise PermissionDenied
        self.form = DelegationForm(request.POST, user=self.user)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        row = self.form.save()
        words = _("%(taker)s mewakili %(giver)s sampai hari yang ditentukan.")
        said = {"taker": user_display_name(row.taker), "giver": user_display_name(row.giver)}
        messages.success(request, words % said)
        return redirect("moderation_delegations")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the queue."""
        queue = {"url": reverse("moderation_queue"), "label": _("Antrean")}
        return [*super().get_breadcrumbs_items(), queue, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and the lines of one page."""
        page = Paginator(delegations_of(self.user), PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "form": self.form if self.may_give else None,
            "media": self.form.media,
            "page": page,
            "lines": [_line(row, self.user) for row in page.object_list],
        }


def _line(row: Delegation, user: User) -> dict[str, Any]:
    today = timezone.localdate()
    state = _("Sedang berlaku")
    if row.ends < today:
        state = _("Sudah berakhir")
    elif row.starts > today:
        state = _("Belum mulai")
    return {"row": row, "state": state, "may_end": row.ends >= today and may_end(user, row)}


@require_POST
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation at once; the trail keeps that there was one."""
    user: User = request.user  # ty: ignore[invalid-assignment]
    row = get_object_or_404(delegations_of(user), pk=pk)
    if not may_end(user, row):
        raise PermissionDenied
    said = {"taker": user_display_name(row.taker), "giver": user_display_name(row.giver)}
    row.delete()
    messages.success(request, _("%(taker)s tidak lagi mewakili %(giver)s.") % said)
    return redirect("moderation_delegations")


urlpatterns: list[URLPattern] = [
    path("antrean/perwakilan/", DelegationsView.as_view(), name="moderation_delegations"),
    path("antrean/perwakilan/<int:pk>/akhiri/", end_delegation, name="moderation_end_delegation"),
]
