"""What a whole build has to make, and what the database knew when it was counted."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Site

from cms.publishing import outbox, outputs, recording, tallies, traces
from cms.publishing.crew import Task
from cms.publishing.making import in_turn
from cms.publishing.many_rows import in_chunks
from cms.publishing.models import Change, Dirty
from cms.publishing.office import office_of_site
from cms.publishing.outputs import Stage
from cms.publishing.tallies import Counts

PART = 500  # outputs handed to a process at once
HOUR = dt.timedelta(hours=1)


@dataclass
class Inventory:
    """What is to be made, and what was seen in the snapshot."""

    tasks: list[Task] = field(default_factory=list)  # pages and single files
    lists: list[Task] = field(default_factory=list)  # made after them, with all counts known
    counts: Counts = field(default_factory=Counter)
    changes: list[int] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)  # changes of the last hour, made before the snapshot
    waited: set[tuple[int, dt.datetime]] = field(default_factory=set)  # what waited to be made: id, since
    size: int = 0


def take_inventory(site: Site, as_of: dt.datetime, spool: IO[str]) -> Inventory:
    """Find out what there is to make; where each page stands goes to `spool`, a line each."""
    plan = Inventory()
    office = office_of_site(site)
    if office is None:
        return plan
    plan.changes = list(outbox.waiting().filter(site_id=site.pk).order_by("pk").values_list("pk", flat=True))
    plan.seen = set(recent_changes(as_of).values_list("pk", flat=True))
    plan.waited = set(Dirty.objects.filter(site_id=site.pk).values_list("pk", "since"))
    lists: dict[str, set[str]] = {}
    pages: dict[str, list[str]] = {}
    with recording.as_of(as_of):
        for name in outputs.standing_names(office):
            lists.setdefault(name.kind, set()).add(name.ident)
        for page, trace in outputs.traces(office):
            spool.write(f"{page}\t{traces.as_text(trace)}\n")
            plan.counts.update(tallies.counted([trace], office.zone))
            for kind, ident in trace.outputs:
                if outputs.kinds[kind].stage == Stage.PAGE:
                    pages.setdefault(kind, []).append(ident)
                else:
                    lists.setdefault(kind, set()).add(ident)
    plan.tasks = tasks_of({kind: list(dict.fromkeys(idents)) for kind, idents in pages.items()}, PART)
    plan.lists = tasks_of({kind: in_turn(idents) for kind, idents in lists.items()}, PART // 10)
    plan.size = sum(len(task.idents) for task in [*plan.tasks, *plan.lists])
    return plan


def tasks_of(idents: dict[str, list[str]], part: int) -> list[Task]:
    """Return what is made together: `part` outputs of a kind at most."""
    return [Task(kind, some) for kind, every in idents.items() for some in in_chunks(every, part)]


def recent_changes(as_of: dt.datetime) -> QuerySet[Change]:
    """Return the changes some of which the snapshot may not have seen."""
    # No transaction lasts an hour: what is older was there when the snapshot was taken.
    return Change.objects.filter(at__gte=min(as_of, timezone.now()) - HOUR)
