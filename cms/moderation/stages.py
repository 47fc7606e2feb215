"""The stages of an office: an editor looks at a manuscript, then an approver lets it go live."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from cms.moderation.four_eyes_task import FourEyesTask


def require_approval(page: Page, office: str, editors: Group, approvers: Group) -> Workflow:
    """Return the workflow that stands over `page`; made if it has none of its own.

    It may be changed in the admin like any workflow. Approvers may do the editors' stage too: a small office has
    nobody else.
    """
    bound = WorkflowPage.objects.select_related("workflow").filter(page_id=page.pk).first()
    if bound:
        return bound.workflow
    said = {"office": office}
    workflow = Workflow.objects.create(name=_("Alur naskah %(office)s") % said)
    stages = (
        (_("Penyuntingan %(office)s") % said, False, [editors, approvers]),
        (_("Persetujuan %(office)s") % said, True, [approvers]),
    )
    for place, (name, is_final, groups) in enumerate(stages):
        task = FourEyesTask.objects.create(name=name, is_final=is_final)
        task.groups.set(groups)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    WorkflowPage.objects.create(page_id=page.pk, workflow=workflow)
    return workflow
