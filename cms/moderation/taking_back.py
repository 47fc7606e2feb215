"""Approvals taken back: what was let through does not go live any more, until somebody approves it anew."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type

from cms.accounts.models import User
from cms.moderation import acts
from cms.moderation.approvals import Approval, TakenBack
from cms.moderation.approvers import is_approver
from cms.moderation.letters import told_besides
from cms.publishing.many_rows import in_chunks


class NothingScheduled(Exception):
    """It has gone live meanwhile, or somebody else was faster."""


class NotAnApprover(Exception):
    """This person lets nothing go live here."""


def take_back_all(pages: Collection[int], actor: User, reason: str) -> None:
    """Let no approval of `pages` (ids) given until now hold, by a button or by a schedule: only a new one."""
    own = Revision.objects.filter(base_content_type=get_default_page_content_type())
    for part in in_chunks(pages):
        own.filter(object_id__in=list(map(str, part)), approved_go_live_at__isnull=False).update(
            approved_go_live_at=None
        )
        _take_back(Approval.objects.filter(page_id__in=part), actor, reason)


def cancel_workflows(pages: Collection[int], actor: User) -> None:
    """End the way through approval on which any of `pages` (ids) is."""
    waiting = WorkflowState.objects.active().filter(base_content_type=get_default_page_content_type())
    for part in in_chunks(pages):
        for state in waiting.filter(object_id__in=list(map(str, part))).order_by("pk"):
            state.cancel(user=actor)


@transaction.atomic
def take_back_scheduled(pk: int, actor: User, reason: str) -> Page:
    """Cancel the schedule of page `pk` and the approval behind it; the manuscript is its writer's again.

    Raises NotAnApprover or NothingScheduled; then nothing has changed.
    """
    page = Page.objects.select_for_update().get(pk=pk).specific
    if not is_approver(actor, page):
        raise NotAnApprover
    revision = scheduled(page)
    if revision is None:
        raise NothingScheduled
    given = Approval.objects.filter(page_id=page.pk, revision_id=revision.pk)
    approver_ids = set(given.filter(taken_back=None).values_list("actor_id", flat=True))
    _take_back(given, actor, reason)
    page.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
    acts.note(acts.TOOK_BACK, page, actor, revision, comment=reason)
    told_besides.taken_back(page, revision, actor, reason, approver_ids)
    return page


def scheduled(page: Page) -> Revision | None:
    """Return the approved text of `page` that waits for its time."""
    return page.revisions.filter(approved_go_live_at__isnull=False).order_by("-pk").first()


def last_taken_back(page: Page) -> TakenBack | None:
    """Return the taking back that sent the newest text of `page` to its writer; None if it went on since."""
    rows = TakenBack.objects.select_related("actor").filter(
        approval__page_id=page.pk, approval__revision_id=page.latest_revision_id
    )
    again = Approval.objects.standing().filter(page_id=page.pk, revision_id=page.latest_revision_id)
    return None if again.exists() else rows.order_by("-pk").first()


def _take_back(approvals: QuerySet[Approval], actor: User, reason: str) -> None:
    standing = approvals.filter(taken_back=None).order_by("pk")
    rows = [TakenBack(approval=approval, actor=actor, reason=reason) for approval in standing]
    TakenBack.objects.bulk_create(rows, batch_size=200)
