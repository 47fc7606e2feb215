"""Takes back every approval of pages that leave the readers: no button, schedule or command brings them back alone."""

from collections.abc import Collection

from wagtail.models import Revision, WorkflowState, get_default_page_content_type

from cms.accounts.models import User
from cms.moderation.approvals import Approval, TakenBack
from cms.publishing.many_rows import in_chunks


def take_back_all(pages: Collection[int], actor: User, reason: str) -> None:
    """Let no approval of `pages` (ids) given until now hold; only a new one makes them live."""
    own = Revision.objects.filter(base_content_type=get_default_page_content_type())
    for part in in_chunks(pages):
        own.filter(object_id__in=list(map(str, part)), approved_go_live_at__isnull=False).update(
            approved_go_live_at=None
        )
        for approval in Approval.objects.standing().filter(page_id__in=part).order_by("pk"):
            TakenBack.objects.create(approval=approval, actor=actor, reason=reason)


def cancel_workflows(pages: Collection[int], actor: User) -> None:
    """End the way through approval on which any of `pages` (ids) is."""
    waiting = WorkflowState.objects.active().filter(base_content_type=get_default_page_content_type())
    for part in in_chunks(pages):
        for state in waiting.filter(object_id__in=list(map(str, part))).order_by("pk"):
            state.cancel(user=actor)
