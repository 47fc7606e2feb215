"""The one question of four eyes: may this page, as it stands in memory, be what readers see?"""

from collections.abc import Collection, Generator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.moderation import permits
from cms.moderation.approvals import Approval
from cms.moderation.texts import differences, digest_of, is_text


class NotApproved(PermissionDenied):
    """What was to go live has not been let through by a second person; the message says what to do."""


@contextmanager
def guarded(page: Page, update_fields: Collection[str] | None) -> Generator[None]:
    """Let `page` be saved within the block if readers then see nothing unapproved.

    Raises NotApproved.
    """
    if not page.live or not _touches(update_fields):
        yield
        return
    now = type(page)._base_manager.filter(pk=page.pk, live=True).first() if page.pk else None
    if now and now.alias_of_id and page.alias_of_id != now.alias_of_id:
        raise NotApproved(alias_stays())
    if now and _is_unchanged(page, now):
        yield
        return
    source = _check(page)
    with permits.opened_for([source], "publish"):
        yield


def is_approved(revision: Revision) -> bool:
    """Ask whether `revision`, word for word as it is now, was let go live and that was not taken back."""
    found = Approval.objects.of(int(revision.object_id), revision.pk).first()
    return found is not None and found.digest == digest_of(revision.content)


def alias_stays() -> str:
    """Say why a live alias, which stands on its source's approval, does not become a page of its own."""
    return _(
        "Alias yang sedang terbit memakai persetujuan halaman asalnya, jadi tidak dapat langsung dijadikan halaman"
        " sendiri. Turunkan dulu aliasnya, jadikan halaman sendiri, lalu ajukan naskahnya."
    )


def _touches(update_fields: Collection[str] | None) -> bool:
    return update_fields is None or any(
        name in ("live", "live_revision", "live_revision_id") or is_text(name) for name in update_fields
    )


def _is_unchanged(page: Page, now: Page) -> bool:
    """Ask whether readers see this already: what is saved again, moved or only dated differently needs nobody."""
    if page.live_revision_id and now.live_revision_id != page.live_revision_id:
        return False
    return not differences(page, now)


def _check(page: Page) -> int:
    """Return the id of the page whose approval lets `page` go live."""
    if page.alias_of_id:
        source = page.alias_of.specific
        if not (source.live and _says_what_its_source_says(page, source)):
            raise NotApproved(_("Alias hanya menampilkan isi halaman asalnya yang sedang terbit."))
        return source.pk
    revision = page.live_revision
    if page.pk is None or revision is None:
        raise NotApproved(_("Halaman baru selalu mulai sebagai konsep. Simpan sebagai konsep, lalu ajukan."))
    if not is_approved(revision):
        raise NotApproved(
            _("“%(title)s” belum disetujui orang kedua. Ajukan naskahnya; penyetuju yang menerbitkan.")
            % {"title": page.title}
        )
    if changed := differences(page, revision.as_object()):
        said = {"title": page.title, "fields": ", ".join(changed)}
        raise NotApproved(
            _("“%(title)s” berbeda dari naskah yang disetujui (%(fields)s). Simpan konsep, lalu ajukan lagi.")
            % said
        )
    return page.pk


def _says_what_its_source_says(page: Page, source: Page) -> bool:
    slug, page.slug = page.slug, source.slug
    try:
        return not differences(page, source)
    finally:
        page.slug = slug
