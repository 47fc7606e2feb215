"""The months and years of a list: which have articles, how many, and which stand beside one another."""

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear

from cms.publishing import epoch, recording, tallies
from cms.publishing.tallies import Month
from news.article_lists import ArticleList, month_bounds


def months_of(listed: ArticleList, year: int | None = None) -> list[Month]:
    """Return the months (of a year) in which a list has articles, newest first, counted in the office's zone."""
    low, high = recording.LOWEST, recording.HIGHEST
    if year is not None:
        low, high = month_bounds(year, 1, listed.office)[0], month_bounds(year, 12, listed.office)[1]
    recording.note_presence(listed.name, low, high)
    return [month for month in _all_months(listed) if year in (None, month.year)]


def _all_months(listed: ArticleList) -> list[Month]:
    if tallies.is_known(listed.office.site_id):
        return tallies.months(listed.name)
    key = ("months", listed.office.site_id, listed.name)
    return epoch.remembered(listed.office.epoch, key, lambda: _counted_months(listed))


def _counted_months(listed: ArticleList) -> list[Month]:
    zone = listed.office.zone
    rows = (
        listed.articles()
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
    known = _all_months(listed)  # of which only three are shown
    here = next((place for place, each in enumerate(known) if each[:2] == (year, month)), None)
    if here is None:
        _note_stretch(listed, None, None)
        return None, None, None
    later = known[here - 1] if here else None
    earlier = known[here + 1] if here + 1 < len(known) else None
    _note_stretch(listed, later and (later.year, later.month), earlier and (earlier.year, earlier.month))
    return known[here], later, earlier


def around_year(listed: ArticleList, year: int) -> tuple[int | None, int | None]:
    """Return the next later and the next earlier year in which a list has articles."""
    years = {month.year for month in _all_months(listed)}  # of which only two are shown
    later = min((each for each in years if each > year), default=None)
    earlier = max((each for each in years if each < year), default=None)
    _note_stretch(listed, later and (later, 12), earlier and (earlier, 1))
    return later, earlier


def _note_stretch(
    listed: ArticleList, later: tuple[int, int] | None, earlier: tuple[int, int] | None
) -> None:
    """Record what stands from the month `earlier` to the month `later`: nothing may appear between, neither may go."""
    low = month_bounds(*earlier, listed.office)[0] if earlier else recording.LOWEST
    high = month_bounds(*later, listed.office)[1] if later else recording.HIGHEST
    recording.note_presence(listed.name, low, high)
