"""The screen "Antrean"."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.moderation.delegating.people import may_open
from cms.moderation.queue import people
from cms.moderation.queue.entries import entries, with_people
from cms.moderation.queue.scheduled import scheduled_for
from cms.moderation.queue.waiting import below, counts, waiting_for
from cms.moderation.urgent.waiting import owed_to

PAGE = 20  # manuscripts on a screen
ALL, MINE, FREE, LATE, OWN, UNDER = "semua", "saya", "bebas", "terlambat", "kantor", "bawah"


class QueueView(WagtailAdminTemplateMixin, TemplateView):
    """What waits for the person who asks, in the order in which it should be done."""

    template_name = "moderation/queue.html"
    page_title = _("Antrean")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who decides nothing anywhere."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]
        if not people.decides_anywhere(self.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the screen at its head."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filters and the lines of one page."""
        now = timezone.now()
        states = waiting_for(self.user)
        self.own, self.under = people.own_offices(self.user)
        numbers = counts(states, self.user, now)
        chosen = self.request.GET.get("lihat", ALL)
        shown = with_people(self._filtered(states, chosen, now))
        page = Paginator(shown, PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "filters": self._filters(numbers, chosen),
            "chosen": chosen,
            "page": page,
            "entries": entries(page.object_list, self.user, now),
            "scheduled": scheduled_for(self.user),
            "owed": owed_to(self.user, now),
            "may_delegate": may_open(self.user),
            "several": bool(self.under) or len(self.own) > 1,
        }

    def _filtered(self, states: QuerySet[TaskState], chosen: str, now: Any) -> QuerySet[TaskState]:
        conditions = {
            MINE: lambda: Q(claim__user=self.user),
            FREE: lambda: Q(claim=None),
            LATE: lambda: Q(due__lt=now),
            OWN: lambda: Q(below(site.root_page.path for site in self.own)),
            UNDER: lambda: Q(below(site.root_page.path for site in self.under)),
        }
        return states.filter(conditions[chosen]()) if chosen in conditions else states

    def _filters(self, numbers: dict[str, int], chosen: str) -> list[dict[str, Any]]:
        """Return the tabs: value, label, number if it is known without another query, whether chosen."""
        tabs: list[tuple[str, Any, int | None]] = [
            (ALL, _("Semua"), numbers["all"]),
            (MINE, _("Saya tangani"), numbers["mine"]),
            (FREE, _("Belum ditangani"), numbers["free"]),
            (LATE, _("Terlambat"), numbers["late"]),
        ]
        if self.under:
            tabs += [(OWN, _("Kantor saya"), None), (UNDER, _("Kantor di bawahnya"), None)]
        known = {value for value, _label, _count in tabs}
        chosen = chosen if chosen in known else ALL
        return [
            {"value": value, "label": label, "count": count, "is_chosen": value == chosen}
            for value, label, count in tabs
        ]
