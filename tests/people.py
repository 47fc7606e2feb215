"""Somebody of each role, what they write and submit, and what they find and send in the queue."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from cms.accounts.models import User
from home.models import HomePage
from home.roles import group_of
from news.models import NewsArticlePage, NewsIndexPage, Section

LEAD = "KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para tamu."
PASSWORD = "sandi-yang-panjang"


def make_person(name: str, role: str, home: HomePage) -> User:
    """Make somebody of a role in an office."""
    user = User.objects.create_user(name, f"{name}@kpu.example", PASSWORD, first_name=name.capitalize())
    user.groups.add(group_of(home, role))
    return user


@pytest.fixture
def colleague() -> Callable[[str, HomePage], User]:
    """Make a person of an office by role: `colleague("Penulis", office)`."""

    def _colleague(role: str, home: HomePage) -> User:
        name = f"{role.lower()}-{home.code}"
        user = User.objects.create_user(name, f"{name}@kpu.example", PASSWORD)
        user.groups.add(group_of(home, role))
        return user

    return _colleague


@pytest.fixture
def person():
    """Make somebody of a role in an office: `person("ratna", "Penyetuju", office)`."""

    return make_person


@pytest.fixture
def submit():
    """Write an article and submit it as `writer`: `submit(office, writer, "Judul")`; answers the state."""

    def _submit(home, writer, title="Rapat Pleno", live=False, **fields) -> TaskState:
        index = NewsIndexPage.objects.child_of(home).get()
        given = {
            "lead": LEAD,
            "section": Section.objects.filter(site__root_page=home).first(),
            "author_unit": "Humas",
            "body": [("paragraph", "<p>Rapat dibuka pukul sembilan pagi.</p>")],
            "owner": writer,
            **fields,
        }
        page = index.add_child(instance=NewsArticlePage(title=title, live=live, **given))
        page.save_revision(user=writer)
        return page.get_workflow().start(page, writer).current_task_state

    return _submit


def wait(state: TaskState, hours: float) -> None:
    """Let a state have waited."""
    TaskState.objects.filter(pk=state.pk).update(started_at=timezone.now() - dt.timedelta(hours=hours))


def page_of(state: TaskState) -> NewsArticlePage:
    return NewsArticlePage.objects.get(pk=int(state.workflow_state.object_id))


def next_of(state: TaskState) -> TaskState:
    """The stage a manuscript has come to."""
    return page_of(state).current_workflow_task_state


def queue(client, **asked) -> str:
    return client.get(reverse("moderation_queue"), asked).text


def titles(html: str) -> list[str]:
    return re.findall(r'warta-entry__title"><a href="[^"]+">([^<]+)<', html)


def open_form(client, state) -> dict[str, str]:
    """What the screen's decision form holds before a person fills it in."""
    html = client.get(reverse("moderation_review", args=[state.pk])).text
    return dict(re.findall(r'<input type="hidden" name="(revision|digest)" value="([^"]+)"', html))


def send(client, state, decision, reason="", shown=None, follow=True):
    shown = shown or open_form(client, state)
    address = reverse("moderation_review", args=[state.pk])
    return client.post(address, {**shown, "decision": decision, "reason": reason}, follow=follow)
