"""Several processes that render one office from one snapshot, each writing its files straight into a new release."""

import datetime as dt
import gc
import multiprocessing
import signal
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from multiprocessing.connection import Connection, wait
from typing import NamedTuple

import structlog
from django.conf import settings
from django.urls import get_resolver
from django.utils import translation
from wagtail.models import Site

from cms import templating
from cms.publishing import causes, making, manifest, outputs, recording, tallies
from cms.publishing.forking import close_connections
from cms.publishing.office import office_of_site
from cms.publishing.outputs import Name
from cms.publishing.snapshot import snapshot
from cms.publishing.tallies import Counts
from cms.publishing.trees.release import ReleaseWriter

logger = structlog.get_logger(__name__)


class CrewError(causes.KnownError):
    """A process of the crew has died or could not go on."""


class Task(NamedTuple):
    """Outputs of one kind that are made together."""

    kind: str
    idents: Sequence[str]


class Rendered(NamedTuple):
    """What the manifest keeps of one output; with a `cause` it could not be made."""

    name: Name
    files: Sequence[tuple[str, str, int]] = ()
    keys: Sequence[int] = ()
    ranges: Sequence[tuple[int, int, int]] = ()
    until: dt.datetime | None = None
    mark: int = 0
    waits: bool = False
    shows: Sequence[Name] = ()  # pictures and documents
    is_foreign: bool = False  # shows something of another office
    cause: str = ""  # as cms.publishing.causes keeps it


class Crew:
    """Processes forked from this one; call before it has read anything. Use as a context manager."""

    def __init__(self, site_id: int, as_of: dt.datetime, writer: ReleaseWriter, count: int) -> None:
        """Fork `count` processes for the office `site_id`, whose pages show the instant `as_of`."""
        close_connections()
        load_ahead()
        gc.freeze()
        fork = multiprocessing.get_context("fork")
        pairs = [fork.Pipe() for _number in range(count)]
        self._links: list[Connection] = [ours for ours, _theirs in pairs]
        self._processes = []
        for ours, theirs in pairs:
            others = [link for link in self._links if link is not ours]
            process = fork.Process(
                target=_work, args=(theirs, [ours, *others], site_id, as_of, writer), daemon=True
            )
            process.start()
            theirs.close()
            self._processes.append(process)

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_error: object) -> None:
        for link in self._links:
            link.close()
        for process in self._processes:
            process.join(10)
            if process.is_alive():
                process.kill()
                process.join()
        gc.unfreeze()

    def invite(self, name: str) -> None:
        """Let every process begin to read from the snapshot `name`; returns when all have."""
        for link in self._links:
            _send(link, name)
        for link in self._links:
            self._receive(link)

    def tell(self, counts: Counts) -> None:
        """Tell how many pages each list has in each month, before lists are made."""
        for link in self._links:
            _send(link, counts)
            self._receive(link)

    def make(self, tasks: Iterable[Task]) -> Iterator[list[Rendered]]:
        """Yield what each task gave, in whatever order they end."""
        rest = iter(tasks)
        busy: list[Connection] = []
        for link in self._links:
            self._hand_out(link, rest, busy)
        while busy:
            for link in wait(busy):
                rendered = self._receive(link)  # ty: ignore[invalid-argument-type]
                busy.remove(link)
                self._hand_out(link, rest, busy)  # ty: ignore[invalid-argument-type]
                yield rendered

    def _hand_out(self, link: Connection, rest: Iterator[Task], busy: list[Connection]) -> None:
        task = next(rest, None)
        if task is not None:
            _send(link, task)
            busy.append(link)

    def _receive(self, link: Connection):  # noqa: ANN202
        try:
            answer = link.recv()
        except EOFError as error:
            raise _has_died() from error
        if isinstance(answer, BaseException):
            raise answer
        return answer


def load_ahead() -> None:
    """Compile every template and import every view now, or each process of a crew would do it by itself."""
    templating.load_all()
    with translation.override(settings.LANGUAGE_CODE):
        get_resolver().reverse_dict  # noqa: B018


def _send(link: Connection, what: object) -> None:
    try:
        link.send(what)
    except ConnectionError as error:
        raise _has_died() from error


def _has_died() -> CrewError:
    return CrewError("a process of the crew has ended", "crew_died")


def _work(
    link: Connection, inherited: list[Connection], site_id: int, as_of: dt.datetime, writer: ReleaseWriter
) -> None:
    """Be a process of the crew: what is sent is done and answered, until the other end is closed."""
    for other in inherited:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent answers, and then closes the link
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()  # a tenth of the time: what a task leaves is collected after it
    try:
        with ExitStack() as stack:
            stack.enter_context(snapshot(link.recv()))
            site = Site.objects.get(pk=site_id)
            stack.enter_context(recording.as_of(as_of))
            link.send(True)
            while True:
                asked = link.recv()
                if isinstance(asked, Counter):
                    stack.enter_context(tallies.known_to(site_id, asked, complete=True))
                    link.send(True)
                else:
                    link.send(_answer(asked, site, writer))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # nothing more to do


def _answer(task: Task, site: Site, writer: ReleaseWriter) -> object:
    try:
        rendered = [_kept(site.pk, output, writer) for output in _made(task, site)]
        gc.collect(0)  # nothing older than this task is looked through: what is kept from task to task stays
        return rendered
    except OSError as error:
        return error
    except Exception as error:
        logger.exception("crew_failed", kind=task.kind)
        return CrewError(causes.technical(error), causes.code_of(error))


def _made(task: Task, site: Site) -> Iterator[making.Output | making.Failed]:
    office = office_of_site(site)
    if office is None:
        raise CrewError(f"no office at {site.hostname}", "program")
    with recording.guarded():
        yield from making.make_kind(outputs.kinds[task.kind], office, task.idents)


def _kept(site_id: int, output: making.Output | making.Failed, writer: ReleaseWriter) -> Rendered:
    """Write the files of an output; return what is to be known of it."""
    if isinstance(output, making.Failed):
        return Rendered(output.name, cause=output.cause)
    for file in output.files:
        if file.path:
            writer.write(file)
    shown, mark, own = output.shown, making.mark_of(output.name), f"@{site_id}"
    ranges = manifest.merged(shown.ranges)
    return Rendered(
        output.name,
        [tuple(file) for file in making.lying(output.files)],
        manifest.numbers(shown.keys, site_id),
        [(manifest.number(name), low, high) for name, low, high in ranges],
        shown.until,
        manifest.number(mark) if mark else 0,
        output.waits,
        sorted(making.shown_files(shown.keys)),
        any("@" in name and not name.endswith(own) for name, _low, _high in ranges),
    )
