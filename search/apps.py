"""How a reader's words find an article."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "reader_search"
    verbose_name = _("Pencarian")

    def ready(self) -> None:
        from cms.moderation.trash.taking_down import register_hearer
        from news.importing import indexes
        from news.withdrawal_proof import register_place
        from search import indexing, proving, signals

        signals.connect()
        register_place(proving.look)
        indexes.register_article_index(indexing.index_many)
        register_hearer(indexing.forget)
