"""Brings a page back from the trash: as a draft, the same page, with its history."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.trash import acts
from cms.moderation.trash.hiding import lies_in_trash, outside_trash
from cms.moderation.trash.moving import free_slug, move_draft
from cms.moderation.trash.rows import Trashed


class RestoreRefused(PermissionDenied):
    """A page cannot come back there; the message says why and what to do."""


class PlaceNeeded(RestoreRefused):
    """Where the page stood is gone, or lies in the trash itself: somebody has to say where it goes."""


@transaction.atomic
def restore(row: Trashed, user: User, place: Page | None = None) -> Page:
    """Bring a page back below `place`, or where it was, as a draft; its aliases come along where they can.

    Whoever may add such a page there may do so. A slug that was taken meanwhile is numbered.
    Raises RestoreRefused (PlaceNeeded), and then nothing has happened.
    """
    row = Trashed.objects.select_for_update().get(pk=row.pk)
    page = Page.objects.filter(pk=row.page_id).first()
    if row.restored_at or page is None or not lies_in_trash(page):
        raise RestoreRefused(_("“%(title)s” sudah tidak ada di Sampah.") % {"title": row.title})
    parent = place or old_place(row)
    if parent is None:
        raise PlaceNeeded(
            _("Tempat lamanya, “%(title)s”, sudah tidak ada. Pilih tempat lain.")
            % {"title": row.parent_title}
        )
    if reason := why_not_below(page, parent, user):
        raise RestoreRefused(reason)
    return _bring_back(row, page, parent, user)


def old_place(row: Trashed) -> Page | None:
    """Return where the page of `row` stood, if that is there to see."""
    return outside_trash(Page.objects.filter(pk=row.parent_id)).first()


def may_add(user: User, parent: Page) -> bool:
    """Ask whether `user` may add pages below `parent`; no query once the rights of `user` are known."""
    rights = parent.permissions_for_user(user)
    return user.is_active and (user.is_superuser or "add" in rights.permissions)


def why_not_below(page: Page, parent: Page, user: User) -> str:
    """Return why `user` cannot put `page` below `parent`, as a sentence; "" if they can."""
    said = {"title": parent.get_admin_display_title()}
    if lies_in_trash(parent):
        return _("“%(title)s” ada di Sampah. Pilih tempat lain.") % said
    if not may_add(user, parent):
        return _("Anda tidak boleh menambah halaman di bawah “%(title)s”.") % said
    kind = page.specific_class
    if kind is None or not kind.can_create_at(parent.specific):
        return _("Halaman seperti ini tidak dapat ditaruh di bawah “%(title)s”. Pilih tempat lain.") % said
    return ""


def _bring_back(row: Trashed, page: Page, parent: Page, user: User) -> Page:
    became_own = _follow_again(row)
    slug = free_slug(parent, row.slug)
    moved = move_draft(page, Page.objects.get(pk=parent.pk), slug)
    if slug != row.slug or moved.pk in became_own:
        _write_down(moved, slug, user)
    for pk in became_own - {moved.pk}:
        _write_down(Page.objects.get(pk=pk).specific, None, user)
    row.restored_at, row.restored_by = timezone.now(), (user.get_full_name() or user.get_username())[:255]
    row.save(update_fields=["restored_at", "restored_by"])
    log(moved, acts.RESTORED, user=user, data={"pages": row.pages, "place": parent.pk})
    for companion in Trashed.objects.standing().filter(along_with=row).order_by("pk"):
        _bring_companion(companion, user)
    return moved


def _bring_companion(row: Trashed, user: User) -> None:
    """Let an alias come back with its page, where it was; where that cannot be, it stays in the trash."""
    beside, page = old_place(row), Page.objects.filter(pk=row.page_id).first()
    if beside and page and lies_in_trash(page):
        with suppress(RestoreRefused), transaction.atomic():
            _bring_back(row, page, beside, user)


def _follow_again(row: Trashed) -> set[int]:
    """Let aliases follow their pages again; return those whose page is gone: they are pages of their own now.

    Raises RestoreRefused while such a page lies in the trash: an alias without it would be a second text.
    """
    sources = Page.objects.in_bulk(row.followed.values())
    for source in sources.values():
        if lies_in_trash(source):
            raise RestoreRefused(
                _("Ini alias dari “%(title)s”, yang juga ada di Sampah. Pulihkan halaman itu lebih dahulu.")
                % {"title": source.get_admin_display_title()}
            )
    for pk, source_id in row.followed.items():
        if source_id in sources:
            Page.objects.filter(pk=int(pk)).update(alias_of=source_id)
    return {int(pk) for pk, source_id in row.followed.items() if source_id not in sources}


def _write_down(page: Page, slug: str | None, user: User) -> None:
    """Save a revision that says what the page says now: the slug it has got, or all of what was an alias."""
    draft = page.get_latest_revision_as_object()
    draft.slug = slug or draft.slug
    draft.save_revision(user=user, clean=False)
