"""The outbox: notes a change in the transaction that makes it; the publisher takes it from here."""

import hashlib
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.publishing.beside_pages import names_beside
from cms.publishing.models import Change, FormerAddress, FormerList

Scope = Change.Scope


def waiting() -> QuerySet[Change]:
    """Return the changes no tree shows yet, in no order: to find few among many, SQLite must not want one."""
    return Change.objects.filter(done_at=None).order_by()


def note_page(page: Page, *, with_below: bool = False) -> None:
    """Note that a page, or with it everything below it, may look different to readers."""
    site_id = site_of(page.path)
    if site_id is not None:
        scope = Scope.SUBTREE if with_below else Scope.PAGE
        Change.objects.create(site_id=site_id, scope=scope, page_id=page.pk, title=page.title[:200])


def note_pages(site_id: int, pages: Iterable[Page]) -> None:
    """Note many pages of one office at once (an import writes them without a signal)."""
    Change.objects.bulk_create(
        Change(site_id=site_id, scope=Scope.PAGE, page_id=page.pk, title=page.title[:200]) for page in pages
    )


def note_ids(site_id: int, ids: Iterable[int]) -> None:
    """Note pages of one office by id, also such as are gone."""
    Change.objects.bulk_create(Change(site_id=site_id, scope=Scope.PAGE, page_id=pk) for pk in ids)


def note_keys(keys: Iterable[str], title: str = "", site_id: int | None = None) -> None:
    """Note that things pages of any office (or only of that of `site_id`) may show (`image:7`) look different."""
    Change.objects.create(scope=Scope.KEYS, keys=sorted(keys), title=title[:200], site_id=site_id)


def note_office(site_id: int | None, title: str = "") -> None:
    """Note that anything on the site of an office (of every office when None) may look different."""
    Change.objects.create(scope=Scope.OFFICE, site_id=site_id, title=title[:200])


def site_of(path: str, roots: dict[str, tuple[int, str]] | None = None) -> int | None:
    """Return the id of the site a page with this tree path belongs to; None outside every site.

    `roots`: the sites there are (`site_roots`), if they are known already.
    """
    found = _root_above(path, site_roots() if roots is None else roots)
    return found[0] if found else None


def _root_above(path: str, roots: dict[str, tuple[int, str]]) -> tuple[int, str] | None:
    lengths = range(len(path), 0, -Page.steplen)
    return next((roots[path[:length]] for length in lengths if path[:length] in roots), None)


def site_roots() -> dict[str, tuple[int, str]]:
    """Return id and root `url_path` of every site by the tree path of its root."""

    rows = Site.objects.order_by("pk").values_list("root_page__path", "pk", "root_page__url_path")
    return {path: (pk, url_path) for path, pk, url_path in rows}


def leave_addresses(pages: Sequence[tuple[int, str, str]]) -> None:
    """Remember the addresses live pages (id, tree path, `url_path`) are about to leave."""
    roots, private = site_roots(), list(PageViewRestriction.objects.values_list("page__path", flat=True))
    beside = names_beside([pk for pk, _path, _url_path in pages])
    rows = []
    for pk, path, url_path in pages:
        site_id, root = _root_above(path, roots) or (None, "")
        is_private = any(path.startswith(above) for above in private)
        if site_id is not None and url_path.startswith(root) and url_path != root and not is_private:
            address = f"/{url_path[len(root) :]}"
            ident = f"a{_digest_of(address)}"
            left = FormerAddress(site_id=site_id, path=address, ident=ident, page_id=pk)
            left.beside = beside.get(pk, [])
            rows.append(left)
    _note_left(rows, set())
    FormerAddress.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["site_id", "path"],
        update_fields=["page_id", "beside", "left_at"],
    )


def leave_lists(kind: str, row_id: int, places: Iterable[tuple[int, str]]) -> None:
    """Remember the places (site, address) the list of a row is about to leave, with all that lies below them."""
    rows = [
        FormerList(site_id=site_id, path=path, ident=f"l{_digest_of(path)}", kind=kind, row_id=row_id)
        for site_id, path in sorted(places)
    ]
    # The list in the batch of its stub: nobody is sent on before it is where it goes.
    _note_left(rows, {f"output:{kind}:{row_id}"})
    FormerList.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["site_id", "path"],
        update_fields=["kind", "row_id", "left_at"],
    )


def _digest_of(address: str) -> str:
    return hashlib.blake2b(address.encode(), digest_size=8).hexdigest()


def _note_left(rows: Iterable[FormerAddress | FormerList], with_them: set[str]) -> None:
    by_site: dict[int, set[str]] = {}
    for row in rows:
        keys = by_site.setdefault(row.site_id, {f"left:{row.site_id}", *with_them})
        keys |= {f"output:stub:{row.ident}", f"way:{row.path}"}
    for site_id, keys in by_site.items():
        Change.objects.create(site_id=site_id, scope=Scope.KEYS, keys=sorted(keys))


def finish(ids: Iterable[int], batch_id: int | None) -> None:
    """Say that the trees show these changes."""
    Change.objects.filter(pk__in=list(ids)).update(done_at=timezone.now(), batch_id=batch_id)
