"""Who may let what go live."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "cms.moderation"
    label = "moderation"
    verbose_name = _("Moderasi")

    def ready(self) -> None:
        from django.core import checks

        from cms import templating
        from cms.health.checking import register_check
        from cms.moderation import (
            database_rules,
            four_eyes_rules,
            rule_check,
            signals,
            trail_rules,
            verifying,
        )
        from cms.moderation.letters import health, reminding, sending
        from cms.moderation.recording import register_act
        from cms.moderation.sharing import giving, opening
        from cms.moderation.trail_entries import Act
        from cms.publishing.backup import register_around_restore
        from cms.publishing.periodic import register_periodic

        trail_rules.register()
        four_eyes_rules.register()
        signals.connect(self)
        register_act(giving.SHARED, Act.PREVIEW_LINK_MADE)
        register_act(giving.REVOKED, Act.PREVIEW_LINK_REVOKED)
        templating.register_global("watermark_on", opening.watermark_on)
        register_around_restore(database_rules.lifted)
        checks.register(rule_check.check_database, checks.Tags.database)
        register_check("database_rules", _("Aturan basis data"), rule_check.problems)
        register_check("trail", _("Jejak moderasi"), verifying.problems)
        register_check("letters", _("Surel"), health.check_letters)
        register_periodic("letters", 2, sending.deliver)
        register_periodic("reminders", 60, reminding.remind)
        register_periodic("old_letters", 24 * 60 * 60, sending.forget_old)
