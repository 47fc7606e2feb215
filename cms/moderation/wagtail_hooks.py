"""What the editing screens of Wagtail show of moderation, and what they keep to themselves."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.moderation import acts
from cms.moderation.check_views import CheckNewView, CheckView
from cms.moderation.deciding import offer_one_way
from cms.moderation.delegating import screens as delegating_screens
from cms.moderation.four_eyes import FourEyes
from cms.moderation.guarding import alias_stays
from cms.moderation.letters.account import mail_panel
from cms.moderation.queue import screens as queue_screens
from cms.moderation.seeing import keep_known
from cms.moderation.sharing import giving
from cms.moderation.sharing import screens as sharing_screens
from cms.moderation.taking_back_views import TakeBackView
from cms.moderation.telling import confirm_decision, note_reading, show_why_it_came_back
from cms.moderation.trail_screens import screens as trail_screens
from cms.moderation.trash import acts as trash_acts
from cms.moderation.trash import bulk, hiding, throw_views
from cms.moderation.trash import screens as trash_screens
from cms.moderation.urgent import offering
from cms.moderation.urgent.listing import mark_what_is_owed
from cms.moderation.urgent.publishing_views import PublishNowView
from cms.moderation.urgent.reviewing_views import AfterReviewView
from cms.moderation.urgent.waiting import show_what_is_owed
from cms.moderation.waivers import LOG_ACTION
from cms.publishing.writing import stores_nothing

hooks.register("construct_page_chooser_queryset", keep_known)
hooks.register("construct_page_action_menu", offer_one_way)
hooks.register("before_edit_page", show_why_it_came_back)
hooks.register("before_edit_page", note_reading)
hooks.register("before_edit_page", offering.mark_unreviewed)
hooks.register("register_page_action_menu_item", offering.PublishNowItem)
hooks.register("register_page_action_menu_item", offering.TakeBackItem)
hooks.register("construct_explorer_page_queryset", mark_what_is_owed)
hooks.register("construct_homepage_panels", show_what_is_owed, order=500)  # after those who clear the list
hooks.register("register_log_actions", acts.describe)
hooks.register("after_edit_page", confirm_decision)
hooks.register("register_account_settings_panel", mail_panel)
hooks.register("register_admin_menu_item", queue_screens.menu_item)
hooks.register("register_reports_menu_item", trail_screens.menu_item)
hooks.register("register_page_header_buttons", trail_screens.button)
hooks.register("before_bulk_action", hiding.hide_from_bulk_action)
hooks.register("before_delete_page", throw_views.throw_instead)
hooks.register("construct_admin_api", throw_views.throw_by_admin_api)
hooks.register("register_bulk_action", bulk.ThrowTogether, order=1000)  # in the place of Wagtail's own
hooks.register("register_admin_menu_item", trash_screens.menu_item)
hooks.register("register_log_actions", trash_acts.describe)
hooks.register("register_page_header_buttons", sharing_screens.share_button)
hooks.register("register_log_actions", giving.describe)
register_snippet(queue_screens.DeadlineViewSet)


@hooks.register("register_admin_urls")
def queue_urls() -> list[URLPattern]:
    """Mount the queue and "Perwakilan", which hangs below it."""
    return [*delegating_screens.urlpatterns, *queue_screens.urlpatterns]


@hooks.register("register_admin_urls")
def trail_urls() -> list[URLPattern]:
    """Mount the trail."""
    return trail_screens.urlpatterns


@hooks.register("register_log_actions")
def describe_waivers(actions: LogActionRegistry) -> None:
    """Let the history of a page say what a waiver is."""
    actions.register_action(LOG_ACTION, _("Mengesampingkan temuan"), _("Temuan pemeriksaan dikesampingkan"))


@hooks.register("register_admin_urls")
def urgent_urls() -> list[URLPattern]:
    """Mount what is done beside the workflow."""
    return [
        path("serta-merta/<int:page_id>/", PublishNowView.as_view(), name="moderation_urgent"),
        path("tinjauan/<int:pk>/", AfterReviewView.as_view(), name="moderation_after_review"),
        path("cabut/<int:page_id>/", TakeBackView.as_view(), name="moderation_take_back"),
    ]


@hooks.register("register_admin_urls")
def trash_urls() -> list[URLPattern]:
    """Mount the trash."""
    return trash_screens.urlpatterns


@hooks.register("register_admin_urls")
def sharing_urls() -> list[URLPattern]:
    """Mount "Bagikan naskah"."""
    return sharing_screens.urlpatterns


@hooks.register("insert_global_admin_css")
def add_style() -> SafeString:
    """Style the queue, the screen "Periksa", the trail, the trash and "Bagikan naskah"."""
    names = ("queue.css", "trail.css", "trash.css")
    links = ((static(f"moderation/{name}"),) for name in names)
    return format_html_join("", '<link rel="stylesheet" href="{}">', links)


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


@hooks.register("before_convert_alias_page")
def refuse_converting_a_live_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Send whoever would make a live alias a page of its own back, with the way to go."""
    if not (page.live and isinstance(page, FourEyes)):
        return None
    messages.error(request, alias_stays())
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_move_page")
def refuse_moving_what_is_not_theirs(request: HttpRequest, page: Page, destination: Page) -> None:
    """Refuse before the question "move this page?", which Wagtail asks of anybody, names it."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied
