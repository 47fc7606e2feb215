"""An article goes through an office's approval, by the doors people really use."""

import re

import pytest
from django.http import QueryDict
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from news.models import NewsArticlePage, NewsIndexPage, Section

pytestmark = pytest.mark.four_eyes

TITLE = "Rapat Pleno Terbuka di Serang"
LEAD = "KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para pemangku kepentingan."


def _fill(form: QueryDict, home, **fields: object) -> dict[str, object]:
    """Fill in the editing screen as a browser would: what it shows, with the fields a person changes."""
    shown = {name: form.getlist(name) for name in form if not name.startswith("action-")}
    section = Section.objects.filter(site__root_page=home).first()
    body = streamfield([("paragraph", rich_text("<p>Rapat dibuka pukul sembilan pagi.</p>"))])
    written = nested_form_data({"body": body, "attachments": streamfield([])})
    return {**shown, **written, "title": TITLE, "lead": LEAD, "section": section.pk, **fields}


@pytest.fixture
def submit(client, colleague, empty_form):
    """Write an article in an office as its writer and submit it; answers the page."""

    def _submit(home) -> NewsArticlePage:
        client.force_login(colleague("Penulis", home))
        index = NewsIndexPage.objects.child_of(home).get()
        address = reverse("wagtailadmin_pages:add", args=["news", "newsarticlepage", index.pk])
        data = _fill(empty_form(address), home, slug="rapat-pleno", **{"action-submit": "1"})
        answer = client.post(address, data)
        assert answer.status_code == 302, re.findall(r'error-message">(.*?)<', answer.text, re.S)
        return NewsArticlePage.objects.get(slug="rapat-pleno")

    return _submit


def _decide(client, page, action: str, **said: str):
    client.get(
        reverse("wagtailadmin_pages:edit", args=[page.pk])
    )  # nobody decides about what they have not read
    state = TaskState.objects.get(revision=page.latest_revision, status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, said)


def test_article_is_live_once_the_approver_of_its_office_agrees(client, office, submit, colleague):
    page = submit(office)
    address = page.get_url()
    assert not page.live
    assert client.get(address).status_code == 404
    client.force_login(colleague("Penyunting", office))
    _decide(client, page, "approve")
    page.refresh_from_db()
    assert not page.live
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
    names = {group.name for group in task.groups.all()}
    assert names == {"Penyunting · KPU Lebak", "Penyetuju · KPU Lebak"}


@pytest.fixture
def returned(client, office, submit, colleague):
    """A manuscript the office's approver sent back to its writer, who is signed in again."""
    page = submit(office)
    writer = page.owner
    client.force_login(colleague("Penyetuju", office))
    _decide(client, page, "reject", comment="Tanggal rapat <belum> ditulis.")
    client.force_login(writer)
    return page


def _buttons(client, page) -> list[str]:
    """Return the names of what can be done with the page, in order."""
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    return re.findall(r'name="(action-[a-z-]+)"|data-workflow-action-name="(\w+)"', shown)


def test_writer_reads_above_the_manuscript_and_at_home_why_it_came_back(client, returned):
    words = "Tanggal rapat &lt;belum&gt; ditulis."
    edit = reverse("wagtailadmin_pages:edit", args=[returned.pk])
    shown = client.get(edit).text
    assert "meminta perbaikan" in shown
    assert words in shown.split('class="messages"')[1].split("</ul>")[0]
    home = client.get("/admin/").text
    assert words in home
    assert "menunggu persetujuan" not in home
    assert client.get(edit).text.count("meminta perbaikan") == 1


def test_writer_of_a_returned_manuscript_is_offered_one_way_to_send_it_again(client, returned):
    names = {name or action for name, action in _buttons(client, returned)}
    assert "action-submit" in names
    assert "action-restart-workflow" not in names
    assert "action-cancel-workflow" in names


def test_approver_is_offered_to_approve_and_no_way_past_it(client, office, submit, colleague):
    page = submit(office)
    client.force_login(colleague("Penyetuju", office))
    names = [name or action for name, action in _buttons(client, page)]
    assert "action-publish" not in names
    assert names.index("approve") < names.index("reject")
    assert names[0] == "action-save-draft" or "action-save-draft" not in names


@pytest.mark.parametrize(
    ("action", "edited", "words"),
    [
        ("approve", False, "disetujui dan terbit"),
        ("approve", True, "belum terbit: naskahnya berubah"),
        ("reject", False, "dikembalikan kepada penulisnya"),
    ],
)
def test_approver_is_told_what_the_decision_did(client, office, submit, colleague, action, edited, words):
    page = submit(office)
    client.force_login(colleague("Penyunting", office))
    _decide(client, page, "approve")
    client.force_login(colleague("Penyetuju", office))
    client.get("/admin/")  # shows, and so empties, what the writer was told
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    pressed = {"action-workflow-action": "true", "workflow-action-name": action}
    form = querydict_from_html(client.get(address).text, form_id="page-edit-form")
    data = _fill(form, office, slug="rapat-pleno", **pressed)
    if not edited:
        body = page.get_latest_revision_as_object().body
        data |= {"body-0-id": body[0].id, "body-0-value": rich_text(body[0].value.source)}
    shown = client.post(address, data, follow=True).text
    assert words in shown
    assert "telah diperbarui" not in shown
