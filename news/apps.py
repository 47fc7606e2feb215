"""What is written: articles, their index, their body, and what readers find through them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("Berita")

    def ready(self) -> None:
        from cms import arriving, templating
        from cms.moderation.checks import register_check
        from cms.moderation.recording import register_act
        from cms.moderation.trail_entries import Act
        from cms.moderation.trash import emptying
        from cms.moderation.urgent import publishing_now
        from cms.publishing import beside_pages, former_lists, ground, outputs, phones, signals
        from cms.publishing.kinds import shell
        from news import (
            acts,
            body,
            changes,
            correction_rules,
            dates,
            erasing,
            keeping,
            listing,
            richtext,
            withdrawals,
        )
        from news.blocks.hosts import FRAME_HOSTS
        from news.importing.writing import LOG_ACTION
        from news.models import (
            ArticleTag,
            Correction,
            NewsArticlePage,
            NewsIndexPage,
            Section,
            TaggedArticle,
            Topic,
            Withdrawal,
        )
        from news.outputs.articles import Articles, trace_articles
        from news.outputs.beside import beside
        from news.outputs.corrections import Corrections, Notices, Versions
        from news.outputs.feeds import Feeds, Sitemaps
        from news.outputs.list_places import SectionLists, TopicLists
        from news.outputs.lists import KINDS as LISTS
        from news.outputs.lists import keys_of_section, trace_indexes
        from news.preflight.checking import check_article

        signals.register_shown_model(Section, keys_of_section)
        signals.register_shown_model(Topic, lambda row: {f"topic:{row.pk}", "topics"})
        beside_pages.register_beside(beside)
        former_lists.register_lists(Section, SectionLists())
        former_lists.register_lists(Topic, TopicLists())
        signals.register_shown_model(ArticleTag, lambda row: {"tags"}, new_ones=False)
        signals.register_child_model(Correction, "page", with_aliases=True)
        signals.register_shown_model(Withdrawal, withdrawals.keys_of)
        ground.register_notices(withdrawals.notices)
        signals.register_child_model(TaggedArticle, "content_object")
        emptying.register_keeper(keeping.why_public)
        emptying.register_silencer(erasing.withdrawn_for_personal_data)
        publishing_now.register_refusal(withdrawals.why_not_at_once)
        correction_rules.register()
        register_act(LOG_ACTION, Act.IMPORTED)
        register_act(acts.CORRECTED, Act.CORRECTED)
        register_act(acts.WITHDREW, Act.WITHDREW)
        for kind in (Articles(), Feeds(), Sitemaps(), Corrections(), Versions(), Notices(), *LISTS):
            outputs.register_kind(kind)
        outputs.register_tracer(NewsArticlePage, trace_articles)
        outputs.register_tracer(NewsIndexPage, trace_indexes)
        shell.register_shell_part(listing.read_index)
        register_check(NewsArticlePage, check_article)
        register_check(NewsArticlePage, changes.check_answer)
        arriving.register_frame_hosts(FRAME_HOSTS)
        templating.register_filter("long_date", dates.long_date)
        templating.register_filter("date_and_time", dates.date_and_time)
        templating.register_filter("clock", dates.clock)
        templating.register_filter("number", dates.grouped_number)
        templating.register_filter("day_month_year", dates.day_month_year)
        templating.register_filter("dialled", phones.dialled)
        templating.register_global("month_and_year", dates.month_and_year)
        templating.register_global("render_body", body.render_body)
        templating.register_global("render_text", richtext.render_rich_text)
