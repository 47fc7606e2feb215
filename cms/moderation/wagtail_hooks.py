"""What the editing screens of Wagtail show of moderation, and what they keep to themselves."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.moderation.check_views import CheckNewView, CheckView
from cms.moderation.deciding import offer_one_way
from cms.moderation.letters.account import mail_panel
from cms.moderation.queue import screens as queue_screens
from cms.moderation.seeing import keep_known
from cms.moderation.sharing import giving
from cms.moderation.sharing import screens as sharing_screens
from cms.moderation.telling import confirm_decision, note_reading, show_why_it_came_back
from cms.publishing.writing import stores_nothing

hooks.register("construct_page_chooser_queryset", keep_known)
hooks.register("construct_page_action_menu", offer_one_way)
hooks.register("before_edit_page", show_why_it_came_back)
hooks.register("before_edit_page", note_reading)
hooks.register("after_edit_page", confirm_decision)
hooks.register("register_account_settings_panel", mail_panel)
hooks.register("register_admin_menu_item", queue_screens.menu_item)
hooks.register("register_page_header_buttons", sharing_screens.share_button)
hooks.register("register_log_actions", giving.describe)
register_snippet(queue_screens.DeadlineViewSet)


@hooks.register("register_admin_urls")
def queue_urls() -> list[URLPattern]:
    """Mount the queue."""
    return queue_screens.urlpatterns


@hooks.register("register_admin_urls")
def sharing_urls() -> list[URLPattern]:
    """Mount "Bagikan naskah"."""
    return sharing_screens.urlpatterns


@hooks.register("insert_global_admin_css")
def add_style() -> SafeString:
    """Style the queue, "Periksa" and "Bagikan naskah"."""
    return format_html('<link rel="stylesheet" href="{}">', static("moderation/queue.css"))


@hooks.register("register_admin_urls")
def check_urls() -> list[URLPattern]:
    """Mount what the panel "Pemeriksaan" asks."""
    return [
        path("pemeriksaan/<int:page_id>/", stores_nothing(CheckView.as_view()), name="check_page"),
        path(
            "pemeriksaan/baru/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
            stores_nothing(CheckNewView.as_view()),
            name="check_new_page",
        ),
    ]


@hooks.register("construct_reports_menu")
def drop_administrators_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """Lead nobody to a report that refuses them."""
    if not request.user.is_superuser:  # ty: ignore[unresolved-attribute]
        items[:] = [item for item in items if item.name != "page-types-usage"]


@hooks.register("before_move_page")
def refuse_moving_what_is_not_theirs(request: HttpRequest, page: Page, destination: Page) -> None:
    """Refuse before the question "move this page?", which Wagtail asks of anybody, names it."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied
