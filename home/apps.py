"""One office: its front page, its settings, how it comes to exist."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Kantor")

    def ready(self) -> None:
        from cms.health.checking import register_check
        from cms.moderation.eligible import register_above
        from cms.publishing import beside_pages, office, outputs, standing_in
        from home import errors, models, oversight, reading, taken_addresses, taken_slugs
        from home import outputs as own
        from news.outputs import feeds

        register_above(oversight.Above())
        standing_in.register_stand_in(errors.show_unavailable)
        office.register_office_reader(reading.read_office)
        office.register_office_names(reading.office_names)
        for kind in (own.FRONT, own.STANDARD, own.Errors(), own.Robots()):
            outputs.register_kind(kind)
        beside_pages.register_beside(own.data_beside_standing)
        outputs.register_tracer(models.HomePage, own.FRONT.tracer())
        outputs.register_tracer(models.StandardPage, own.STANDARD.tracer())
        feeds.register_sitemap_pages(own.list_addresses)
        taken_slugs.connect()
        register_check("addresses", _("Alamat halaman"), taken_addresses.check_addresses)
