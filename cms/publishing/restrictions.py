"""Which branches of the page tree are not for everybody."""

from wagtail.models import PageQuerySet, PageViewRestriction, Site

from cms.publishing import epoch, recording


def restricted_paths(number: int) -> tuple[str, ...]:
    """Return the tree paths behind a view restriction as of epoch `number`; all below them is private."""
    return epoch.remembered(number, "restricted-paths", _read)


def open_pages(pages: PageQuerySet, number: int) -> PageQuerySet:
    """Return the live ones behind no restriction as of epoch `number`: what Wagtail's public() asks anew each time."""
    found = pages.live()
    for path in restricted_paths(number):
        found = found.exclude(path__startswith=path)
    return found


def _read() -> tuple[str, ...]:
    # Nothing to record: a restriction set or lifted is a change of every page below it.
    with recording.reading():
        # Sorted here: SQLite would walk through every page to have them in order.
        return tuple(sorted(PageViewRestriction.objects.order_by().values_list("page__path", flat=True)))


def private_addresses() -> dict[str, tuple[str, ...]]:
    """Return, for each host, the addresses (`/berita/rapat/`) at and below which nothing is for everybody.

    Drafts count too: below one may lie a page that is read.
    """
    number = epoch.current()
    return epoch.remembered(number, "private-addresses", _find_private_addresses)


def _find_private_addresses() -> dict[str, tuple[str, ...]]:
    pages = list(PageViewRestriction.objects.values_list("page__path", "page__url_path"))
    if not pages:
        return {}
    found: dict[str, set[str]] = {}
    sites = Site.objects.values_list("hostname", "root_page__path", "root_page__url_path")
    for host, root, root_url in sites:
        for path, url_path in pages:
            if root.startswith(path):
                found.setdefault(host, set()).add("/")
            elif path.startswith(root):
                found.setdefault(host, set()).add(f"/{url_path[len(root_url) :]}")
    return {host: tuple(sorted(addresses)) for host, addresses in found.items()}
