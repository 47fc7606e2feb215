"""The buttons under a manuscript: one clear way for who decides, and one for who writes."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import WorkflowState

# Said first is what the main button does; a locked page's main button must not be "cancel".
_ORDER = ("action-page-locked", "action-save-draft", "approve", "reject", "action-submit")


def offer_one_way(items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, Any]) -> None:
    """Order the buttons; while a decision is awaited, nobody but an administrator publishes past it."""
    page = context.get("page")
    state = page.current_workflow_state if page else None
    waiting = state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS
    dropped = {"action-restart-workflow"}  # sending it again resumes the approval it came back from
    if waiting and not request.user.is_superuser:  # ty: ignore[unresolved-attribute]
        dropped.add("action-publish")
    kept = [item for item in items if item.name not in dropped]
    items[:] = sorted(kept, key=_rank)


def _rank(item: ActionMenuItem) -> int:
    return _ORDER.index(item.name) if item.name in _ORDER else len(_ORDER)
