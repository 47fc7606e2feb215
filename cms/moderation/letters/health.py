"""Mail that does not get out, for the health report."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import ngettext

from cms.health.checking import Problem
from cms.moderation.letters.rows import Letter

PATIENCE = dt.timedelta(minutes=30)


def check_letters() -> Iterator[Problem]:
    """Find letters that should have gone out long ago, by what the mail server said."""
    limit = timezone.now() - PATIENCE
    late = Letter.objects.waiting().filter(made_at__lt=limit)
    failed = late.filter(tries__gt=0).values("error").annotate(count=Count("pk"), since=Min("made_at"))
    for row in failed.order_by("error"):
        words = ngettext(
            "%(count)d surel belum terkirim: server surel menolak atau tidak menjawab. Dicoba terus.",
            "%(count)d surel belum terkirim: server surel menolak atau tidak menjawab. Dicoba terus.",
            row["count"],
        )
        yield Problem(words % {"count": row["count"]}, row["since"], detail=row["error"])
    idle = late.filter(tries=0, not_before__lt=limit)
    if count := idle.count():
        words = ngettext(
            "%(count)d surel menunggu terlalu lama: pekerja latar belakang tidak berjalan.",
            "%(count)d surel menunggu terlalu lama: pekerja latar belakang tidak berjalan.",
            count,
        )
        yield Problem(words % {"count": count}, idle.aggregate(since=Min("not_before"))["since"])
