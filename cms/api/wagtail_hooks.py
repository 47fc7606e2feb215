"""What Wagtail asks of the API."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.api.management.doors import close_doors

hooks.register("register_actions", close_doors)


class ExplorerItem(MenuItem):
    """The way to the explorer, for who makes tokens."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask whether the person may make a token."""
        return request.user.has_perm("wagtailcore.add_apitoken")


@hooks.register("register_help_menu_item")
def explorer_item() -> MenuItem:
    """Lead from the menu "Bantuan" to what the management API can do."""
    return ExplorerItem(_("API pengelolaan"), reverse("management_explorer"), icon_name="code", order=900)
