"""How often articles were read: numbers for pages, dashboards and reports."""

import datetime as dt

from django.db.models import Q, Sum
from django.utils import timezone

from cms.publishing.office import Office
from news.models import NewsArticlePage, ReadCount
from news.querysets import ArticlePages
from news.reads import buffer


def living(article: int) -> int:
    """Return how often an article was read here, without its imported count."""
    counted = ReadCount.objects.filter(article=article).aggregate(total=Sum("count"))["total"]
    return (counted or 0) + buffer.waiting(article)


def most_read(office: Office, days: int = 7) -> ArticlePages:
    """Return the readable articles of `office` read within `days` (today included), most read first.

    Each carries `reads_within`, the number. Slice it: it is not cut.
    """
    since = timezone.localdate() - dt.timedelta(days=days - 1)
    return (
        NewsArticlePage.objects.readable_in(office)
        .annotate(reads_within=Sum("reads__count", filter=Q(reads__day__gte=since)))
        .filter(reads_within__gt=0)
        .order_by("-reads_within", "-published_at", "-pk")
    )
