"""Whether the installation does what it should, for its operator."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthConfig(AppConfig):
    name = "cms.health"
    label = "health"
    verbose_name = _("Kesehatan situs")

    def ready(self) -> None:
        from cms.health import background, checking

        checking.register_check("background", _("Pekerjaan latar belakang"), background.check_tasks)
        checking.register_check("disk", _("Ruang penyimpanan"), background.check_room)
