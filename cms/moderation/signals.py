"""The only receivers of moderation."""

from typing import Any

from django.apps import AppConfig
from django.db import connection, models
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_migrate, pre_save
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from cms.moderation import database_rules, permits, recording, shared_recording, shared_things, trail
from cms.moderation.approvals import note_contribution
from cms.moderation.delegation import Delegation
from cms.moderation.letters import writing
from cms.moderation.trail_entries import Act
from cms.moderation.trash import keeping


def connect(config: AppConfig) -> None:
    """Connect the receivers, once, when the applications are ready."""
    pre_migrate.connect(_lift_rules, sender=config, dispatch_uid="moderation-lift-rules")
    post_migrate.connect(_restore_rules, sender=config, dispatch_uid="moderation-restore-rules")
    post_save.connect(_after_revision, sender=Revision)
    post_save.connect(_after_log_entry, sender=PageLogEntry)
    post_save.connect(_after_shared_change, sender=ModelLogEntry)
    pre_save.connect(_before_shared_change)
    post_save.connect(_after_delegation, sender=Delegation)
    post_delete.connect(_after_delegation_ended, sender=Delegation)
    pre_delete.connect(_before_deletion)
    post_delete.connect(_after_deletion)
    _replace_notifiers()


def _after_revision(sender: type, instance: Revision, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        note_contribution(instance)


def _after_log_entry(
    sender: type, instance: PageLogEntry, created: bool, raw: bool, **kwargs: object
) -> None:
    if created and not raw:
        recording.record_logged(instance)


def _after_shared_change(
    sender: type, instance: ModelLogEntry, created: bool, raw: bool, **kwargs: object
) -> None:
    if created and not raw:
        shared_recording.record_shared(instance)


def _before_shared_change(sender: type, instance: models.Model, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        shared_recording.note_change(instance)


def _after_delegation(sender: type, instance: Delegation, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        recording.record_delegation(Act.DELEGATED, instance)


def _after_delegation_ended(sender: type, instance: Delegation, **kwargs: object) -> None:
    recording.record_delegation(Act.DELEGATION_ENDED, instance)


def _lift_rules(plan: list[object], **kwargs: object) -> None:
    """Let migrations alter tables: SQLite renames none while a trigger elsewhere names one that is being remade."""
    if plan and connection.vendor == "sqlite":
        database_rules.remove_all()


def _restore_rules(**kwargs: object) -> None:
    database_rules.install_all()
    if trail.TrailHead._meta.db_table in connection.introspection.table_names():
        trail.begin()


def _before_deletion(sender: type, instance: models.Model, **kwargs: object) -> None:
    """Inside the deletion's own transaction: what fails after this leaves no permit behind."""
    opened = shared_things.open_for_deletion(instance)
    if sender is Page:  # every page has a row there, whatever its type
        keeping.refuse_losing(instance)  # ty: ignore[invalid-argument-type]
        opened += permits.open_permits([instance.pk], permits.DELETION)
    instance._permits = opened


def _after_deletion(sender: type, instance: models.Model, **kwargs: object) -> None:
    permits.close_permits(instance.__dict__.pop("_permits", []))


def _replace_notifiers() -> None:
    """Listen in the seats of Wagtail's notifiers, which send mail inside the transaction and the request.

    Whoever connects first under a name keeps the seat, and `wagtail.admin` is made ready after us.
    """
    for signal, sender, seat, receiver in (
        (task_submitted, TaskState, "group_approval_task_submitted", _on_submitted),
        (workflow_submitted, WorkflowState, "workflow_state_submitted", _on_begun),
        (workflow_rejected, WorkflowState, "workflow_state_rejected", _on_returned),
        (workflow_approved, WorkflowState, "workflow_state_approved", _on_approved),
    ):
        uid = f"{seat}_email_notification"
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(receiver, sender=sender, dispatch_uid=uid)


def _on_begun(sender: type, **kwargs: object) -> None:
    """Write nothing: the first stage has just been written about."""


def _on_submitted(sender: type, instance: TaskState, user: Any = None, **kwargs: object) -> None:
    writing.submitted(instance, user)


def _on_returned(sender: type, instance: WorkflowState, user: Any = None, **kwargs: object) -> None:
    writing.returned(instance, user)


def _on_approved(sender: type, instance: WorkflowState, user: Any = None, **kwargs: object) -> None:
    writing.approved(instance, user)
