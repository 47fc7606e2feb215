"""What is written: articles, their index, their body, and what readers find through them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("Berita")

    def ready(self) -> None:
        from cms import arriving, templating
        from cms.publishing import phones, signals
        from news import body, dates, framing, richtext
        from news.blocks.hosts import FRAME_HOSTS
        from news.models import Section, Topic

        for model in (Section, Topic):
            signals.register_watched_model(model)
        arriving.register_frame_hosts(FRAME_HOSTS)
        templating.register_filter("long_date", dates.long_date)
        templating.register_filter("date_and_time", dates.date_and_time)
        templating.register_filter("clock", dates.clock)
        templating.register_filter("number", dates.grouped_number)
        templating.register_filter("day_month_year", dates.day_month_year)
        templating.register_filter("dialled", phones.dialled)
        templating.register_global("month_and_year", dates.month_and_year)
        templating.register_global("framed_body", framing.framed_body)
        templating.register_global("render_body", body.render_body)
        templating.register_global("render_text", richtext.render_rich_text)
