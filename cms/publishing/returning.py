"""Going back to the release before the current one, without bringing back what was withdrawn since."""

import os
import re
from collections.abc import Iterable

import structlog
from wagtail.models import Site

from cms.publishing import carrying
from cms.publishing.for_servers import (
    GONE,
    LIST,
    NGINX,
    NGINX_FOR_NOW,
    REST,
    Lead,
    file_at,
    lists_of,
    read_list,
)
from cms.publishing.locks import office_lock
from cms.publishing.models import Publication
from cms.publishing.trees.local import LocalTree
from cms.publishing.trees.variants import is_text
from cms.publishing.trees.walking import walk_names

logger = structlog.get_logger(__name__)

_CODE = "static/"  # what the older pages need of the code; nobody withdraws it
# Cheaper than asking for each address: every address a file names is taken out of it, and looked up.
_NAMED = re.compile(rb"(?://[\w.-]+(?::\d+)?)?(/[\w./%~-]*)")
_FEW = 40  # addresses
_PAGE_FILES = ("/index.html", "/index.json")


class NothingToReturnToError(RuntimeError):
    """There is no release to return to (or none that one has returned from)."""


def roll_back(site: Site) -> int:
    """Let readers see the release before; publishing of the office rests until `resume`.

    What lies in that release and in the current one no more (withdrawn, private, expired, moved) is taken out of
    it first, and pages that name such an address are replaced by those of today. Returns how many files were
    changed. Raises NothingToReturnToError, OSError.
    """
    with office_lock(site.pk, wait=True):
        tree = LocalTree(site.hostname)
        tree.recover()
        before = tree.previous()
        publication = Publication.objects.filter(pk=site.pk).first()
        if before is None or publication is None or publication.is_paused:
            raise NothingToReturnToError(site.hostname)
        Publication.objects.filter(pk=site.pk).update(is_paused=True)
        changed = _take_out_withdrawn(tree, tree.in_release(before))
        carrying.show_release(site, before)
        logger.warning("rolled_back", host=site.hostname, changed=changed)
        return changed


def resume(site: Site) -> None:
    """Let readers see the newest release again and publish what has changed since. Raises NothingToReturnToError."""
    with office_lock(site.pk, wait=True):
        publication = Publication.objects.filter(pk=site.pk).first()
        if publication is None or not publication.is_paused:
            raise NothingToReturnToError(site.hostname)
        tree = LocalTree(site.hostname)
        carrying.show_release(site, tree.release_called(publication.release) or tree.newest())
        Publication.objects.filter(pk=site.pk).update(is_paused=False)


def _take_out_withdrawn(now: LocalTree, before: LocalTree) -> int:
    """Change the older release; it is nobody's yet, so files may be replaced one by one."""
    there, here = set(walk_names(now.release)), set(walk_names(before.release))
    gone = {path for path in here - there if not path.startswith(_CODE)}
    other = _naming(now, before, here, gone) | (_at_old_addresses(now, before) & here & there)
    other |= _lists_moved_since(now, here, there)
    for path in gone:
        before.remove(path)
    _lay_with_what_they_name(now, before, other - gone, there)
    _lay_redirects(now, before, there)
    return len(gone | other)


def _at_old_addresses(now: LocalTree, before: LocalTree) -> set[str]:
    """Return the files at addresses that are old in either release, where the two are not the same."""
    files = {file_at(old) for old in _ways(before) | _ways(now)}
    return {path for path in files if not _is_shared(str(now.release / path), str(before.release / path))}


def _lists_moved_since(now: LocalTree, here: set[str], there: set[str]) -> set[str]:
    """Return all files of the lists that have moved to where the older release has none: no page need name them all."""
    heads = {
        file_at(lead.target) for lead in _ways(now).values() if lead.target.endswith(REST)
    } & there - here
    folders = tuple(head.removesuffix("index.html") for head in heads)
    return {path for path in there if path.startswith(folders)} if folders else set()


def _lay_redirects(now: LocalTree, before: LocalTree, there: set[str]) -> None:
    """Let old addresses answer as they do today, as far as the older release has what they lead to."""
    today = _ways(now)
    # What has come back since is no old address today; if it lies in the older release too, it answers there.
    since = {
        old: to for old, to in _ways(before).items() if file_at(old) not in there or not _has(before, old)
    }
    kept = {old: lead for old, lead in (since | today).items() if _leads_somewhere(before, lead.target)}
    lists = lists_of(kept)
    for name in (LIST, NGINX, NGINX_FOR_NOW):
        if name in lists:
            before.replace(name, lists[name])
        else:
            before.remove(name)


def _leads_somewhere(tree: LocalTree, target: str) -> bool:
    return not target.startswith("/") or target == GONE or _has(tree, target)


def _has(tree: LocalTree, address: str) -> bool:
    return (tree.release / file_at(address)).is_file()


def _ways(tree: LocalTree) -> dict[str, Lead]:
    return read_list(tree.read(LIST) or b"")


def _lay_with_what_they_name(now: LocalTree, before: LocalTree, paths: set[str], there: set[str]) -> None:
    """Lay files of today into the older release; what they lead to and it has not comes along."""
    rest, laid = sorted(paths), set(paths)
    while rest:
        path = rest.pop()
        now.lay_into(before.release, path)
        if not is_text(path):
            continue
        named = {found.decode().strip("/") for found in _NAMED.findall(now.read(path) or b"")}
        wanted = {f"{name}{end}".strip("/") for name in named for end in ("", *_PAGE_FILES)}
        new = {each for each in wanted & there - laid if not (before.release / each).exists()}
        laid |= new
        rest += sorted(new)


def _naming(now: LocalTree, before: LocalTree, here: Iterable[str], gone: Iterable[str]) -> set[str]:
    """Return the text files of the older release in which one of the addresses of `gone` stands.

    A file both releases share (a hard link) names none: what readers see now was made without them.
    """
    addresses = {address for path in gone if (address := _address(path)) != "/"}
    if not addresses:
        return set()
    found = set()
    wanted = {address.encode() for address in addresses}
    seen, older = str(now.release), str(before.release)
    for path in here:
        if (
            is_text(path)
            and not path.startswith(_CODE)
            and not _is_shared(f"{seen}/{path}", f"{older}/{path}")
        ):
            with open(f"{older}/{path}", "rb") as file:  # noqa: PTH123 (thousands of them)
                content = file.read()
            if _names_one(content, wanted):
                found.add(path)
    return found


def _names_one(content: bytes, wanted: set[bytes]) -> bool:
    # To look for a few addresses is faster than to take every address out.
    if len(wanted) <= _FEW and not any(address in content for address in wanted):
        return False
    return not wanted.isdisjoint(_NAMED.findall(content))


def _is_shared(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)  # noqa: PTH121
    except FileNotFoundError:
        return False


def _address(path: str) -> str:
    """Return how other files name the one at `path`."""
    for name in _PAGE_FILES:
        if f"/{path}".endswith(name):
            return f"/{path}".removesuffix(name.removeprefix("/"))
    return f"/{path}"
