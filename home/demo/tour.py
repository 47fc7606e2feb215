"""The tour on the editor's home: the reference article's wrong date, and whose turn it is to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.moderation.deciders import may_decide
from cms.moderation.seeing import may_read
from home.demo.offices import PROVINCE
from home.models import HomePage
from news.models import NewsArticlePage

REFERENCE = "konsolidasi-kpu-integritas-24-jam-untuk-pemilu-2024"
_WRITE, _REVIEW, _APPROVE, _READ = range(1, 5)
ACCOUNTS = {_WRITE: "penulis", _REVIEW: "penyunting", _APPROVE: "penyetuju", _READ: ""}


@dataclass(frozen=True)
class Step:
    """One person's part: done, to be done now, or not yet; `url` leads there whoever may do it."""

    number: int
    account: str
    state: str
    url: str = ""


class TourPanel(Component):
    """Says who does what next with the reference article, and leads there who is that person."""

    name = "tour"
    order = 15  # below the two buttons everybody needs
    template_name = "home/demo/tour.html"

    def __init__(self, user: User, page: NewsArticlePage) -> None:
        """Take whose home it is, and the article."""
        self.user, self.page = user, page

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the four steps, and where readers see what came of it."""
        state = self.page.current_workflow_task_state
        now = self._turn(state)
        return {
            "title": self.page.title,
            "steps": [self._step(number, now, state) for number in ACCOUNTS],
            "page_url": self.page.full_url,
            "register_url": f"{self.page.get_site().root_url}/ralat/",
        }

    def _turn(self, state: TaskState | None) -> int:
        if not self.page.printed_dateline:  # what the old site printed goes with the wrong date
            return _READ
        if state is None:
            return _WRITE
        return _APPROVE if state.task.specific.is_final else _REVIEW

    def _step(self, number: int, now: int, state: TaskState | None) -> Step:
        if number != now:
            return Step(number, ACCOUNTS[number], "done" if number < now else "later")
        return Step(number, ACCOUNTS[number], "now", self._way(state))

    def _way(self, state: TaskState | None) -> str:
        if state is not None:
            is_theirs = may_decide(self.user, self.page, state)
            return reverse("moderation_review", args=[state.pk]) if is_theirs else ""
        is_theirs = self.page.owner_id == self.user.pk
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk]) if is_theirs else ""


def tour_for(request: HttpRequest) -> TourPanel | None:
    """Return the tour for who asks; None where there is no demo, or they have nothing to do with its office."""
    if settings.ALLOWED_HOSTS_GIVEN:
        return None
    home = HomePage.objects.filter(code=PROVINCE, is_demo=True).first()
    page = home and NewsArticlePage.objects.descendant_of(home).live().filter(slug=REFERENCE).first()
    user: User = request.user  # ty: ignore[invalid-assignment]
    return TourPanel(user, page) if page and may_read(user, page) else None
