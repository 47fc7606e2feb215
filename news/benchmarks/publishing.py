"""What publishing costs: a whole build, one article, five hundred at once, every page; on what the import has made."""

import os
import random
import shutil
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from django.conf import settings
from django.db import OperationalError, connection, transaction
from wagtail.models import Page, Site

from cms.accounts.models import User
from cms.moderation.approvals import Approval
from cms.publishing import finishing, outbox, publisher, returning, settling
from cms.publishing.building import build
from cms.publishing.models import Batch, Dirty, Publication
from cms.publishing.trees.local import LocalTree
from news.benchmarks import own_process
from news.benchmarks.figures import ROUNDS, Figure
from news.benchmarks.scene import Scene
from news.models import NewsArticlePage, NewsIndexPage

SINGLE = 60  # articles published one after another
AT_ONCE = 500
EDITORS = 4
AUTOSAVE = 3.0  # seconds between two drafts an editor's browser saves
_LOOK = 0.002  # seconds between two looks at the outbox, where tenths of a second are measured
_GLANCE = 0.05  # seconds, where seconds are: each look takes time from the publisher
LARGE = 10_000  # articles: the promises for a whole build hold from here on


@dataclass(frozen=True)
class _Build:
    cpu: float  # ms for each article
    wall: float  # seconds
    peak: float  # MB


def building(scene: Scene) -> list[Figure]:
    """Build the whole tree, each time from nothing: HTML alone, then with twins and compressed forms."""
    count = max(NewsArticlePage.objects.live().count(), 1)
    used = scene.folder / "used"
    figures = []
    for what, limit in (("html", 1.1), ("all", 3.0)):
        rounds = [_build(what, count, used) for _round in range(ROUNDS if count <= LARGE else 1)]
        name = f"build, {what}"
        figures += [
            Figure(f"{name}: processor, each article", median(each.cpu for each in rounds), "ms",
                   limit if count >= LARGE else None),
            Figure(f"{name}: clock", median(each.wall for each in rounds), "s"),
            Figure(f"{name}: memory of all processes", max(each.peak for each in rounds), "MB", 300),
        ]  # fmt: skip
    shutil.rmtree(used)
    return figures


def _build(what: str, count: int, used: Path) -> _Build:
    # Not removed before the last round: for minutes after, ext4 looks past each inode just freed whenever it makes a
    # file (recently_deleted), which has doubled the figure.
    used.mkdir(exist_ok=True)
    if settings.PUBLIC_ROOT.exists():
        settings.PUBLIC_ROOT.rename(used / f"{len(list(used.iterdir()))}")
    Publication.objects.all().delete()
    program = own_process.Watched(["-m", "news.benchmarks.build_program", what])
    told = program.answer()
    return _Build(told["cpu"] * 1000 / count, told["wall"], program.peak)


def one_by_one(scene: Scene) -> list[Figure]:
    """Publish articles one after another while editors autosave; from the commit to the last file and its record."""
    chance = random.Random(7)  # noqa: S311
    with _publishing():
        ids = list(NewsArticlePage.objects.live().order_by("pk").values_list("pk", flat=True))
        taken = [_publish_one(chance.choice(ids), number) for number in range(SINGLE)]
    cuts = quantiles(taken, n=100)
    return [
        Figure("publish one: median", median(taken), "s", 0.3),
        Figure("publish one: 99 of 100", cuts[98], "s", 1.0),
        Figure("publish one: outputs made, median", _median_of_batches("rendered"), ""),
        Figure("publish one: files written, median", _median_of_batches("written"), ""),
    ]


def _publish_one(pk: int, number: int) -> float:
    page = NewsArticlePage.objects.get(pk=pk)
    page.title = f"{page.title[:60]} ({number})"
    _approve(page)
    return _until_published()


def _approve(page: Page) -> None:
    """Let a page go live as it stands, as somebody does who has not written it."""
    approver, _is_new = User.objects.get_or_create(username="penyetuju-bench")
    revision = page.save_revision(clean=False)
    Approval.objects.give(revision, Approval.Kind.REVIEW, actor=approver)
    revision.publish()


