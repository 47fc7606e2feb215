"""An article goes through an office's approval, by the doors people really use."""

import re

import pytest
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from news.models import NewsArticlePage, NewsIndexPage, Section

TITLE = "Rapat Pleno Terbuka di Serang"
LEAD = "KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para pemangku kepentingan."


def _fill(page_html: str, home, **fields: object) -> dict[str, object]:
    """Fill in the editing screen as a browser would: what it shows, with the fields a person changes."""
    form = querydict_from_html(page_html, form_id="page-edit-form")
    shown = {name: form.getlist(name) for name in form if not name.startswith("action-")}
    section = Section.objects.filter(site__root_page=home).first()
    body = streamfield([("paragraph", rich_text("<p>Rapat dibuka pukul sembilan pagi.</p>"))])
    written = nested_form_data({"body": body, "attachments": streamfield([])})
    return {**shown, **written, "title": TITLE, "lead": LEAD, "section": section.pk, **fields}


@pytest.fixture
def submit(client, colleague):
    """Write an article in an office as its writer and submit it; answers the page."""

    def _submit(home) -> NewsArticlePage:
        client.force_login(colleague("Penulis", home))
        index = NewsIndexPage.objects.child_of(home).get()
        address = reverse("wagtailadmin_pages:add", args=["news", "newsarticlepage", index.pk])
        data = _fill(client.get(address).text, home, slug="rapat-pleno", **{"action-submit": "1"})
        answer = client.post(address, data)
        assert answer.status_code == 302, re.findall(r'error-message">(.*?)<', answer.text, re.S)
        return NewsArticlePage.objects.get(slug="rapat-pleno")

    return _submit


def _decide(client, page, action: str, **said: str):
    state = TaskState.objects.get(revision=page.latest_revision, status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, said)


def test_article_is_live_once_the_approver_of_its_office_agrees(client, office, submit, colleague):
    page = submit(office)
    address = page.get_url()
    assert not page.live
    assert client.get(address).status_code == 404
    client.force_login(colleague("Penyetuju", office))
    _decide(client, page, "approve")
    client.logout()
    answer = client.get(address)
    assert answer.status_code == 200
    page.refresh_from_db()
    assert page.live
    assert page.workflow_states.get().status == "approved"


def test_article_comes_back_to_its_writer_with_the_reason(client, office, submit, colleague):
    page = submit(office)
    client.force_login(colleague("Penyetuju", office))
    _decide(client, page, "reject", comment="Tanggal rapat belum ditulis.")
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_state.current_task_state.comment == "Tanggal rapat belum ditulis."


def test_writer_meets_no_button_that_publishes(client, office, submit):
    page = submit(office)
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert 'name="action-publish"' not in answer.text
    assert _decide(client, page, "approve").status_code in {302, 403}
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("role", ["Penulis", "Penyunting", "Penyetuju"])
def test_people_of_another_office_can_neither_see_edit_nor_approve(
    client, office, other_office, submit, colleague, role
):
    page = submit(office)
    client.logout()
    client.force_login(colleague(role, other_office))
    for name in ("edit", "view_draft", "history", "preview_on_edit"):
        answer = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert answer.status_code in {302, 403, 404}
    assert TITLE not in client.get(reverse("wagtailadmin_explore", args=[office.pk]), follow=True).text
    _decide(client, page, "approve")
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS


def test_each_office_submits_to_its_own_approvers(office, other_office, submit):
    page = submit(other_office)
    task = page.current_workflow_task_state.task.specific
    assert [group.name for group in task.groups.all()] == ["Penyetuju · KPU Lebak"]
