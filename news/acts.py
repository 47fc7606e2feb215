"""What people do to articles that are live, written into the history of the page: the one place that records it."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page

from cms.accounts.models import User

SMALL_REPAIR, CORRECTED = "news.small_repair", "news.correct"
WITHDREW, WITHDRAWAL_ENDED = "news.withdraw", "news.withdrawal_end"
ERASED = "news.erase_personal_data"

_WORDS = {
    SMALL_REPAIR: (_("Memperbaiki kecil"), _("Perbaikan kecil terbit; tidak ada yang diumumkan")),
    CORRECTED: (_("Meralat"), _("Ralat terbit")),
    WITHDREW: (_("Menarik artikel"), _("Artikel ditarik")),
    WITHDRAWAL_ENDED: (_("Mengakhiri penarikan"), _("Artikel terbit lagi; penarikannya berakhir")),
    ERASED: (_("Menghapus data pribadi"), _("Naskah lama dikosongkan karena memuat data pribadi")),
}


def note(act: str, page: Page, actor: User | None = None, **details: str | bool) -> None:
    """Record in the caller's transaction that `actor` (None: nobody in person) did `act` to `page`."""
    log(page, act, user=actor, data=details or None, revision=page.live_revision)


def describe(actions: LogActionRegistry) -> None:
    """Let the history say what these acts are."""
    for act, (label, message) in _WORDS.items():
        actions.register_action(act, label, message)
