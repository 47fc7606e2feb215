"""Puts a page into the trash of its office: down at once, out of every list, and nothing of it is lost."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.log_actions import log
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.sharing.giving import end_links
from cms.moderation.taking_back import cancel_workflows, take_back_all
from cms.moderation.trash import acts
from cms.moderation.trash.hiding import forget_trashes, lies_in_trash, outside_trash
from cms.moderation.trash.moving import branch_of, move_draft, slug_in_trash
from cms.moderation.trash.places import trash_of
from cms.moderation.trash.rows import Trashed
from cms.moderation.trash.taking_down import take_down

_OFFICE = 2  # depth
# What takes some five seconds, in which nobody else writes to SQLite: more is thrown away in parts.
MOST_LIVE = 5000  # pages of one branch
MOST_SINGLE = 50  # pages that go one by one: aliases elsewhere, and what was ticked in a list


class TrashRefused(PermissionDenied):
    """A page cannot be put into the trash; the message says why and what to do."""


@transaction.atomic
def put_in_trash(page: Page, user: User, why: str = "") -> Trashed:
    """Take `page`, all below it and their aliases from readers, and put them into the trash of their office.

    Whoever may delete it may do so: with a right to publish, where any of it is live. What waits for a decision
    waits no more, and no approval given until now holds.
    Raises TrashRefused, and then nothing has happened.
    """
    known = Page.objects.select_for_update().filter(pk=page.pk).first()
    if known is None:
        raise TrashRefused(_("Halaman ini sudah tidak ada."))
    specific = known.specific
    if reason := why_not(specific, user) or why_too_much(specific):
        raise TrashRefused(reason)
    return _throw(specific, user, why.strip())


def why_not(page: Page, user: User) -> str:
    """Return why `user` cannot put `page` into the trash, as a sentence; "" if they can."""
    said = {"title": page.get_admin_display_title()}
    if lies_in_trash(page):
        return _("“%(title)s” sudah ada di Sampah.") % said
    if page.depth <= _OFFICE:
        return _("“%(title)s” adalah sebuah kantor. Kantor tidak dapat dibuang ke Sampah.") % said
    if not page.permissions_for_user(user).can_delete():
        return _("Anda tidak boleh menghapus “%(title)s”. Mintalah kepada penyetuju kantor.") % said
    for held in branch_of(page).filter(locked=True).select_related("locked_by"):
        if BasicLock(held).for_user(user):
            said = {"title": held.get_admin_display_title(), "name": held.locked_by or "-"}
            return _("“%(title)s” dikunci oleh %(name)s. Mintalah kuncinya dibuka lebih dahulu.") % said
    return ""


def why_too_much(page: Page) -> str:
    """Return why `page` does not go with all that goes along at once, as a sentence that says how much; or ""."""
    live, aliases = branch_of(page).filter(live=True).count(), len(aliases_outside(page))
    if live > MOST_LIVE:
        return _(
            "Bersama halaman ini turun %(count)d halaman yang terbit; paling banyak %(most)d sekaligus. Buang dahulu "
            "sebagian isinya."
        ) % {"count": live, "most": MOST_LIVE}
    if aliases > MOST_SINGLE:
        return _(
            "Bersama halaman ini ikut %(count)d alias di tempat lain; paling banyak %(most)d sekaligus. Buang dahulu "
            "sebagian alias itu, atau sebagian isi halaman ini."
        ) % {"count": aliases, "most": MOST_SINGLE}
    return ""


def aliases_outside(page: Page) -> list[Page]:
    """Return the aliases of `page` and of what lies below it that stand elsewhere: they go along."""
    branch = branch_of(page).order_by()
    found = Page.objects.filter(alias_of__in=branch.values("pk")).exclude(path__startswith=page.path)
    return list(outside_trash(found).order_by("path"))


def _throw(page: Page, user: User, why: str, along_with: Trashed | None = None) -> Trashed:
    ids = list(branch_of(page).values_list("pk", flat=True))
    aliases = aliases_outside(page)
    was_live = branch_of(page).filter(live=True).exists()
    _take_down(page, ids, user, why)
    row = _row(page, user, why, along_with, was_live=was_live, pages=len(ids), followed=_let_go(page))
    office = Page.objects.get(path=page.path[: _OFFICE * Page.steplen])
    moved = move_draft(Page.objects.get(pk=page.pk), trash_of(office), slug_in_trash(page))
    forget_trashes(user)
    row.office_id = office.pk
    # A row still standing was left behind by code that moved the page out of the trash.
    Trashed.objects.standing().filter(page_id=page.pk).update(restored_at=row.made_at)
    row.save()
    told = {"reason": why, "pages": row.pages}
    log(moved, acts.THREW, user=user, data=told, revision=moved.latest_revision)
    for alias in aliases:
        now = Page.objects.get(pk=alias.pk).specific
        if not lies_in_trash(now):  # it may have gone with another one above it
            _throw(now, user, why, along_with=row)
    return row


def _take_down(page: Page, ids: list[int], user: User, why: str) -> None:
    """Take all of the branch from readers, from the queue and from its locks."""
    cancel_workflows(ids, user)
    end_links(ids, user)
    take_down(branch_of(page), user)
    take_back_all(ids, user, why or _("Dibuang ke Sampah"))
    branch_of(page).filter(locked=True).update(locked=False, locked_by=None, locked_at=None)


def _let_go(page: Page) -> dict[str, int]:
    """Let no page of the branch follow one outside it; return which followed which."""
    led = branch_of(page).filter(alias_of__isnull=False).exclude(alias_of__path__startswith=page.path)
    followed = {str(pk): source for pk, source in led.values_list("pk", "alias_of_id")}
    Page.objects.filter(pk__in=list(map(int, followed))).update(alias_of=None)
    return followed


def _row(page: Page, user: User, why: str, along_with: Trashed | None, **found: object) -> Trashed:
    parent = page.get_parent()
    return Trashed(
        page_id=page.pk,
        title=page.get_admin_display_title()[:255],
        slug=page.slug,
        url_path=page.url_path,
        parent_id=parent.pk,
        parent_title=parent.get_admin_display_title()[:255],
        along_with=along_with,
        actor_id=user.pk,
        actor_name=(user.get_full_name() or user.get_username())[:255],
        reason=why,
        made_at=timezone.now(),
        **found,
    )
