"""Addresses readers knew: remembered when a live page leaves them, in the same transaction."""

from collections import defaultdict
from collections.abc import Sequence

from wagtail.models import Page

from cms.publishing import epoch, outbox

Seen = tuple[bool, str, str, int]  # live, tree path, url_path, number of children


def note_departure(page: Page, before: Seen | None, *, is_leaving: bool = False) -> None:
    """Remember the address of a page about to be saved elsewhere, taken down or (`is_leaving`) deleted.

    With the address of a page those of the live pages below it change too; Wagtail moves them without a signal.
    """
    if before is None:
        return
    was_live, path, url_path, children = before
    has_moved = page.url_path != url_path
    if was_live and (is_leaving or has_moved or not page.live):
        outbox.leave_addresses([(page.pk, path, url_path)])
    if has_moved and children:
        _leave_below(path, page.pk)


def note_subtree_departure(page: Page) -> None:
    """Remember the addresses of a page about to be moved and of all live pages below it."""
    _leave_below(page.path, None)


def note_taken_down(pages: Sequence[Page]) -> None:
    """Note that live pages are about to be taken from readers, all together and without a signal for each."""
    outbox.leave_addresses([(page.pk, page.path, page.url_path) for page in pages])
    roots, by_site = outbox.site_roots(), defaultdict(list)
    for page in pages:
        by_site[outbox.site_of(page.path, roots)].append(page)
    for site_id, some in by_site.items():
        if site_id is not None:
            outbox.note_pages(site_id, some)
    epoch.advance()


def _leave_below(path: str, top: int | None) -> None:
    live = Page.objects.filter(path__startswith=path, live=True).exclude(pk=top)
    outbox.leave_addresses(list(live.values_list("pk", "path", "url_path")))
