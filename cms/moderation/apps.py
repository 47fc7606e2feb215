"""Who may let what go live."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "cms.moderation"
    label = "moderation"
    verbose_name = _("Moderasi")

    def ready(self) -> None:
        from django.core import checks
        from wagtail.models import AbstractPage, Page
        from wagtail.permissions import register_permission_policy

        from cms import templating
        from cms.health.checking import register_check
        from cms.moderation import (
            acts,
            database_rules,
            four_eyes_rules,
            rule_check,
            signals,
            trail_rules,
            verified,
            waivers,
        )
        from cms.moderation.letters import health, reminding, sending
        from cms.moderation.recording import register_act
        from cms.moderation.sharing import giving, opening
        from cms.moderation.trail_entries import Act
        from cms.moderation.trash import rules as trash_rules
        from cms.moderation.trash.policy import PagesOutsideTrash
        from cms.moderation.urgent import reminding as reviews
        from cms.publishing.backup import register_around_restore
        from cms.publishing.periodic import register_periodic
        from cms.publishing.preparing import register_step

        acts.register()
        trail_rules.register()
        four_eyes_rules.register()
        trash_rules.register()
        register_permission_policy(AbstractPage, PagesOutsideTrash(Page))
        signals.connect(self)
        register_act(giving.SHARED, Act.PREVIEW_LINK_MADE)
        register_act(giving.REVOKED, Act.PREVIEW_LINK_REVOKED)
        templating.register_global("watermark_on", opening.watermark_on)
        register_around_restore(database_rules.lifted)
        register_step(database_rules.install_missing)
        checks.register(rule_check.check_database, checks.Tags.database)
        register_check("database_rules", _("Aturan basis data"), rule_check.problems)
        register_check("trail", _("Jejak moderasi"), verified.problems)
        register_check("letters", _("Surel"), health.check_letters)
        register_act(waivers.LOG_ACTION, Act.WAIVED)
        register_check("after_reviews", _("Terbit serta-merta"), reviews.problems)
        register_periodic("after_reviews", 60, reviews.remind)
        register_periodic("letters", 2, sending.deliver)
        register_periodic("reminders", 60, reminding.remind)
        register_periodic("trail", 10 * 60, verified.check_on)
        register_periodic("old_letters", 24 * 60 * 60, sending.forget_old)
