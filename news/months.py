"""The months of a list: which have articles, how many, and which stand beside one another."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear

from cms.publishing import epoch, recording, tallies
from news.article_lists import ArticleList, month_bounds


@dataclass(frozen=True)
class Month:
    """A month that has articles, with how many."""

    year: int
    month: int
    count: int


def months_of(listed: ArticleList) -> list[Month]:
    """Return the months in which a list has articles, newest first, counted in the office's zone."""
    if tallies.is_known(listed.office.site_id):
        counts = tallies.months(listed.office.site_id, listed.name)
        return [Month(int(month[:4]), int(month[5:]), count) for month, count in counts.items()]
    key = ("months", listed.office.site_id, listed.name)
    return epoch.remembered(listed.office.epoch, key, lambda: _counted_months(listed))


def _counted_months(listed: ArticleList) -> list[Month]:
    zone = listed.office.zone
    rows = (
        listed.articles()
        .select_related(None)
        .defer(None)
        .annotate(
            year=ExtractYear("published_at", tzinfo=zone), month=ExtractMonth("published_at", tzinfo=zone)
        )
        .values("year", "month")
        .annotate(count=Count("pk"))
        .order_by("-year", "-month")
    )
    return [Month(row["year"], row["month"], row["count"]) for row in rows]


def around_month(
    listed: ArticleList, year: int, month: int
) -> tuple[Month | None, Month | None, Month | None]:
    """Return a month of a list, the next later and the next earlier one that have articles."""
    with recording.aside():  # of all months only these three are shown
        known = months_of(listed)
    here = next((place for place, each in enumerate(known) if (each.year, each.month) == (year, month)), None)
    if here is None:
        _note_stretch(listed, year, month, None, None)
        return None, None, None
    later = known[here - 1] if here else None
    earlier = known[here + 1] if here + 1 < len(known) else None
    _note_stretch(listed, year, month, later, earlier)
    return known[here], later, earlier


def _note_stretch(
    listed: ArticleList, year: int, month: int, later: Month | None, earlier: Month | None
) -> None:
    # Between two neighbours nothing may appear, and neither may go.
    low = month_bounds(earlier.year, earlier.month, listed.office)[0] if earlier else recording.LOWEST
    high = month_bounds(later.year, later.month, listed.office)[1] if later else recording.HIGHEST
    recording.note_range(listed.name, low, high)
