"""Wagtail's user screens, with our own fields."""

from wagtail.users.apps import WagtailUsersAppConfig


class UserScreensConfig(WagtailUsersAppConfig):
    """Names the view set that knows a person's position."""

    user_viewset = "cms.accounts.screens.UserViewSet"
