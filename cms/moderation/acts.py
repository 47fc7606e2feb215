"""What moderation does to pages outside the workflow, written into the history of the page."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.moderation.recording import register_act
from cms.moderation.trail_entries import Act

PUBLISHED_URGENTLY = "moderation.publish_urgently"
REVIEWED_AFTERWARDS = "moderation.review_afterwards"
TOOK_BACK = "moderation.take_back"

_WORDS = {
    PUBLISHED_URGENTLY: (_("Menerbitkan serta-merta"), _("Terbit serta-merta; ditinjau sesudahnya")),
    REVIEWED_AFTERWARDS: (_("Meninjau sesudah terbit"), _("Ditinjau sesudah terbit serta-merta")),
    TOOK_BACK: (_("Mencabut persetujuan"), _("Persetujuan dicabut sebelum terbit")),
}


def note(action: str, page: Page, actor: User, revision: Revision, **details: str | dict[str, str]) -> None:
    """Record in the caller's transaction that `actor` did `action`; `comment` is what they said."""
    log(page, action, user=actor, data=details or None, revision=revision)


def describe(actions: LogActionRegistry) -> None:
    """Let the history say what these acts are."""
    for action, (label, message) in _WORDS.items():
        actions.register_action(action, label, message)


def register() -> None:
    """Let the trail know them (from AppConfig.ready); an urgent approval enters itself."""
    register_act(REVIEWED_AFTERWARDS, Act.REVIEWED_AFTERWARDS)
    register_act(TOOK_BACK, Act.APPROVAL_TAKEN_BACK)
