"""The acts of the management API on pages: what would show readers something unseen is refused, with the way to go."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.edit_page import EditPageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.registry import ActionRegistry
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page
from wagtail.utils.forms import FormValidationError

from cms.api.management.refusing import Refused, submit_instead
from cms.api.management.spelling_out import spelled_out
from cms.moderation.trash.throwing import put_in_trash


class Publish(PublishPageRevisionAction):
    """Nobody's."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Refuse everybody whom the page refuses, and say what to do."""
        if self.user and not self.object.permissions_for_user(self.user).can_publish():
            raise Refused(submit_instead())


class _SpellsOut:
    """Says of a text what is wrong in it, and where."""

    def _clean_instance(self) -> None:
        try:
            super()._clean_instance()  # ty: ignore[unresolved-attribute]
        except FormValidationError:
            raise spelled_out(self.form) from None  # ty: ignore[unresolved-attribute]


class Create(_SpellsOut, CreatePageAction):
    """A draft."""

    def check_publish(self) -> None:
        """Refuse to publish at once."""
        if not self.parent.permissions_for_user(self.user).can_publish_subpage():
            raise Refused(submit_instead())


class Edit(_SpellsOut, EditPageAction):
    """A new version."""

    def check_lock(self) -> None:
        """Say who has to let go of the page first, and that an alias has no words of its own."""
        if self.instance.alias_of_id:
            raise Refused(_("Alias menampilkan isi halaman asalnya. Sunting halaman asalnya."))
        _refuse_locked(self.instance, self.user)

    def check_publish(self) -> None:
        """Refuse to publish at once."""
        if not self.instance.permissions_for_user(self.user).can_publish():
            raise Refused(submit_instead())


class Copy(CopyPageAction):
    """A draft with the words of another page."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Refuse a copy that would be live at once."""
        to = self.to or self.page.get_parent()
        if self.keep_live and not to.permissions_for_user(self.user).can_publish_subpage():
            raise Refused(
                _("Salinan selalu mulai sebagai konsep. Kirim keep_live: false, lalu ajukan salinannya.")
            )
        super().check(skip_permission_checks)


class CreateAlias(CreatePageAliasAction):
    """Nobody's: an alias is live the moment it is made."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Refuse everybody whom the place refuses."""
        parent = self.parent or self.page.get_parent()
        if not parent.permissions_for_user(self.user).can_publish_subpage():
            raise Refused(
                _(
                    "Alias langsung tampil bagi pembaca, jadi tidak dapat dibuat lewat API. Salin halamannya"
                    " dengan keep_live: false, lalu ajukan salinannya."
                )
            )
        super().check(skip_permission_checks)


class Move(MovePageAction):
    """Within one office; what readers see does not come under another one's name."""

    def check(self, parent_after: Page, skip_permission_checks: bool = False) -> None:
        """Refuse what the page refuses, and say why."""
        if not self.page.permissions_for_user(self.user).can_move_to(parent_after):
            raise Refused(
                _(
                    "Halaman ini tidak dapat dipindahkan ke sana. Halaman yang terbit hanya pindah di dalam kantornya,"
                    " ke tempat yang menerima jenis halaman ini, oleh orang yang berwenang di kedua tempat."
                )
            )


class Revert(RevertToPageRevisionAction):
    """A new version with older words."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Refuse also while the page is locked: Wagtail asks that of its edit form alone."""
        super().check(skip_permission_checks)
        _refuse_locked(self.instance, self.user)


class Unpublish(UnpublishPageAction):
    """Taking down needs one person, and is done at once."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Say what the page lacks, or the person."""
        if not self.object.live:
            raise Refused(_("Halaman ini tidak sedang terbit."))
        super().check(skip_permission_checks)


class Delete(DeletePageAction):
    """To delete is to put into the trash of the office, as in the newsroom."""

    def execute(self, *args: Any, skip_permission_checks: bool = False, **kwargs: Any) -> None:
        """Take the page from readers and put it there, once the person may."""
        self.check(skip_permission_checks=skip_permission_checks)
        put_in_trash(self.page, self.user, _("Dihapus lewat API"))


def close_doors(registry: ActionRegistry) -> None:
    """Put these acts in the place of Wagtail's (hook register_actions); only its API asks there."""
    for act in (Publish, Create, Edit, Copy, CreateAlias, Move, Revert, Unpublish, Delete):
        registry.register(Page, act)


def _refuse_locked(page: Page, user: Any) -> None:
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        raise Refused(
            _("Halaman ini dikunci: sedang ditinjau, dijadwalkan terbit, atau dipegang orang lain.")
        )
