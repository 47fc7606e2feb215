"""Where the admin meets publishing: the status of a page, the report, their script and style."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from cms.publishing.report import BatchReportView
from cms.publishing.seeing import sites_of
from cms.publishing.status_views import page_status, tell, tell_after_editing

# Late, after those who take Wagtail's message away.
hooks.register("after_create_page", tell_after_editing, order=1000)
hooks.register("after_edit_page", tell_after_editing, order=1000)
hooks.register("after_unpublish_page", tell, order=1000)


@hooks.register("register_admin_urls")
def publishing_urls() -> list[URLPattern]:
    """Mount what the screens ask, and the report."""
    report = BatchReportView
    return [
        path("penerbitan/<int:page_id>/", page_status, name="publishing_status"),
        path("laporan/penerbitan/", report.as_view(), name="publishing_report"),
        path("laporan/penerbitan/isi/", report.as_view(results_only=True), name="publishing_report_results"),
    ]


@hooks.register("before_bulk_action")
def refuse_aliases(
    request: HttpRequest, action: str, pages: Sequence[Page], screen: object
) -> HttpResponse | None:
    """Say that an alias is published with the page it mirrors: Wagtail's screen answers 500 to one ticked itself."""
    if action != "publish":
        return None
    mirrors = [page for page in pages if isinstance(page, Page)]
    if request.POST.get("include_descendants"):
        mirrors += [draft for page in mirrors for draft in page.get_descendants().not_live()]
    titles = [page.get_admin_display_title() for page in mirrors if page.alias_of_id]
    if not titles:
        return None
    words = _("Halaman kembaran terbit bersama halaman asalnya. Jangan centang: %(titles)s.")
    messages.error(request, words % {"titles": ", ".join(titles)})
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


class _ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sites_of(request.user).exists()  # ty: ignore[invalid-argument-type]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    """Offer the report among the others."""
    return _ReportMenuItem(
        _("Penerbitan"), reverse("publishing_report"), name="publishing", icon_name="globe", order=90
    )


@hooks.register("insert_global_admin_js")
def add_script() -> SafeString:
    """Keep statuses up to date."""
    return format_html('<script src="{}"></script>', static("publishing/status.js"))


@hooks.register("insert_global_admin_css")
def add_style() -> SafeString:
    """Style them."""
    return format_html('<link rel="stylesheet" href="{}">', static("publishing/admin.css"))
