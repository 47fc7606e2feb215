"""May this person decide about this manuscript now? One answer, with its reason, for every door."""

from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from cms.accounts.models import User
from cms.moderation.eligible import may_help, writers_of
from cms.moderation.four_eyes_task import FourEyesTask
from cms.moderation.seen_texts import has_seen
from cms.moderation.waivers import held_back


def may_decide(user: User, page: Page, state: TaskState) -> bool:
    """Ask whether `user` is somebody who decides at this stage: what every button and list asks."""
    return user.is_active and why_not_theirs(user, page, state) == ""


def why_not_theirs(user: User, page: Page, state: TaskState) -> str:
    """Return why the decision is not for `user`, as a sentence; "" if it is."""
    task = state.task.specific
    if task.is_final and user.pk in writers_of(page):
        return _("Anda ikut menulis naskah ini. Persetujuan terakhir harus dari orang lain.")
    if not task.is_final and state.workflow_state.requested_by_id == user.pk:
        return _("Anda yang mengajukan naskah ini. Orang lain yang memeriksanya.")
    if user.is_superuser or may_help(user, page, task):
        return ""
    return _("Naskah ini menunggu keputusan orang lain.")


def why_not_approve(user: User, page: Page, state: TaskState) -> str:
    """Return why `user` cannot approve the text of `page` as it is now, as a sentence that says what to do; or ""."""
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return _("Naskah ini sudah diputuskan.")
    if reason := why_not_theirs(user, page, state):
        return reason
    if not has_seen(user, page):
        return _("Naskah berubah sejak Anda membukanya. Buka dan baca lagi, lalu setujui.")
    return why_held_back(page.get_latest_revision_as_object())


def why_not_waive(user: User, page: Page) -> str:
    """Return why `user` cannot answer for what the checks find in the text of `page`, as a sentence; "" if they can.

    Those can who may let it go live at the end of its way, at whichever stage it is now, or before the first.
    """
    if user.pk in writers_of(page):
        return _("Anda ikut menulis naskah ini. Temuannya dikesampingkan oleh orang lain.")
    way = page.current_workflow_state.workflow if page.current_workflow_state else page.get_workflow()
    final = FourEyesTask.objects.filter(is_final=True, workflow_tasks__workflow=way)
    is_theirs = user.is_superuser or any(may_help(user, page, task) for task in final.order_by("pk"))
    return "" if is_theirs and user.is_active else _("Hanya penyetuju yang dapat mengesampingkan temuan.")


def why_held_back(page: Page) -> str:
    """Return what the checks hold against the text of `page` and nobody has waived, as a sentence; "" if nothing."""
    found = held_back(page)
    if not found:
        return ""
    said = _(
        "Pemeriksaan menemukan %(count)d kesalahan yang harus dibereskan dahulu, atau dikesampingkan seorang"
        " penyetuju: %(list)s"
    )
    return said % {"count": len(found), "list": "; ".join(finding.sentence for finding in found[:3])}
