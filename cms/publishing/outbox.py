"""The outbox: notes a change in the transaction that makes it; the publisher takes it from here."""

import hashlib
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.publishing.models import Change, FormerAddress

Scope = Change.Scope


def waiting() -> QuerySet[Change]:
    """Return the changes no tree shows yet, oldest first."""
    return Change.objects.filter(done_at=None).order_by("pk")


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


def note_keys(keys: Iterable[str], title: str = "") -> None:
    """Note that things pages of any office may show (`image:7`, `topic:3`) look different."""
    Change.objects.create(scope=Scope.KEYS, keys=sorted(keys), title=title[:200])


def note_office(site_id: int | None, title: str = "") -> None:
    """Note that anything on the site of an office (of every office when None) may look different."""
    Change.objects.create(scope=Scope.OFFICE, site_id=site_id, title=title[:200])


def site_of(path: str) -> int | None:
    """Return the id of the site a page with this tree path belongs to; None outside every site."""
    found = _root_above(path, site_roots())
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
    rows = []
    for pk, path, url_path in pages:
        site_id, root = _root_above(path, roots) or (None, "")
        is_private = any(path.startswith(above) for above in private)
        if site_id is not None and url_path.startswith(root) and url_path != root and not is_private:
            address = f"/{url_path[len(root) :]}"
            rows.append(FormerAddress(site_id=site_id, path=address, ident=ident_of(address), page_id=pk))
    _write_addresses(rows)


def ident_of(address: str) -> str:
    """Return the short name of a former address, always the same."""
    return f"a{hashlib.blake2b(address.encode(), digest_size=8).hexdigest()}"


def _write_addresses(rows: Sequence[FormerAddress]) -> None:
    by_site: dict[int, set[str]] = {}
    for row in rows:
        by_site.setdefault(row.site_id, {f"left:{row.site_id}"}).add(f"output:stub:{row.ident}")
    for site_id, keys in by_site.items():
        Change.objects.create(site_id=site_id, scope=Scope.KEYS, keys=sorted(keys))
    FormerAddress.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["site_id", "path"],
        update_fields=["page_id", "left_at"],
    )


def finish(ids: Iterable[int], batch_id: int | None) -> None:
    """Say that the trees show these changes."""
    Change.objects.filter(pk__in=list(ids)).update(done_at=timezone.now(), batch_id=batch_id)
