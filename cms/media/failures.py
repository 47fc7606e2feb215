"""Pictures whose sizes could not be made: where the office sees them and tries again."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from cms.health.checking import Problem
from cms.media.models import Image
from cms.media.tasks import make_renditions


def failed_images(user: Any) -> QuerySet[Image]:
    """Return the failed pictures that `user` may change, newest first."""
    policy = policy_registry.get_by_type(Image)
    mine = policy.instances_user_has_permission_for(user, "change")
    return mine.filter(state=Image.State.FAILED).order_by("-created_at", "-pk")


def check_pictures() -> Iterator[Problem]:
    """Find, for the health report, whether there are pictures whose sizes could not be made."""
    failed = Image.objects.filter(state=Image.State.FAILED)
    if count := failed.count():
        words = ngettext("%(count)d gambar gagal diproses.", "%(count)d gambar gagal diproses.", count)
        yield Problem(words % {"count": count}, url=reverse("failed_images"))


class FailedImagesView(ReportView):
    """The report "Gambar gagal diproses"."""

    model = Image
    page_title = gettext_lazy("Gambar gagal diproses")
    header_icon = "warning"
    any_permission_required = ["add", "change", "delete"]
    index_url_name = "failed_images"
    index_results_url_name = "failed_images_results"
    results_template_name = "media/failed_images.html"
    list_export: list[str] = []
    is_export = False

    def get_queryset(self) -> QuerySet[Image]:
        """Return what this person can do something about."""
        return failed_images(self.request.user)


class FailedImagesPanel(Component):
    """The line on the editor's home that leads to the report; absent while nothing has failed."""

    name = "failed_images"
    order = 90
    template_name = "media/failed_images_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Count the failed pictures of the person who looks."""
        return {"count": failed_images(parent_context["request"].user).count()}


@require_POST
def retry(request: HttpRequest, image_id: int) -> HttpResponse:
    """Put one picture back in the queue."""
    image = get_object_or_404(Image, pk=image_id)
    if not policy_registry.get_by_type(Image).user_has_permission_for_instance(request.user, "change", image):
        raise PermissionDenied
    image.state, image.state_reason = Image.State.PENDING, ""
    image.save(update_fields=["state", "state_reason"])
    make_renditions.enqueue(image.pk)
    messages.success(request, _("Gambar “%(title)s” diproses lagi.") % {"title": image.title})
    return redirect(get_valid_next_url_from_request(request) or reverse("failed_images"))
