"""Where the admin meets the health of the installation: for administrators alone."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.health.checking import examine
from cms.health.screens import HealthPanel, HealthView


@hooks.register("register_admin_urls")
def health_urls() -> list[URLPattern]:
    """Mount the page."""
    return [path("laporan/kesehatan/", HealthView.as_view(), name="health")]


class _HealthMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser  # ty: ignore[unresolved-attribute]


@hooks.register("register_reports_menu_item")
def health_menu_item() -> MenuItem:
    """Offer it among the reports."""
    return _HealthMenuItem(
        _("Kesehatan situs"), reverse("health"), name="health", icon_name="tick-inverse", order=960
    )


@hooks.register("construct_homepage_panels", order=1000)  # after those who clear the list
def show_what_is_wrong(request: HttpRequest, panels: list[Any]) -> None:
    """Tell an administrator, on their home."""
    if not request.user.is_superuser:  # ty: ignore[unresolved-attribute]
        return
    if count := sum(len(result.problems) for result in examine()):
        panels.insert(0, HealthPanel(count))
