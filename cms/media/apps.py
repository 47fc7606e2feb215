"""Pictures and documents: what is uploaded and what readers get of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"
    verbose_name = _("Media")

    def ready(self) -> None:
        from cms.media import signals

        signals.connect()
