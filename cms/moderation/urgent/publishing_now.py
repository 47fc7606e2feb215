"""Publishing at once: one person, a stated reason, exactly the text that was on the screen."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.moderation import acts
from cms.moderation.approvals import Approval
from cms.moderation.approvers import is_approver
from cms.moderation.deciders import why_held_back
from cms.moderation.letters import told_besides
from cms.moderation.queue.decisions import NotTheirs, Read, TextChanged
from cms.moderation.texts import digest_of
from cms.moderation.trash.hiding import lies_in_trash
from cms.moderation.urgent.after_reviews import AfterReview, open_review


class HeldBack(Exception):
    """It cannot go out as it is; the message says what to do."""


Refusal = Callable[[Page], str]
_refusals: list[Refusal] = []


def register_refusal(why_not: Refusal) -> None:
    """Let an upper layer say of a page why it has to take the usual way; "" if it need not (from AppConfig.ready)."""
    _refusals.append(why_not)


def is_offered(user: User, page: Page) -> bool:
    """Ask whether `user` is somebody to publish `page` at once, and there is something to publish."""
    return why_not_now(page) == "" and is_approver(user, page)


def why_not_now(page: Page) -> str:
    """Return why there is nothing in `page` to publish at once, as a sentence; "" if there is."""
    if lies_in_trash(page):
        return _("Halaman ini ada di Sampah. Pulihkan dahulu, lalu buka lagi layar ini.")
    if page.alias_of_id:
        return _("Alias hanya menampilkan isi halaman asalnya. Terbitkan halaman asalnya.")
    if page.latest_revision_id is None or (page.live and not page.has_unpublished_changes):
        return _("Tidak ada perubahan yang belum terbit di halaman ini.")
    return next((said for why_not in _refusals if (said := why_not(page))), "")


@transaction.atomic
def publish_urgently(pk: int, user: User, reason: str, read: Read) -> AfterReview:
    """Publish what `user` has `read` of page `pk`, at once; return the review that is owed.

    Raises NotTheirs, HeldBack or TextChanged; then nothing has changed.
    """
    page = Page.objects.select_for_update().get(pk=pk).specific
    if not is_approver(user, page):
        raise NotTheirs(_("Hanya penyetuju kantor ini yang dapat menerbitkan serta-merta."))
    if said := why_not_now(page) or _locked(page, user):
        raise HeldBack(said)
    revision = page.latest_revision
    if read != Read(revision.pk, digest_of(revision.content)):
        raise TextChanged
    if said := why_held_back(revision.as_object()):
        raise HeldBack(said)
    revision = _without_time(revision)
    approval = Approval.objects.give(revision, Approval.Kind.URGENT, actor=user, reason=reason)
    revision.publish(user=user, skip_permission_checks=True)
    acts.note(acts.PUBLISHED_URGENTLY, page, user, revision, comment=reason)
    review = open_review(page, approval)
    told_besides.published_urgently(review, page, user, reason)
    return review


def _locked(page: Page, user: User) -> str:
    lock = page.get_lock()
    if isinstance(lock, BasicLock) and lock.for_user(user):
        return _("Halaman ini dikunci orang lain. Minta kuncinya dibuka dahulu.")
    return ""


def _without_time(revision: Revision) -> Revision:
    """Return a revision with the same words that does not wait for its time: "at once" is stronger than a schedule.

    Made by nobody: who wrote the words stays known by them (Contributions.behind).
    """
    page = revision.as_object()
    if page.go_live_at is None or page.go_live_at <= timezone.now():
        return revision
    page.go_live_at = None
    return page.save_revision(clean=False, log_action=False)
