"""Pictures and documents: what is uploaded and what readers get of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"
    verbose_name = _("Media")

    def ready(self) -> None:
        from cms.health.checking import register_check
        from cms.media import failures, signals

        signals.connect()
        register_check("pictures", _("Gambar"), failures.check_pictures)
