"""From a change to a file: knows pages through Wagtail alone."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "cms.publishing"
    label = "publishing"
    verbose_name = _("Penerbitan")

    def ready(self) -> None:
        from cms.publishing import outputs, signals
        from cms.publishing.kinds import assets, files, redirects, shell

        signals.connect()
        for kind in (shell.Shell(), files.Pictures(), files.Documents(), assets.Assets()):
            outputs.register_kind(kind)
        outputs.register_kind(redirects.Redirects())
        outputs.register_kind(redirects.Stubs())
