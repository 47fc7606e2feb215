"""What an article's people are told of its way through approval."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Page, TaskState, WorkflowState

from cms.moderation.approvals import TakenBack
from cms.moderation.seen_texts import note_seen
from cms.moderation.taking_back import last_taken_back
from cms.publishing.telling import moment_by_clock_of


def reason_of_return(state: WorkflowState | None) -> TaskState | None:
    """Return the decision by which an article was sent back, or nothing if it is not waiting for its writer."""
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    return state.current_task_state


def show_why_it_came_back(request: HttpRequest, page: Page) -> None:
    """Put the approver's words above the manuscript that was sent back."""
    # Wagtail fetches the same screen once more, unseen, after the first save of a new page.
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    if decision := reason_of_return(page.current_workflow_state):
        messages.warning(request, _sentence(page, decision))
    elif refusal := _refusal_of(page):
        messages.warning(request, _refused(page, refusal))
    elif row := last_taken_back(page):
        messages.warning(request, _taken_back(page, row))


def _refusal_of(page: Page) -> TaskState | None:
    """Return the decision that ended the page's last way through approval with a no."""
    last = page.workflow_states.order_by("-created_at", "-pk").first()
    decision = last.current_task_state if last and last.status == WorkflowState.STATUS_CANCELLED else None
    is_no = (
        decision
        and decision.status == TaskState.STATUS_REJECTED
        and decision.revision_id == page.latest_revision_id
    )
    return decision if is_no else None


def _refused(page: Page, decision: TaskState) -> str:
    return _("%(name)s menolak naskah ini (%(day)s): “%(words)s”") % _said(page, decision)


def _taken_back(page: Page, row: TakenBack) -> str:
    said = {
        "name": user_display_name(row.actor) if row.actor else _("Penyetuju"),
        "day": moment_by_clock_of(page, row.made_at),
        "words": row.reason,
    }
    return _("%(name)s mencabut persetujuan naskah ini (%(day)s): “%(words)s”") % said


def note_reading(request: HttpRequest, page: Page) -> None:
    """Remember which text the person has on the screen: what they decide about."""
    if request.method == "GET":
        note_seen(request.user, page)  # ty: ignore[invalid-argument-type]


def _sentence(page: Page, decision: TaskState) -> str:
    said = _said(page, decision)
    if decision.comment:
        return _("%(name)s meminta perbaikan (%(day)s): “%(words)s”") % said
    return _("%(name)s meminta perbaikan (%(day)s) tanpa menulis alasan. Tanyakan kepadanya.") % said


def _said(page: Page, decision: TaskState) -> dict[str, str]:
    return {
        "name": user_display_name(decision.finished_by) if decision.finished_by else _("Penyetuju"),
        "day": moment_by_clock_of(page, decision.finished_at) if decision.finished_at else "-",
        "words": decision.comment,
    }


def confirm_decision(request: HttpRequest, page: Page) -> None:
    """Tell the approver what the decision did, in place of Wagtail's "has been updated"."""
    action = request.POST.get("workflow-action-name")
    if "action-workflow-action" not in request.POST or action not in ("approve", "reject"):
        return
    list(messages.get_messages(request))  # reading the messages takes them off the screen to come
    title = {"title": page.get_admin_display_title()}
    if action == "reject":
        messages.success(request, _("“%(title)s” dikembalikan kepada penulisnya untuk diperbaiki.") % title)
    elif Page.objects.get(pk=page.pk).workflow_in_progress:
        # A decision holds for the text it was made on; Wagtail asks again, and says nothing.
        messages.warning(
            request,
            _("“%(title)s” belum terbit: naskahnya berubah atau ada langkah lain. Buka lagi, lalu setujui.")
            % title,
        )
    else:
        messages.success(request, _approved(page) % title)


def _approved(page: Page) -> str:
    now = Page.objects.get(pk=page.pk)
    if now.live and not now.has_unpublished_changes:
        return _("“%(title)s” disetujui dan terbit.")
    return _("“%(title)s” disetujui, dan terbit menurut jadwalnya.")
