"""What a letter says: its subject, and one sentence."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Page, TaskState
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.moderation.letters.rows import Letter
from cms.moderation.queue.deadlines import due_of
from cms.moderation.urgent.after_reviews import AfterReview
from cms.publishing.office import Office
from cms.publishing.telling import day_and_minute, zone_of

Kind = Letter.Kind


def language_of(user: User) -> str:
    """Return the language in which `user` works."""
    profile = UserProfile.objects.filter(user=user).first()
    return profile.get_preferred_language() if profile else translation.get_language() or "id"


def told(
    kind: Kind,
    page: Page,
    office: Office | None,
    state: TaskState | None,
    review: AfterReview | None,
    by: User | None,
) -> dict[str, str]:
    """Return subject and sentence of a letter, in the language that is active."""
    fresh = Page.objects.get(pk=page.pk)
    due = review.due_at if review else due_of(state) if state else None
    said: dict[str, Any] = {
        "title": fresh.draft_title or fresh.title,
        "office": office.short_name if office else "",
        "by": user_display_name(by) if by else "Warta",
        "stage": state.task.name if state else "",
        "due": day_and_minute(due, zone_of(office)) if due else "",
    }
    if kind == Kind.APPROVED and not fresh.live:
        return {
            "subject": _clipped(_("Disetujui: “%(title)s”") % said),
            "sentence": _("%(by)s menyetujui “%(title)s” (%(office)s). Naskah terbit menurut jadwalnya.")
            % said,
        }
    subject, sentence = _words_of(kind)
    return {"subject": _clipped(subject % said), "sentence": sentence % said}


def _words_of(kind: Kind) -> tuple[str, str]:
    return {
        Kind.SUBMITTED: (
            _("Menunggu keputusan Anda: “%(title)s”"),
            _("%(by)s mengajukan “%(title)s” (%(office)s) ke tahap %(stage)s. Tenggatnya %(due)s."),
        ),
        Kind.RETURNED: (
            _("Perlu diperbaiki: “%(title)s”"),
            _("%(by)s meminta perbaikan pada “%(title)s” (%(office)s)."),
        ),
        Kind.REFUSED: (
            _("Ditolak: “%(title)s”"),
            _("%(by)s menolak “%(title)s” (%(office)s). Konsepnya tetap tersimpan."),
        ),
        Kind.APPROVED: (
            _("Terbit: “%(title)s”"),
            _("%(by)s menyetujui “%(title)s” (%(office)s), dan naskah itu terbit."),
        ),
        Kind.HANDED_OVER: (
            _("Dialihkan kepada Anda: “%(title)s”"),
            _("%(by)s meminta Anda menangani “%(title)s” (%(office)s), tahap %(stage)s. Tenggatnya %(due)s."),
        ),
        Kind.OVERDUE: (
            _("Lewat tenggat: “%(title)s”"),
            _("“%(title)s” (%(office)s) masih menunggu di tahap %(stage)s. Tenggatnya %(due)s sudah lewat."),
        ),
        Kind.ESCALATED: (
            _("Belum diputuskan: “%(title)s”"),
            _("“%(title)s” (%(office)s) belum juga diputuskan di tahap %(stage)s; tenggatnya %(due)s."),
        ),
        Kind.TAKEN_BACK: (
            _("Persetujuan dicabut: “%(title)s”"),
            _(
                "%(by)s mencabut persetujuan “%(title)s” (%(office)s). Naskah tidak terbit menurut jadwalnya; "
                "perbaiki, lalu ajukan lagi."
            ),
        ),
        **_urgent_words(),
    }[kind]


def _clipped(subject: str) -> str:
    """A subject is one line, whatever a title holds."""
    return " ".join(subject.split())[:300]


def _urgent_words() -> dict[Kind, tuple[str, str]]:
    return {
        Kind.URGENT: (
            _("Terbit serta-merta: “%(title)s”"),
            _(
                "%(by)s menerbitkan “%(title)s” (%(office)s) serta-merta. Orang kedua harus meninjaunya paling "
                "lambat %(due)s."
            ),
        ),
        Kind.UNREVIEWED: (
            _("Belum ditinjau: “%(title)s”"),
            _(
                "“%(title)s” (%(office)s) terbit serta-merta dan belum ditinjau orang kedua. Tenggatnya %(due)s."
            ),
        ),
        Kind.CONFIRMED: (
            _("Sudah ditinjau: “%(title)s”"),
            _("%(by)s meninjau “%(title)s” (%(office)s), yang terbit serta-merta: sudah benar."),
        ),
        Kind.OBJECTED: (
            _("Perlu diralat: “%(title)s”"),
            _(
                "%(by)s meninjau “%(title)s” (%(office)s), yang terbit serta-merta, dan meminta diralat. Teksnya "
                "masih terbit."
            ),
        ),
        Kind.TAKEN_DOWN: (
            _("Diturunkan: “%(title)s”"),
            _("%(by)s menurunkan “%(title)s” (%(office)s), yang terbit serta-merta, dari situs."),
        ),
    }
