"""How far a page is on its way to readers: waiting, being made, published, failed, stopped; and nothing else."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count, DateTimeField, Max, OuterRef, Q, Subquery, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from wagtail.models import Page

from cms.publishing import epoch, outputs
from cms.publishing.locks import is_held
from cms.publishing.models import Change, Dirty, Failure, Output, Owed, Publication
from cms.publishing.office import Office, office_of_page


class State(StrEnum):
    """Where a page stands between its editor and its readers."""

    WAITING = "waiting"
    BEING_MADE = "being_made"
    PUBLISHED = "published"
    FAILED = "failed"
    STOPPED = "stopped"
    NOT_PUBLIC = "not_public"


@dataclass(frozen=True)
class PublicationStatus:
    """What can be said of a page at this moment."""

    state: State
    office: Office | None = None
    moment: dt.datetime | None = None  # published, failed, stopped: since when
    address: str = ""  # where readers find it now, be it the version before
    cause: str = ""  # as cms.publishing.causes keeps it
    is_leaving: bool = False  # what waits is to take it away


@dataclass
class _Known:
    """What the database tells of some pages, each kind of row read once."""

    waiting: set[int] = field(default_factory=set)  # pages with a change of their own
    done: dict[int, dt.datetime] = field(default_factory=dict)
    wide: list[tuple[int | None, str]] = field(default_factory=list)  # site and tree path of waiting branches
    lies: dict[tuple[int, str], str] = field(default_factory=dict)
    failed: dict[tuple[int, str], tuple[str, dt.datetime]] = field(default_factory=dict)
    dirty: set[tuple[int, str]] = field(default_factory=set)
    publications: Mapping[int, Publication] = field(default_factory=dict)
    owed: set[tuple[int, str]] = field(default_factory=set)  # site and path of what a bucket has not got


def status_of(page: Page) -> PublicationStatus:
    """Return where a page stands; four queries once the office is known to this process."""
    return statuses_of([page])[page.pk]


def statuses_of(pages: Sequence[Page]) -> dict[int, PublicationStatus]:
    """Return where pages stand, by id, in a number of queries that does not grow with them."""
    number = epoch.current()
    offices = {page.pk: office_of_page(page, number) if page.pk else None for page in pages}
    sites = {office.site_id for office in offices.values() if office}
    known = _read(pages, sites) if sites else _Known()
    busy: dict[int, bool] = {}
    return {page.pk: _judge(page, offices[page.pk], known, busy) for page in pages}


def _read(pages: Sequence[Page], sites: set[int]) -> _Known:
    known = _Known()
    _read_changes(known, [page.pk for page in pages], sites)
    _read_outputs(known, [str(page.pk) for page in pages], sites)
    known.publications = Publication.objects.in_bulk(sites)
    lagging = [pk for pk, publication in known.publications.items() if publication.is_error_outside]
    if lagging:
        paths = set(known.lies.values())
        rows = Owed.objects.filter(site_id__in=lagging, to=Owed.To.BUCKET, path__in=paths)
        known.owed = set(rows.values_list("site_id", "path"))
    return known


def _read_changes(known: _Known, ids: Sequence[int], sites: Iterable[int]) -> None:
    scope = Change.Scope
    above = Q(done_at=None, scope__in=(scope.SUBTREE, scope.OFFICE), site_id__in=sites)
    everywhere = Q(done_at=None, scope=scope.OFFICE, site_id=None)
    rows = (
        Change.objects.filter(Q(page_id__in=ids) | above | everywhere)
        .values("page_id", "site_id", "scope")
        .annotate(
            left=Count("pk", filter=Q(done_at=None)),
            last=Max("done_at"),
            path=Subquery(Page.objects.filter(pk=OuterRef("page_id")).values("path")[:1]),
        )
        .order_by("page_id", "site_id", "scope")
    )
    for row in rows:
        page_id = row["page_id"]
        if row["last"]:
            known.done[page_id] = max(row["last"], known.done.get(page_id, row["last"]))
        if row["left"]:
            known.waiting.add(page_id)
            if row["scope"] == scope.OFFICE:
                known.wide.append((row["site_id"], ""))
            elif row["scope"] == scope.SUBTREE and row["path"]:
                known.wide.append((row["site_id"], row["path"]))


def _read_outputs(known: _Known, idents: Sequence[str], sites: Iterable[int]) -> None:
    own = Q(site_id__in=sites, kind__in=outputs.page_kinds(), ident__in=idents)
    never = Value(None, output_field=DateTimeField())
    words = Cast(KT("files__0__0"), TextField())
    lying = Output.objects.filter(own).values_list("site_id", "ident", Value("lies"), words, never)
    failed = Failure.objects.filter(own).values_list("site_id", "ident", Value("failed"), "cause", "since")
    dirty = Dirty.objects.filter(own).values_list("site_id", "ident", Value("dirty"), Value(""), never)
    for site_id, ident, what, text, since in lying.order_by().union(failed.order_by(), dirty, all=True):
        match what:
            case "lies" if text:
                known.lies[site_id, ident] = text
            case "failed":
                known.failed[site_id, ident] = text, since
            case "dirty":
                known.dirty.add((site_id, ident))


def _judge(page: Page, office: Office | None, known: _Known, busy: dict[int, bool]) -> PublicationStatus:
    if office is None:
        return PublicationStatus(State.NOT_PUBLIC)
    key = office.site_id, str(page.pk)
    address = _address(office, known.lies[key]) if key in known.lies else ""
    if _waits(page, key, known):
        return _on_its_way(page, office, address, known, busy)
    if key in known.failed:
        cause, since = known.failed[key]
        return PublicationStatus(State.FAILED, office, since, address, cause)
    if address and (office.site_id, known.lies[key]) in known.owed:
        publication = known.publications[office.site_id]
        return PublicationStatus(State.STOPPED, office, publication.error_since, address, publication.error)
    if address:
        return PublicationStatus(State.PUBLISHED, office, known.done.get(page.pk), address)
    return PublicationStatus(State.NOT_PUBLIC, office)


def _waits(page: Page, key: tuple[int, str], known: _Known) -> bool:
    if page.pk in known.waiting or key in known.dirty:
        return True
    publication = known.publications.get(key[0])
    if publication is None or not publication.is_whole:
        return page.live
    is_there = key in known.lies or key in known.failed
    return is_there and any(
        site in (None, key[0]) and page.path.startswith(path) for site, path in known.wide
    )


def _on_its_way(
    page: Page, office: Office, address: str, known: _Known, busy: dict[int, bool]
) -> PublicationStatus:
    """Tell what keeps a page that waits: nothing but its turn, or something an operator must know."""
    leaving = not page.live
    publication = known.publications.get(office.site_id)
    if publication and (publication.error or publication.is_paused):
        since = publication.error_since
        return PublicationStatus(State.STOPPED, office, since, address, publication.error, leaving)
    if office.site_id not in busy:
        busy[office.site_id] = is_held(office.site_id)
    state = State.BEING_MADE if busy[office.site_id] else State.WAITING
    return PublicationStatus(state, office, is_leaving=leaving)  # where the version before lies misleads here


def _address(office: Office, path: str) -> str:
    return f"{office.root_url}/{path.removesuffix('index.html')}"
