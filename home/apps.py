"""One office: its front page, its settings, how it comes to exist."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Kantor")

    def ready(self) -> None:
        from cms.publishing import office
        from home import reading

        office.register_office_reader(reading.read_office)
