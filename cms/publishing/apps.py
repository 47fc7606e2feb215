"""From a change to a file: knows pages through Wagtail alone."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "cms.publishing"
    label = "publishing"
    verbose_name = _("Penerbitan")

    def ready(self) -> None:
        from cms.publishing import signals

        signals.connect()
