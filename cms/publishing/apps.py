"""From a change to a file: knows pages through Wagtail alone."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "cms.publishing"
    label = "publishing"
    verbose_name = _("Penerbitan")

    def ready(self) -> None:
        from cms.health.checking import register_check
        from cms.publishing import forgetting, health, hostnames, old_addresses, outputs, periodic, signals
        from cms.publishing.kinds import assets, files, redirects, shell

        signals.connect(self)
        old_addresses.connect()
        hostnames.connect()
        for kind in (shell.Shell(), files.Pictures(), files.Documents(), assets.Assets()):
            outputs.register_kind(kind)
        outputs.register_kind(redirects.Redirects())
        outputs.register_kind(redirects.Stubs())
        periodic.register_periodic("old_changes", 10 * 60, forgetting.forget_old)
        register_check("publisher", _("Penerbit"), health.check_publisher)
        register_check("trees", _("Berkas situs"), health.check_trees)
        register_check("failures", _("Halaman yang gagal terbit"), health.check_failures)
        register_check("schedules", _("Jadwal terbit"), health.check_schedules)
