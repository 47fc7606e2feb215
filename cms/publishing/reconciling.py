"""Comparing database and tree: whatever was missed or tampered with is made again, and said in the log.

Looking through a large tree takes minutes and holds nobody up (`suspect`); what looked wrong is looked at once more
while nothing else happens to the office (`confirm`), and then healed by the next batch (`heal`).
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import structlog
from wagtail.models import Site

from cms.publishing import epoch, manifest, outbox, outputs, parts, planning, tallies, traces
from cms.publishing.locks import in_turn
from cms.publishing.many_rows import in_chunks
from cms.publishing.models import Failure
from cms.publishing.office import Office, office_of_site
from cms.publishing.outputs import Name, Trace
from cms.publishing.parts import await_making
from cms.publishing.snapshot import snapshot
from cms.publishing.trees.contract import Tree, digest_of

logger = structlog.get_logger(__name__)

_TOLD = 20  # files named in the log


@dataclass
class Suspects:
    """What may differ between a tree and its database."""

    wrong: set[Name] = field(default_factory=set)  # files are not there, or hold something else
    lacking: set[Name] = field(default_factory=set)  # never made
    surplus: set[Name] = field(default_factory=set)  # nothing asks for them any more
    pages: set[int] = field(default_factory=set)  # stand elsewhere than when the tree was made
    strays: set[str] = field(default_factory=set)  # files nobody knows
    is_miscounted: bool = False  # the tallies are not the sum of what stands in the tree

    def __len__(self) -> int:
        sizes = map(len, (self.wrong, self.lacking, self.surplus, self.pages, self.strays))
        return sum(sizes) + self.is_miscounted


def reconcile(site: Site, tree: Tree, *, deep: bool = False) -> int:
    """Let everything be made again that the tree of an office lacks, holds otherwise, or should not hold.

    `deep`: compare the bytes of every file, not only its size. Returns how many differences were found. The
    caller holds the office's lock; the next batch heals.
    """
    return heal(site, tree, suspect(site, tree, deep=deep))


def suspect(site: Site, tree: Tree, *, deep: bool = False) -> Suspects:
    """Look for differences; without the office's lock some of them may be a batch that is being made."""
    found = Suspects()
    there, known = dict(tree.paths()), set()
    for entry in manifest.all_entries(site.pk):
        known.update(file.path for file in entry.files)
        if any(_is_wrong(tree, file, there.get(file.path), deep) for file in entry.files):
            found.wrong.add(entry.name)
    found.strays = there.keys() - known
    with snapshot():
        if office := office_of_site(site):
            _compare_standings(office, found)
    return found


def confirm(site: Site, tree: Tree, found: Suspects) -> Suspects:
    """Return what of `found` is so; the caller holds the office's lock, and no change waits."""
    there = dict(tree.paths()) if found.wrong or found.strays else {}
    wrong = manifest.entries(site.pk, found.wrong).values()
    lying = manifest.entries(site.pk, found.lacking | found.surplus).keys()
    strays = found.strays & there.keys()
    if strays:
        strays -= {file.path for entry in manifest.all_entries(site.pk) for file in entry.files}
    now = Suspects()
    with snapshot():
        office = office_of_site(site)
        pages = _moved(office, found.pages) if office else set()
        if office and (found.lacking - lying or found.surplus & lying or found.is_miscounted):
            _compare_standings(office, now)  # what was wanted then may be wanted no more
    return Suspects(
        {
            entry.name
            for entry in wrong
            if any(_is_wrong(tree, file, there.get(file.path), True) for file in entry.files)
        },
        found.lacking & now.lacking,
        found.surplus & now.surplus,
        pages,
        strays,
        found.is_miscounted and now.is_miscounted,
    )


def heal(site: Site, tree: Tree, found: Suspects) -> int:
    """Let the next batch make right what was found, and try once more what has failed; returns how much it is.

    The caller holds the office's lock.
    """
    failed = {Name(row.kind, row.ident) for row in Failure.objects.filter(site_id=site.pk)}
    if found:
        logger.warning(
            "tree_healed",
            host=site.hostname,
            wrong=len(found.wrong),
            missed=len(found.lacking) + len(found.surplus) + len(found.pages),
            strays=len(found.strays),
            files=_strange_files(site, tree, found),
        )
    with in_turn():
        if found.pages:
            epoch.advance()  # what was kept of them was read before a change nobody has noted
        manifest.distrust(site.pk, found.wrong)
        await_making((site.pk, name) for name in found.wrong | found.lacking | found.surplus | failed)
        if len(found.pages) > parts.WIDE or found.is_miscounted:
            outbox.note_office(site.pk)
        else:
            outbox.note_ids(site.pk, sorted(found.pages))
    if found.strays:
        tree.commit(sorted(found.strays))
        tree.settle()
    return len(found)


def _strange_files(site: Site, tree: Tree, found: Suspects) -> list[str]:
    """Return the first of the files somebody else has changed, added or removed, for whoever looks who that was."""
    lying = manifest.entries(site.pk, sorted(found.wrong)[:_TOLD]).values()
    files = (file for entry in lying for file in entry.files if file.path)
    changed = {file.path for file in files if digest_of(tree, file.path) != file.digest}
    return sorted(changed | found.strays)[:_TOLD]


def _is_wrong(tree: Tree, file: manifest.Lying, size: int | None, deep: bool) -> bool:
    if not file.path:
        return False
    return size != file.size or (deep and digest_of(tree, file.path) != file.digest)


def _compare_standings(office: Office, found: Suspects) -> None:
    """Find what pages stand for now and did not when the tree was made, and the other way round."""
    wanted, standing, counts = set(outputs.standing_names(office)), set(), Counter()
    for part in in_chunks(outputs.traces(office)):
        now = {page: trace.as_data() for page, trace in part}
        before = _standing_in(office, now)
        counts += tallies.counted(before.values(), office.zone)
        found.pages |= {page for page in now if now[page] != _data(before.get(page))}
        standing |= now.keys()
        wanted = wanted.union(*(trace.outputs for _page, trace in part))
    gone = set(traces.traced_pages(office.site_id)) - standing
    counts += tallies.counted(_standing_in(office, gone).values(), office.zone)
    found.is_miscounted = counts != tallies.stored(office.site_id)
    found.pages |= gone
    lying = {entry.name: bool(entry.files) for entry in manifest.all_entries(office.site_id)}
    found.lacking = wanted - lying.keys()
    unwanted = (name for name in lying.keys() - wanted if lying[name])  # what only waits is in nobody's way
    found.surplus = {name for name in unwanted if not planning.is_shown_file(name)}


def _moved(office: Office, pages: Collection[int]) -> set[int]:
    """Return those of `pages` that stand elsewhere than the tree shows."""
    now, before = dict(outputs.traces(office, sorted(pages))), _standing_in(office, pages)
    return {page for page in pages if _data(now.get(page)) != _data(before.get(page))}


def _standing_in(office: Office, pages: Iterable[int]) -> dict[int, Trace]:
    """Return where pages stand in the tree of an office."""
    known = traces.traces_of(pages).items()
    ours = ((page, trace) for page, some in known for trace in some if trace.site_id == office.site_id)
    return dict(ours)


def _data(trace: Trace | None) -> object:
    return trace.as_data() if trace else None
