"""The one door of moderation for now: below this page, nothing is published without these people's approval.

Wagtail's stock workflow stands behind it; the moderation issue replaces it without moving the door.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask


def require_approval(page: Page, office: str, approvers: Iterable[Group]) -> Workflow:
    """Return the workflow that stands over `page`; made for `approvers` if it has none of its own."""
    bound = WorkflowPage.objects.select_related("workflow").filter(page_id=page.pk).first()
    if bound:
        return bound.workflow
    name = _("Persetujuan %(office)s") % {"office": office}
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.set(approvers)
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page_id=page.pk, workflow=workflow)
    return workflow
