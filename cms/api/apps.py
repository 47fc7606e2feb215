"""What newsrooms, apps and fact-checkers read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "cms.api"
    label = "content_api"
    verbose_name = _("API")

    def ready(self) -> None:
        from cms.api.management import fields
        from cms.api.twin import files_beside
        from cms.api.visible import look
        from cms.publishing import companions
        from news.withdrawal_proof import register_place

        fields.declare_fields()
        companions.register_companion(files_beside)
        register_place(look)
