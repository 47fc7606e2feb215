"""Which articles, in which order: every list of articles is asked for here."""

import datetime as dt
from collections.abc import Iterable
from typing import Self
from zoneinfo import ZoneInfo

from django.db.models import Q
from wagtail.models import PageManager, PageQuerySet

from cms.publishing.office import Office
from cms.publishing.restrictions import restricted_paths


class ArticlePages(PageQuerySet):
    """Articles; every public list is total: newest first, then by id."""

    @classmethod
    def as_manager_of_pages(cls) -> PageManager:
        """Return a page manager whose querysets are these."""
        return PageManager.from_queryset(cls)()

    def of_office(self, office: Office) -> Self:
        """Return the articles below the front page of `office`."""
        return self.filter(path__startswith=office.path)

    def readable_in(self, office: Office) -> Self:
        """Return what anybody may read on the site of `office`: live, and behind no restriction."""
        articles = self.of_office(office).live()
        for path in restricted_paths(office.epoch):
            articles = articles.exclude(path__startswith=path)
        return articles

    def readable_in_any(self, offices: Iterable[Office], number: int) -> Self:
        """Return what anybody may read on the sites of several offices, as of epoch `number`."""
        below = Q()
        for office in offices:
            below |= Q(path__startswith=office.path)
        articles = self.filter(below).live()
        for path in restricted_paths(number):
            articles = articles.exclude(path__startswith=path)
        return articles

    def newest_first(self) -> Self:
        """Order by time of publication, then id: the one total order of every list."""
        return self.order_by("-published_at", "-pk")

    def in_months(self, first: tuple[int, int], last: tuple[int, int], zone: ZoneInfo) -> Self:
        """Return what was published from the month `first` to `last` as the office's calendar counts them."""
        (year, month), start = last, dt.datetime(*first, 1, tzinfo=zone)
        end = dt.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
        return self.filter(published_at__gte=start, published_at__lt=end)

    def older_than(self, published_at: dt.datetime, pk: int) -> Self:
        """Return what stands below `(published_at, pk)` in the one order."""
        below = Q(published_at__lt=published_at) | Q(published_at=published_at, pk__lt=pk)
        return self.filter(below, published_at__lte=published_at)  # no database seeks to an either-or

    def newer_than(self, published_at: dt.datetime, pk: int) -> Self:
        """Return what stands above `(published_at, pk)` in the one order."""
        above = Q(published_at__gt=published_at) | Q(published_at=published_at, pk__gt=pk)
        return self.filter(above, published_at__gte=published_at)

    def between(self, newest: tuple[dt.datetime, int], oldest: tuple[dt.datetime, int]) -> Self:
        """Return what stands from `newest` down to `oldest` (times and ids, both included) in the one order."""
        (first, first_pk), (last, last_pk) = newest, oldest
        above = Q(published_at__lt=first) | Q(published_at=first, pk__lte=first_pk)
        below = Q(published_at__gt=last) | Q(published_at=last, pk__gte=last_pk)
        return self.filter(above, below, published_at__gte=last, published_at__lte=first)
