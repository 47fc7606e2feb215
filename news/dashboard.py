"""The editor's home: what matters today, in five short panels, with a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from cms.accounts.models import User
from cms.moderation.queue.entries import entries, with_people
from cms.moderation.queue.people import decides_anywhere
from cms.moderation.queue.waiting import counts, waiting_for
from cms.moderation.telling import reason_of_return
from cms.publishing import epoch
from cms.publishing.office import office_of_page
from cms.publishing.telling import zone_of
from news import desks
from news.querysets import ArticlePages

SHOWN = 8  # rows of a panel
WEEK = dt.timedelta(days=7)


class DashboardPanel(Component):
    """A titled list of articles; without rows it says what to do."""

    heading: Any
    empty: Any
    template_name = "news/dashboard/panel.html"

    def __init__(self, request: HttpRequest, number: int) -> None:
        """Take the request of the person the list is made for, and the number of the epoch."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]
        self.number = number

    def rows(self) -> list[dict[str, Any]]:
        """Return what is listed: `page_id`, `title`, and what else the panel's note shows."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return heading, rows, and the sentence for an empty list."""
        return {"name": self.name, "heading": self.heading, "rows": self.rows(), "empty": self.empty}


class StartPanel(Component):
    """The two buttons everybody needs."""

    name = "start"
    order = 10
    template_name = "news/dashboard/start.html"

    def __init__(self, request: HttpRequest) -> None:
        """Take the request of the person the buttons are for."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return whether there is somewhere to write, and the person's site."""
        site = desks.sites_of(self.user).first()
        return {"may_write": desks.indexes_of(self.user).exists(), "site_url": site.root_url if site else ""}


class WaitingPanel(DashboardPanel):
    """Menunggu saya: what this person may decide about now, the most urgent first; the way to the queue."""

    name = "waiting"
    order = 20
    heading = _("Menunggu saya")
    template_name = "news/dashboard/waiting.html"
    empty = _("Tidak ada naskah yang menunggu keputusan Anda.")

    def rows(self) -> list[dict[str, Any]]:
        now, states = timezone.now(), waiting_for(self.user)
        return [
            vars(entry) | {"review": entry.pk}
            for entry in entries(with_people(states)[:SHOWN], self.user, now, self.number)
        ]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Add how many wait, and how many too long."""
        numbers = counts(waiting_for(self.user), self.user, timezone.now())
        more = {"count": numbers["all"], "late": numbers["late"]} if decides_anywhere(self.user) else {}
        return super().get_context_data(parent_context) | more


class DraftsPanel(DashboardPanel):
    """Konsep saya: what this person began or touched last and has not gone live."""

    name = "drafts"
    order = 30
    heading = _("Konsep saya")
    empty = _("Belum ada konsep. Tekan “Tulis berita” untuk memulai.")

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Name no button that the person lacks."""
        told = super().get_context_data(parent_context)
        if not told["rows"] and not desks.indexes_of(self.user).exists():
            told["empty"] = _("Anda tidak menulis di kantor ini, jadi tidak ada konsep milik Anda.")
        return told

    def rows(self) -> list[dict[str, Any]]:
        mine = Q(owner=self.user) | Q(latest_revision__user=self.user)
        unfinished = Q(live=False) | Q(has_unpublished_changes=True)
        drafts = (
            _light(desks.articles_of(self.user))
            .filter(mine, unfinished)
            .order_by("-latest_revision_created_at", "-pk")[:SHOWN]
        )
        states = _states_of(page.pk for page in drafts)
        return [
            {
                "page_id": page.pk,
                "zone": zone_of(office_of_page(page, self.number)),
                "title": page.draft_title or page.title,
                "at": page.latest_revision_created_at,
            }
            | {"live": page.live, "submitted": page.pk in states}
            | {"returned": reason_of_return(states.get(page.pk))}
            for page in drafts
        ]


class PublishedPanel(DashboardPanel):
    """Terbit minggu ini: the newest of the person's offices, with how often each was read."""

    name = "published"
    order = 40
    heading = _("Terbit minggu ini")
    empty = _("Belum ada berita terbit dalam tujuh hari terakhir.")

    def rows(self) -> list[dict[str, Any]]:
        articles = (
            _light(desks.articles_around(self.user))
            .live()
            .filter(published_at__gte=timezone.now() - WEEK)
            .annotate(read=Sum("reads__count"))
            .newest_first()[:SHOWN]
        )
        return [
            {
                "page_id": page.pk,
                "zone": zone_of(office_of_page(page, self.number)),
                "title": page.title,
                "at": page.published_at,
                "reads": page.read or 0,
            }
            for page in articles
        ]


class MostReadPanel(DashboardPanel):
    """Paling banyak dibaca: the offices' articles with the most reads of the last seven days."""

    name = "most-read"
    order = 50
    heading = _("Paling banyak dibaca (7 hari)")
    empty = _("Belum ada pembaca yang terhitung minggu ini. Bagikan berita terbaru lewat WhatsApp.")

    def rows(self) -> list[dict[str, Any]]:
        since = timezone.localdate() - WEEK
        articles = (
            _light(desks.articles_around(self.user))
            .live()
            .filter(reads__day__gt=since)
            .annotate(read=Sum("reads__count"))
            .filter(read__gt=0)
            .order_by("-read", "-pk")[:SHOWN]
        )
        return [{"page_id": page.pk, "title": page.title, "reads": page.read} for page in articles]


def _light(articles: ArticlePages) -> ArticlePages:
    return articles.only(
        *("title", "draft_title", "live", "published_at", "latest_revision_created_at", "path", "depth"),
        *("content_type", "numchild", "url_path", "slug", "owner", "locked"),
    )


def _states_of(ids: Iterable[int]) -> dict[int, WorkflowState]:
    """Return where those of the pages `ids` that were submitted stand, by page."""
    states = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(), object_id__in=[str(pk) for pk in ids]
    )
    return {int(state.object_id): state for state in states.select_related("current_task_state__finished_by")}


def panels_for(request: HttpRequest) -> list[Component]:
    """Return the panels of the editor's home for who asks."""
    number, kinds = epoch.current(), (WaitingPanel, DraftsPanel, PublishedPanel, MostReadPanel)
    return [StartPanel(request), *(kind(request, number) for kind in kinds)]


def indexes_to_write_under(user: User) -> list[tuple[str, int]]:
    """Return (name of the office, id of its index) for every index `user` may write under."""
    indexes = list(desks.indexes_of(user))
    parents = Page.objects.filter(path__in={index.path[: -Page.steplen] for index in indexes})
    names = {parent.path: parent.title for parent in parents}
    return [(names.get(index.path[: -Page.steplen], index.title), index.pk) for index in indexes]
