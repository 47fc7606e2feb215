"""Where the queue is mounted, in the menu and at its addresses, and who sets the deadlines."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.moderation.queue import taking_views
from cms.moderation.queue.deadlines import Deadline
from cms.moderation.queue.list_views import QueueView
from cms.moderation.queue.people import decides_anywhere
from cms.moderation.queue.review_views import ReviewView
from cms.moderation.queue.waiving_views import WaiveDraftView, WaiveView

urlpatterns: list[URLPattern] = [
    path("antrean/", QueueView.as_view(), name="moderation_queue"),
    path("antrean/<int:pk>/", ReviewView.as_view(), name="moderation_review"),
    path("antrean/<int:pk>/kesampingkan/", WaiveView.as_view(), name="moderation_waive"),
    path("kesampingkan/<int:pk>/", WaiveDraftView.as_view(), name="moderation_waive_draft"),
    path("antrean/<int:pk>/tangani/", taking_views.take, name="moderation_take"),
    path("antrean/<int:pk>/lepas/", taking_views.release, name="moderation_release"),
    path("antrean/<int:pk>/alihkan/", taking_views.hand_over, name="moderation_hand_over"),
]


class QueueMenuItem(MenuItem):
    """Shown to who decides somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask whether the queue is of use to this person."""
        return decides_anywhere(request.user)  # ty: ignore[invalid-argument-type]


def menu_item() -> MenuItem:
    """Return the entry "Antrean"."""
    return QueueMenuItem(_("Antrean"), reverse("moderation_queue"), name="queue", icon_name="tasks", order=60)


class DeadlineViewSet(SnippetViewSet):
    """Settings > Tenggat: how long a manuscript may wait at each stage."""

    model = Deadline
    icon = "time"
    menu_label = _("Tenggat")
    menu_order = 800
    add_to_settings_menu = True
    list_display = ["task", "hours"]
    panels = [FieldPanel("task"), FieldPanel("hours")]
    url_prefix = "tenggat"
