"""What may go wrong between editors and readers, for the health report."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision, Site

from cms.health.checking import Problem
from cms.publishing import causes
from cms.publishing.models import Change, Failure, Publication

PATIENCE = dt.timedelta(seconds=60)
_SHOWN = 20  # rows of one kind


def check_publisher() -> Iterator[Problem]:
    """Find offices whose changes have waited so long that nobody can be at work."""
    held = Publication.objects.filter(is_paused=True).values_list("pk", flat=True)
    held = {*held, *Publication.objects.exclude(error="").values_list("pk", flat=True)}
    rows = (
        Change.objects.filter(done_at=None)
        .values("site_id")
        .annotate(count=Count("pk"), oldest=Min("at"))
        .order_by("site_id")
    )
    limit = timezone.now() - PATIENCE
    hosts = {None: _("Semua kantor"), **_hosts()}  # an office that was closed has nobody waiting
    for row in rows:
        if row["site_id"] in held or row["site_id"] not in hosts or row["oldest"] >= limit:
            continue
        words = ngettext(
            "%(host)s: %(count)d perubahan menunggu terlalu lama; penerbit tidak berjalan.",
            "%(host)s: %(count)d perubahan menunggu terlalu lama; penerbit tidak berjalan.",
            row["count"],
        )
        said = {"host": hosts[row["site_id"]], "count": row["count"]}
        yield Problem(words % said, row["oldest"], reverse("publishing_report"))


def check_trees() -> Iterator[Problem]:
    """Find trees that cannot be written, and offices whose publishing somebody has stopped."""
    rows = Publication.objects.exclude(error="") | Publication.objects.filter(is_paused=True)
    for row in rows.order_by("pk"):
        error = causes.told(row.error)
        words = error.words or _("penerbitan sedang dihentikan.")
        address = reverse("publishing_report")
        yield Problem(f"{row.hostname}: {words}", row.error_since, address, error.detail)


def check_failures() -> Iterator[Problem]:
    """Find what could not be made."""
    hosts = _hosts()
    for row in Failure.objects.order_by("-since", "pk")[:_SHOWN]:
        host, cause = hosts.get(row.site_id, row.site_id), causes.told(row.cause)
        yield Problem(f"{host}: {cause.words}", row.since, reverse("publishing_report"), cause.detail)


def check_schedules() -> Iterator[Problem]:
    """Find pages whose hour of going live, or of leaving, has passed without it."""
    limit = timezone.now() - PATIENCE
    late = Revision.objects.page_revisions().filter(approved_go_live_at__lte=limit)
    rows = list(
        late.order_by("approved_go_live_at", "pk").values_list("object_id", "approved_go_live_at")[:_SHOWN]
    )
    titles = dict(Page.objects.filter(pk__in=[int(pk) for pk, _at in rows]).values_list("pk", "draft_title"))
    for pk, moment in rows:
        said = {"title": titles.get(int(pk), pk)}
        address = reverse("wagtailadmin_pages:edit", args=[pk])
        yield Problem(_("“%(title)s” belum terbit, padahal jadwalnya sudah lewat.") % said, moment, address)
    over = Page.objects.live().filter(expire_at__lte=limit).order_by("expire_at", "pk")
    for pk, title, moment in over.values_list("pk", "title", "expire_at")[:_SHOWN]:
        address = reverse("wagtailadmin_pages:edit", args=[pk])
        words = _("“%(title)s” masih di situs, padahal masa terbitnya sudah habis.") % {"title": title}
        yield Problem(words, moment, address)


def _hosts() -> dict[int, str]:
    return dict(Site.objects.order_by("pk").values_list("pk", "hostname"))
