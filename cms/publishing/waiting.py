"""What waits to be published in each office, and what holds an office up."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Min
from wagtail.models import Site

from cms.publishing import causes
from cms.publishing.models import Change, Dirty, Publication
from cms.publishing.office import Office
from cms.publishing.telling import day_and_clock, zone_of


@dataclass(frozen=True)
class WaitingOffice:
    """How much one office has waiting, and why if not merely for its turn."""

    name: str
    changes: int
    parts: int
    oldest: dt.datetime | None
    is_paused: bool
    error: causes.Told
    since_words: str

    @property
    def is_quiet(self) -> bool:
        """Return whether there is nothing to tell."""
        return not (self.changes or self.parts or self.is_paused or self.error.words)


def waiting_of(offices: Mapping[int, tuple[Site, Office | None]]) -> list[WaitingOffice]:
    """Return the offices (by site) for which something waits or is held up; changes of every office count."""
    changes = {
        row["site_id"]: (row["count"], row["oldest"])
        for row in Change.objects.filter(done_at=None)
        .values("site_id")
        .annotate(count=Count("pk"), oldest=Min("at"))
        .order_by("site_id")
    }
    parts = dict(
        Dirty.objects.filter(site_id__in=list(offices))
        .values_list("site_id")
        .annotate(count=Count("pk"))
        .order_by("site_id")
    )
    known = Publication.objects.in_bulk(list(offices))
    everywhere = changes.get(None, (0, None))
    told = []
    for pk, (site, office) in offices.items():
        own, publication = changes.get(pk, (0, None)), known.get(pk)
        since = publication.error_since if publication else None
        told.append(
            WaitingOffice(
                name=office.short_name if office else str(site),
                changes=own[0] + everywhere[0],
                parts=parts.get(pk, 0),
                oldest=min((moment for moment in (own[1], everywhere[1]) if moment), default=None),
                is_paused=bool(publication and publication.is_paused),
                error=causes.told(publication.error if publication else ""),
                since_words=day_and_clock(since, zone_of(office)) if since else "",
            )
        )
    return [each for each in told if not each.is_quiet]
