"""What the editing screens of Wagtail show of the news: menu, home, lists, style."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.accounts.models import User
from cms.moderation.seeing import may_read
from news import acts, dashboard, desks
from news.dashboard_views import WriteArticleView
from news.importing.writing import LOG_ACTION
from news.models import NewsArticlePage, Officeholder, PolicyWindow, Section, WordListEntry
from news.office_rule_screens import HOLDERS_POLICY, WINDOWS_POLICY, WORDS_POLICY, RuleGroup
from news.snippets import FilingGroup, OfficePolicy, refuse_deleting_what_is_used
from news.withdrawal_screens import ProofView, WithdrawView
from news.withdrawing import may_withdraw


class WriteMenuItem(MenuItem):
    """Shown to who has somewhere to write."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask whether there is an index this person may write under."""
        return desks.indexes_of(request.user).exists()  # ty: ignore[invalid-argument-type]


@hooks.register("register_admin_urls")
def register_write_article() -> list[URLPattern]:
    """Answer `/admin/tulis/`."""
    return [path("tulis/", WriteArticleView.as_view(), name="write_article")]


@hooks.register("register_admin_menu_item")
def add_write_item() -> MenuItem:
    """Put "Tulis berita" first in the menu."""
    return WriteMenuItem(
        _("Tulis berita"), reverse("write_article"), name="write", icon_name="edit", order=50
    )


@hooks.register("register_admin_urls")
def register_withdrawals() -> list[URLPattern]:
    """Answer `/admin/tarik/`."""
    return [
        path("tarik/<int:page_id>/", WithdrawView.as_view(), name="withdraw_article"),
        path("tarik/bukti/<int:pk>/", ProofView.as_view(), name="withdrawal_proof"),
    ]


def _withdrawal_buttons(page: Page, user: User, *args: object, **kwargs: object) -> Iterator[Button]:
    """Offer to withdraw a live article, and the proof of the withdrawal that stands."""
    if page.specific_class is not NewsArticlePage:
        return
    article = page.specific
    if may_withdraw(article, user):
        url = reverse("withdraw_article", args=[page.pk])
        yield Button(_("Tarik artikel"), url, icon_name="warning", priority=62)
    row = article.withdrawals.first()
    if row and may_read(user, page):
        url = reverse("withdrawal_proof", args=[row.pk])
        yield Button(_("Bukti penarikan"), url, icon_name="clipboard-list", priority=63)


hooks.register("register_page_header_buttons", _withdrawal_buttons)
hooks.register("register_page_listing_more_buttons", _withdrawal_buttons)


@hooks.register("construct_homepage_panels")
def show_what_matters_today(request: HttpRequest, panels: list[Component]) -> None:
    """Replace Wagtail's panels by the office's."""
    panels[:] = dashboard.panels_for(request)


@hooks.register("construct_homepage_summary_items", order=1000)
def drop_counts(request: HttpRequest, items: list[Component]) -> None:
    """Keep the top of the home for what can be acted on."""
    items.clear()


@hooks.register("construct_help_menu")
def drop_foreign_links(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave no link to another host in the help menu."""
    items[:] = [item for item in items if not item.url.startswith("http")]


@hooks.register("insert_global_admin_js")
def add_script() -> SafeString:
    """Keep the date picker from replacing what was typed."""
    return format_html('<script src="{}"></script>', static("news/admin.js"))


@hooks.register("insert_global_admin_css")
def add_style() -> SafeString:
    """Add the one style sheet of the editing screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("news/admin.css"))


@hooks.register("register_log_actions")
def describe_imports(actions: LogActionRegistry) -> None:
    """Let the history of a news index say how many articles were imported into it."""
    acts.describe(actions)
    actions.register_action(LOG_ACTION, _("Mengimpor artikel"), _("Artikel diimpor"))


hooks.register("before_delete_snippet", refuse_deleting_what_is_used)
register_permission_policy(Section, OfficePolicy(Section))
register_snippet(FilingGroup)
register_permission_policy(WordListEntry, WORDS_POLICY)
register_permission_policy(PolicyWindow, WINDOWS_POLICY)
register_permission_policy(Officeholder, HOLDERS_POLICY)
register_snippet(RuleGroup)
