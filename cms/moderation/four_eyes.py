"""What makes a page type stand under four eyes."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from wagtail.models import Page, PagePermissionTester, Revision

from cms.moderation.approvals import Approval
from cms.moderation.guarding import guarded
from cms.moderation.page_rights import FourEyesRights
from cms.moderation.sharing.links import is_shared
from cms.moderation.trash import keeping
from cms.moderation.trash.hiding import is_hidden_from, lies_in_trash
from cms.moderation.trash.rights import NoRights


class FourEyes(models.Model):
    """A page whose text readers see only after a second person approved it; stands before Page in the bases."""

    # What is only fixed when the page goes live: free where the approved text is silent.
    fixed_at_publication: tuple[str, ...] = ()
    # Fields that readers see and no form shows: who approves has to see them change.
    read_beside_form: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; raises NotApproved if readers would then see what nobody else has approved."""
        with guarded(self, kwargs.get("update_fields")):  # ty: ignore[invalid-argument-type]
            super().save(*args, **kwargs)

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Save a revision; one that was approved or is being shown stays, and autosave begins a new one."""
        if overwrite_revision is None:
            return super().save_revision(*args, **kwargs)  # ty: ignore[unresolved-attribute]
        with transaction.atomic():
            # Who approves holds this row meanwhile: nothing is saved over the text that is being approved.
            Page.objects.select_for_update().get(pk=self.pk)
            kept = None if _is_to_stay(overwrite_revision) else overwrite_revision
            return super().save_revision(*args, overwrite_revision=kept, **kwargs)  # ty: ignore[unresolved-attribute]

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete; raises DeletionRefused for what is locked or readers ever saw, here or below."""
        keeping.refuse_losing_branch(self)  # ty: ignore[invalid-argument-type]
        return super().delete(*args, **kwargs)

    def can_move_to(self, parent: Page) -> bool:
        """Refuse the trash and what lies in it, whoever asks through whichever screen."""
        return super().can_move_to(parent) and not lies_in_trash(parent)  # ty: ignore[unresolved-attribute]

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Refuse the trash and what lies in it for new pages, copies and aliases."""
        return super().can_create_at(parent) and not lies_in_trash(parent)  # ty: ignore[unresolved-attribute]

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        """Return what `user` may do with this page."""
        if is_hidden_from(user, self):  # ty: ignore[invalid-argument-type]
            return NoRights(user, self)
        return FourEyesRights(user, self)


def _is_to_stay(revision: Revision) -> bool:
    return Approval.objects.filter(revision_id=revision.pk).exists() or is_shared(revision)
