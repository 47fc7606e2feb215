"""Where the trail is mounted: its addresses, its entry among the reports, its button above an article."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.trail_screens.list_views import TrailView
from cms.moderation.trail_screens.readers import offices_read_by, reads_all
from cms.moderation.trail_screens.story_views import StoryView, TextsView

urlpatterns: list[URLPattern] = [
    path("laporan/jejak/", TrailView.as_view(), name="trail"),
    path("laporan/jejak/naskah/<int:page_id>/", StoryView.as_view(), name="trail_of_page"),
    path(
        "laporan/jejak/naskah/<int:page_id>/<int:before>/<int:after>/",
        TextsView.as_view(),
        name="trail_texts",
    ),
]


class _TrailMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        user: User = request.user  # ty: ignore[invalid-assignment]
        return reads_all(user) or bool(offices_read_by(user))


def menu_item() -> MenuItem:
    """Return the entry "Jejak"."""
    return _TrailMenuItem(_("Jejak"), reverse("trail"), name="trail", icon_name="history", order=80)


def button(page: Page, user: User, *args: object, **kwargs: object) -> Iterator[Button]:
    """Lead from an article to its history."""
    if page.depth > 1 and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Jejak naskah"), reverse("trail_of_page", args=[page.pk]), icon_name="history", priority=64
        )
