"""The way from "Tulis berita" to an empty form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from news.dashboard import indexes_to_write_under


class WriteArticleView(WagtailAdminTemplateMixin, TemplateView):
    """Opens the form under the person's index; asks which office where there are several."""

    template_name = "news/dashboard/choose_office.html"
    page_title = _("Tulis berita")
    header_icon = "edit"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Redirect to the one form, or list the offices."""
        self.offices = indexes_to_write_under(request.user)  # ty: ignore[invalid-argument-type]
        if len(self.offices) == 1:
            return redirect("wagtailadmin_pages:add", "news", "newsarticlepage", self.offices[0][1])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the offices."""
        return super().get_context_data(**kwargs) | {"offices": self.offices}
