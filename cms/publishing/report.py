"""The report "Penerbitan": what was published when and why, what waits, and what could not be made."""

from collections.abc import Iterable, Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.models import Site

from cms.publishing import epoch
from cms.publishing.failing import FailureNow, failures_now
from cms.publishing.models import Batch
from cms.publishing.office import Office, office_of_site
from cms.publishing.seeing import sites_of
from cms.publishing.telling import day_and_clock, zone_of
from cms.publishing.waiting import waiting_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def name_of(site: Site, office: Office | None) -> str:
    """Return what people call the office of a site."""
    return office.short_name if office else str(site)


class BatchFilters(WagtailFilterSet):
    """By office, day, and whether something failed."""

    site_id = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Kantor"), widget=forms.CheckboxSelectMultiple
    )
    started_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Hari"), widget=DateRangePickerWidget
    )
    failed = django_filters.ChoiceFilter(
        label=gettext_lazy("Hasil"),
        method="keep_failed",
        choices=[("ya", gettext_lazy("Hanya yang gagal"))],
        empty_label=gettext_lazy("Semua"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Batch
        fields: list[str] = []

    def __init__(self, *args: Any, offices: Mapping[int, tuple[Site, Office | None]], **kwargs: Any) -> None:
        """Offer `offices`, and the choice only where there are several."""
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name_of(*known)) for pk, known in offices.items()]
        if len(choices) > 1:
            self.filters["site_id"].extra["choices"] = choices
        else:
            del self.filters["site_id"]

    def keep_failed(self, batches: QuerySet[Batch], name: str, value: str) -> QuerySet[Batch]:
        """Keep those in which something could not be made."""
        return batches.filter(failed__gt=0)


class BatchReportView(ReportView):
    """Batches of the offices somebody works for, newest first."""

    model = Batch
    page_title = gettext_lazy("Penerbitan")
    header_icon = "globe"
    template_name = "publishing/report.html"
    results_template_name = "publishing/report_results.html"
    index_url_name = "publishing_report"
    index_results_url_name = "publishing_report_results"
    filterset_class = BatchFilters
    default_ordering = ("-started_at", "-pk")
    export_filename = "penerbitan"
    list_export = ["when", "office", "why", "written", "removed", "seconds", "failed"]
    export_headings = {
        "when": gettext_lazy("Waktu"),
        "office": gettext_lazy("Kantor"),
        "why": gettext_lazy("Sebab"),
        "written": gettext_lazy("Ditulis"),
        "removed": gettext_lazy("Dihapus"),
        "seconds": gettext_lazy("Lama (detik)"),
        "failed": gettext_lazy("Gagal"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who works for no office."""
        if not self.offices:
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def offices(self) -> dict[int, tuple[Site, Office | None]]:
        """Return the sites of the person's offices by id, with their offices."""
        number = epoch.current()
        return {site.pk: (site, office_of_site(site, number)) for site in sites_of(self.request.user)}

    def get_ordering(self) -> tuple[str, str]:
        """Return the one order there is."""
        return self.default_ordering

    def get_base_queryset(self) -> QuerySet[Batch]:
        """Return the batches of the person's offices that changed or tried something."""
        idle = Q(written=0, removed=0, failed=0)
        return Batch.objects.filter(site_id__in=list(self.offices)).exclude(idle)

    def get_filtered_queryset(self) -> QuerySet[Batch]:
        """Return the batches, filtered once (Wagtail's own filters them twice)."""
        return self.get_queryset()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Tell the filters which offices to offer."""
        return super().get_filterset_kwargs() | {"offices": self.offices}

    def decorate_paginated_queryset(self, object_list: Iterable[Batch]) -> list[Batch]:
        """Put into words what the screen and the export show of each batch."""
        failures = [] if self.is_export else self.failures
        return [self._told(batch, failures) for batch in object_list]

    def _told(self, batch: Batch, failures: Iterable[FailureNow]) -> Batch:
        site, office = self.offices[batch.site_id]
        batch.office = name_of(site, office)
        batch.when = day_and_clock(batch.started_at, zone_of(office))
        ended = batch.finished_at
        batch.seconds = round((ended - batch.started_at).total_seconds(), 2) if ended else None
        batch.duration = (
            _("%(seconds)s detik") % {"seconds": number_format(batch.seconds, 2)} if ended else ""
        )
        reason = batch.reason or _("Bagian lain dari perubahan sebelumnya")
        batch.why = f"'{reason}" if self.is_export and reason.startswith(_FORMULA) else reason
        batch.failures = [
            each
            for each in failures
            if ended and each.site_id == batch.site_id and batch.started_at <= each.since <= ended
        ]
        return batch

    @cached_property
    def failures(self) -> list[FailureNow]:
        """Return what cannot be made at this moment in the person's offices."""
        return failures_now(self.request.user, self.offices)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands above the list."""
        context = super().get_context_data(*args, **kwargs)
        if not self.results_only and not self.is_export:
            context |= {"waiting": waiting_of(self.offices), "failures": self.failures}
        return context | {"several": len(self.offices) > 1}
