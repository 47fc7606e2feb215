"""What every history is: deeds one after the other, and publications that are compared with a clean build."""

import datetime as dt
import sys
from collections.abc import Callable
from functools import wraps

from django.db.models import ProtectedError
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from wagtail.models import Page

from cms.moderation.trash.hiding import outside_trash
from news.models import NewsArticlePage, NewsIndexPage
from tests.newsroom import WORDS, Newsroom, pick

NUMBER = st.integers(0, 11)
WORDING = st.sampled_from(WORDS)


DEEDS: list[str] = []  # the names of everything that may happen


def deed(**choices: st.SearchStrategy) -> Callable[[Callable], Callable]:
    """Let a method be something that may happen, after which a publication has to be compared again."""

    def decorated(method: Callable) -> Callable:
        DEEDS.append(method.__name__)

        @wraps(method)
        def done(self: "History", **chosen: object) -> None:
            self._has_changed = True
            method(self, **chosen)

        return rule(**choices)(done)

    return decorated


class History(RuleBasedStateMachine):
    """Time passes, and what has changed is published; each history ends with a publication and a comparison."""

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__()
        self.newsroom, self.now, self._count = newsroom, newsroom.now, 0
        self._has_changed = False
        self._history = newsroom.history()
        self._history.__enter__()

    def teardown(self) -> None:
        """Publish and compare once more, then let it never have happened."""
        try:
            if self._has_changed and sys.exc_info()[0] is None:
                self._publish_and_compare()
        finally:
            self._history.__exit__(None, None, None)

    def _next(self) -> int:
        self._count += 1
        return self._count

    # What is published

    def _publish_and_compare(self) -> None:
        self.newsroom.publish_here(self.now)
        found = self.newsroom.differences()
        assert found == {}, found
        self._has_changed = False

    @precondition(lambda self: self._has_changed)
    @rule()
    def publish(self) -> None:
        """Publish, and compare both trees with clean builds."""
        self._publish_and_compare()

    @deed(hours=st.sampled_from([1, 30, 50, 24 * 400]))
    def wait(self, hours: int) -> None:
        """Let time pass before the next publication."""
        self.now += dt.timedelta(hours=hours)

    # Whom it concerns

    def _article(self, number: int) -> NewsArticlePage | None:
        return pick(outside_trash(NewsArticlePage.objects.order_by("pk")), number)

    def _index(self, number: int) -> NewsIndexPage | None:
        return pick(outside_trash(NewsIndexPage.objects.order_by("pk")), number)

    def _page(self, number: int) -> Page | None:
        return pick(outside_trash(Page.objects.filter(depth__gt=2).order_by("pk")), number)


def publish_page(page: Page) -> None:
    """Publish a page as its form does; an alias has no form, and is only saved."""
    if page.alias_of_id:
        page.save()
    else:
        page.save_revision().publish()


def has_child(parent: Page, slug: str) -> bool:
    return parent.get_children().filter(slug=slug).exists()


def delete_row(row: object) -> None:
    try:
        row.delete()
    except ProtectedError:  # something still shows it, and then nobody can delete it
        return
