"""Bukti penarikan: whether an article that was withdrawn can still be found, place by place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.publishing.models import Output, Owed
from cms.publishing.status import State, status_of
from cms.publishing.trees.local import LocalTree
from news.withdrawals import Withdrawal

_LISTS = ("home", "index", "section", "topic", "archive", "month", "corrections")
_FORMS = ("", ".gz", ".br")


@dataclass(frozen=True)
class Look:
    """One place that was looked at: whether the article is still there, and what stands there."""

    place: str
    is_found: bool
    said: str


Looker = Callable[[Withdrawal], Look]
_lookers: list[Looker] = []


def register_place(look: Looker) -> None:
    """Let the proof also look at a place an upper layer knows (search, API)."""
    _lookers.append(look)


def is_under_way(row: Withdrawal) -> bool:
    """Ask whether the publisher is still about to take the article away, or is doing so."""
    return row.ended_at is None and status_of(row.page).state in (State.WAITING, State.BEING_MADE)


def looks(row: Withdrawal, *, is_leaving: bool) -> list[Look]:
    """Look at every place now; `is_leaving`: where the article still is, it is being taken away."""
    site = Site.objects.filter(pk=row.site_id).first()
    found = [*(_in_tree(row, site) if site else ()), *(look(row) for look in _lookers)]
    if is_leaving:
        found = [replace(each, said=_("sedang diturunkan")) if each.is_found else each for each in found]
    return [*found, _at_caches(row)]


def seen(place: str, is_found: bool) -> Look:
    """Return what is said of a place where the article is, or is not."""
    return Look(place, is_found, _("masih ditemukan") if is_found else _("tidak ditemukan"))


def _in_tree(row: Withdrawal, site: Site) -> Iterator[Look]:
    tree = LocalTree(site.hostname)
    folder = row.path.strip("/")
    own = {file[0] for files in _files(row, ("article",)) for file in files}
    for place, name in ((_("Halaman"), "index.html"), (_("Data (index.json)"), "index.json")):
        yield _file(tree, place, f"{folder}/{name}", row, own)
    versions = tree.release / folder / "versi"
    yield seen(_("Versi sebelum ralat"), versions.exists())
    address = row.path.encode()
    yield seen(_("Daftar berita dan arsip"), _named(tree, row, _LISTS, address))
    yield seen(_("Umpan (feed)"), _named(tree, row, ("feed",), address))
    yield seen(_("Peta situs"), _named(tree, row, ("sitemap",), address))


def _file(tree: LocalTree, place: str, path: str, row: Withdrawal, own: set[str]) -> Look:
    """Look at a file and its compressed forms; a notice or a way on that stands there is no trace of the article."""
    forms = [form for form in _FORMS if (tree.release / f"{path}{form}").is_file()]
    if path in own:
        return Look(place, True, _("masih ditemukan"))
    if forms and row.mode != Withdrawal.Mode.GONE:
        return Look(place, False, _("tidak ditemukan; berisi pemberitahuan atau pengalihan"))
    return seen(place, bool(forms))


def _files(row: Withdrawal, kinds: tuple[str, ...]) -> Iterator[list]:
    outputs = Output.objects.filter(site_id=row.site_id, kind__in=kinds)
    if kinds == ("article",):
        outputs = outputs.filter(ident=str(row.page_id))
    yield from outputs.order_by("pk").values_list("files", flat=True)


def _named(tree: LocalTree, row: Withdrawal, kinds: tuple[str, ...], address: bytes) -> bool:
    return any(address in (tree.read(file[0]) or b"") for files in _files(row, kinds) for file in files)


def _at_caches(row: Withdrawal) -> Look:
    owed = Owed.objects.filter(site_id=row.site_id, path__startswith=row.path.strip("/"))
    is_waiting = owed.exists()
    said = _("menunggu dibersihkan") if is_waiting else _("tidak ada yang menunggu dibersihkan")
    return Look(_("Bucket dan tembolok CDN"), is_waiting, said)