def _until_published() -> float:
    began = time.perf_counter()
    while outbox.waiting().exists():
        time.sleep(_LOOK)
    return time.perf_counter() - began


def _median_of_batches(column: str) -> float:
    newest = Batch.objects.exclude(written=0).order_by("-pk").values_list(column, flat=True)[:SINGLE]
    return median(list(newest) or [0])


def at_once(scene: Scene) -> list[Figure]:
    """Publish five hundred new articles in one transaction, as a bulk action does."""
    with _publishing():
        before = Batch.objects.count()
        with transaction.atomic():
            pages = _write_articles()
        began = time.perf_counter()
        _until_settled()
        taken = time.perf_counter() - began
        batches = Batch.objects.count() - before
    lost = sum(not _lies(page) for page in pages)
    return [
        Figure(f"publish {AT_ONCE}: clock", taken, "s", 30),
        Figure(f"publish {AT_ONCE}: lost", lost, "", 0),
        Figure(f"publish {AT_ONCE}: batches", batches, ""),
    ]


def wide(scene: Scene) -> list[Figure]:
    """Change what every page shows while editors autosave, then go back to the release before and on again."""
    with _publishing():
        page = NewsIndexPage.objects.get()
        page.title = "Kabar"
        began = time.perf_counter()
        _approve(page)
        _until_settled()
        taken = time.perf_counter() - began
    withdrawn = NewsArticlePage.objects.live().order_by("-published_at", "-pk").first()
    if withdrawn is None:
        raise LookupError(page.title)
    withdrawn.unpublish()
    for _published in publisher.publish_pending():
        pass
    site = Site.objects.get()
    if (
        LocalTree(site.hostname).previous() is None
    ):  # a small site was changed in parts, in the one release it has
        build(site)
    began = time.perf_counter()
    returning.roll_back(site)
    back = time.perf_counter() - began
    returning.resume(site)
    return [
        Figure("change of every page: clock", taken, "s", 15),
        Figure("back to the release before: clock", back, "s", 2),
    ]


def _until_settled() -> None:
    """Wait until nothing is published any more, in batches or by a build, and readers see it."""
    while outbox.waiting().exists() or Dirty.objects.exists() or not _is_seen():
        time.sleep(_GLANCE)


def _is_seen() -> bool:
    return all(not known.is_outdated and finishing.is_shown(known) for known in Publication.objects.all())


def _write_articles() -> Sequence[NewsArticlePage]:
    index = NewsIndexPage.objects.get()
    source = NewsArticlePage.objects.live().order_by("pk").first()
    if source is None:
        raise LookupError(index.title)
    given = {name: getattr(source, name) for name in ("lead", "body", "section", "author_unit")}
    pages = [NewsArticlePage(title=f"Serentak {number}", live=False, **given) for number in range(AT_ONCE)]
    for page in pages:
        index.add_child(instance=page)
        _approve(page)
    return pages


def _lies(page: Page) -> bool:
    site = Site.objects.get()
    address = page.url_path[len(site.root_page.url_path) :]
    return (settings.PUBLIC_ROOT / site.hostname / address / "index.html").is_file()


@contextmanager
def _publishing() -> Generator[None]:
    """Run the publisher on a tree that is up to date, and editors who autosave."""
    for _published in publisher.publish_pending():
        pass
    settling.spread()
    os.sync()  # what earlier benches have written would be waited for at every fsync of this one
    stop = threading.Event()
    drafts = NewsArticlePage.objects.order_by("-pk")[:EDITORS]
    editors = [threading.Thread(target=_autosave, args=(page, stop)) for page in drafts]
    with own_process.publisher():
        _publish_one(drafts[0].pk, 0)  # it is up when this is done
        _until_settled()
        for editor in editors:
            editor.start()
        try:
            yield
        finally:
            stop.set()
            for editor in editors:
                editor.join()


def _autosave(page: NewsArticlePage, stop: threading.Event) -> None:
    try:
        while not stop.wait(AUTOSAVE):
            # While a bulk action holds SQLite the browser is told to save again, and does.
            with suppress(OperationalError):
                page.save_revision(clean=False)
    finally:
        connection.close()
