"""Where the admin meets media: the report of failed pictures."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from cms.media import failures
from cms.media.models import Image


@hooks.register("register_admin_urls")
def failure_urls() -> list[URLPattern]:
    """Mount the report and its button."""
    report = failures.FailedImagesView
    return [
        path("laporan/gambar-gagal/", report.as_view(), name="failed_images"),
        path("laporan/gambar-gagal/isi/", report.as_view(results_only=True), name="failed_images_results"),
        path("laporan/gambar-gagal/<int:image_id>/ulang/", failures.retry, name="retry_image"),
    ]


class _FailedImagesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Image)
        return policy.user_has_any_permission(request.user, ["add", "change", "delete"])


@hooks.register("register_reports_menu_item")
def failure_menu_item() -> MenuItem:
    """Offer the report among the others."""
    return _FailedImagesMenuItem(
        _("Gambar gagal diproses"),
        reverse("failed_images"),
        name="failed-images",
        icon_name="warning",
        order=950,
    )


@hooks.register("construct_homepage_panels", order=1000)  # after those who clear the list
def failure_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Tell those who can do something about it, on their home."""
    if failures.failed_images(request.user).exists():
        panels.append(failures.FailedImagesPanel())
