"""What is done with the trash, written into the history of the page, from where it comes into the trail."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

THREW, RESTORED, EMPTIED = "moderation.trash", "moderation.restore", "moderation.empty_trash"

_WORDS = {
    THREW: (_("Membuang ke Sampah"), _("Dibuang ke Sampah")),
    RESTORED: (_("Memulihkan dari Sampah"), _("Dipulihkan dari Sampah sebagai konsep")),
    EMPTIED: (_("Mengosongkan Sampah"), _("Dihapus untuk selamanya dari Sampah")),
}


def describe(actions: LogActionRegistry) -> None:
    """Let the history say what these acts are (hook)."""
    for act, (label, message) in _WORDS.items():
        actions.register_action(act, label, message)
