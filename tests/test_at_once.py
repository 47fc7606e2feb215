"""Two people at the same moment: one of them is first, the other is told, and nothing is done twice."""

import re
import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.moderation.models import Approval, Claim
from cms.moderation.texts import digest_of
from news.models import NewsArticlePage, NewsIndexPage, Section

pytestmark = [pytest.mark.four_eyes, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(office, person) -> dict[str, User]:
    """A writer, an editor and two approvers."""
    roles = {"nadia": "Penulis", "edo": "Penyunting", "ratna": "Penyetuju", "sari": "Penyetuju"}
    return {name: person(name, role, office) for name, role in roles.items()}


@pytest.fixture
def waiting(office, people) -> NewsArticlePage:
    """An article of Nadia's at its last stage."""
    page = NewsArticlePage(
        title="Rapat pleno terbuka",
        lead="KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para tamu.",
        section=Section.objects.filter(site__root_page=office).first(),
        author_unit="Humas KPU Provinsi Banten",
        body=[("paragraph", "<p>Rapat dibuka pukul sembilan pagi.</p>")],
        owner=people["nadia"],
        live=False,
    )
    NewsIndexPage.objects.child_of(office).get().add_child(instance=page)
    page.save_revision(user=people["nadia"])
    state = page.get_workflow().start(page, people["nadia"]).current_task_state
    browser = Browser(people["edo"], state)
    browser.decide("setuju")
    return NewsArticlePage.objects.get(pk=page.pk)


class Browser:
    """Somebody who has opened the screen "Periksa"."""

    def __init__(self, person: User, state: TaskState) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(person)
        self._screen = reverse("moderation_review", args=[state.pk])
        html = self.client.get(self._screen).text
        self._shown = dict(re.findall(r'name="(revision|digest)" value="([^"]+)"', html))

    def decide(self, decision: str):
        """Send the decision about what was shown."""
        return self.client.post(
            self._screen, {**self._shown, "decision": decision, "reason": ""}, follow=True
        )


def at_once(*acts: Callable[[], object]) -> list:
    """Do all in one moment, each in a thread and with a connection of its own; return what they gave."""
    start, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait()
            given[number] = acts[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_of_two_approvers_who_approve_at_once_one_has_and_the_other_is_told(people, waiting):
    state = waiting.current_workflow_task_state
    browsers = [Browser(people[name], state) for name in ("ratna", "sari")]
    answers = at_once(*(lambda each=each: each.decide("setuju") for each in browsers))
    assert [answer.status_code < 500 for answer in answers] == [True, True]
    page = NewsArticlePage.objects.get(pk=waiting.pk)
    assert page.live
    assert Approval.objects.filter(page_id=page.pk, kind="review").count() == 1
    told = " ".join(answer.text for answer in answers)
    assert "disetujui dan terbit" in told
    assert "sudah diputuskan" in told


def test_of_approval_and_refusal_at_once_only_one_holds(people, waiting):
    state = waiting.current_workflow_task_state
    yes, no = Browser(people["ratna"], state), Browser(people["sari"], state)
    no._shown["reason"] = "Keliru."
    answers = at_once(lambda: yes.decide("setuju"), lambda: no.decide("perbaiki"))
    assert all(answer.status_code < 500 for answer in answers)
    page = NewsArticlePage.objects.get(pk=waiting.pk)
    assert page.live == Approval.objects.filter(page_id=page.pk, kind="review").exists()


def test_text_saved_at_the_moment_of_approval_is_not_what_goes_live(people, waiting):
    browser = Browser(people["ratna"], waiting.current_workflow_task_state)
    read = waiting.latest_revision

    def save_over_it() -> None:
        draft = NewsArticlePage.objects.get(pk=waiting.pk).get_latest_revision_as_object()
        draft.title = "Judul yang diselundupkan"
        draft.save_revision(user=people["nadia"], overwrite_revision=draft.latest_revision)

    answer, _saved = at_once(lambda: browser.decide("setuju"), save_over_it)
    assert answer.status_code < 500
    page = NewsArticlePage.objects.get(pk=waiting.pk)
    assert page.title != "Judul yang diselundupkan"
    if page.live:
        approval = Approval.objects.get(page_id=page.pk, kind="review")
        assert (page.live_revision_id, approval.revision_id) == (read.pk, read.pk)
        assert approval.digest == digest_of(page.live_revision.content)


def test_of_two_who_take_a_manuscript_at_once_one_has_it(people, waiting):
    state = waiting.current_workflow_task_state
    browsers = [Browser(people[name], state) for name in ("ratna", "sari")]
    take = reverse("moderation_take", args=[state.pk])
    answers = at_once(*(lambda each=each: each.client.post(take, follow=True) for each in browsers))
    assert all(answer.status_code < 500 for answer in answers)
    assert Claim.objects.count() == 1
