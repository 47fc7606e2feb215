"""The page "Kesehatan situs", and the line on an administrator's home while something is wrong."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.health.checking import examine


class HealthView(WagtailAdminTemplateMixin, TemplateView):
    """Every check with what it found, for administrators."""

    template_name = "health/report.html"
    page_title = _("Kesehatan situs")
    header_icon = "tick-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if not request.user.is_superuser:  # ty: ignore[unresolved-attribute]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the page itself in the header."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was found; what is wrong stands first."""
        results = sorted(examine(), key=lambda result: not result.problems)
        return super().get_context_data(**kwargs) | {
            "results": results,
            "count": sum(len(result.problems) for result in results),
        }


class HealthPanel(Component):
    """One red line that leads to the page."""

    name = "health"
    order = 5
    template_name = "health/panel.html"

    def __init__(self, count: int) -> None:
        """Take how much is wrong."""
        self._count = count

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return it."""
        return {"count": self._count}
