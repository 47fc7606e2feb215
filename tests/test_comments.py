"""Colleagues talk about a text beside the text."""

import pytest
from django.urls import reverse
from wagtail.models import Comment
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from news.models import NewsIndexPage
from tests.people import next_of, page_of, send

WORDS = '<p data-block-key="a1b2c">Rapat dibuka pukul sembilan pagi.</p>'  # with the mark an editor gives it


@pytest.fixture
def pages(office, write):
    """One page of each kind that an office edits."""
    index = NewsIndexPage.objects.child_of(office).get()
    return [write("Rapat Pleno"), office, index, office.get_children().get(slug="privasi")]


def test_approver_may_comment_on_every_kind_of_page(client, office, colleague, pages):
    client.force_login(colleague("Penyetuju", office))
    for page in pages:
        shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        assert 'id="comments-output"' in shown, page
        assert 'data-side-panel-toggle="comments"' in shown, page


def ask(client, empty_form, page, user, words: str) -> None:
    """Write a comment beside the lead through the editing screen, changing nothing of the text."""
    client.force_login(user)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = empty_form(edit)
    shown = {name: form.getlist(name) for name in form if not name.startswith(("action-", "body-"))}
    text = streamfield([("paragraph", rich_text(WORDS))])
    asked = {"contentpath": "lead", "text": words, "id": "", "position": "", "DELETE": ""}
    counts = {"comments-TOTAL_FORMS": "1", "comments-0-replies-TOTAL_FORMS": "0"}
    counts |= {"comments-INITIAL_FORMS": "0", "comments-0-replies-INITIAL_FORMS": "0"}
    fields = {f"comments-0-{name}": value for name, value in asked.items()}
    body = nested_form_data({"body": text, "attachments": streamfield([])})
    body["body-0-id"] = page.get_latest_revision_as_object().body[0].id
    kept = {"show_dateline": "on"}  # a ticked box that the test library does not read
    assert client.post(edit, shown | kept | body | counts | fields).status_code == 302


def test_writer_reads_beside_the_text_what_the_editor_asks(client, office, person, submit, empty_form):
    nadia, hendra = person("nadia", "Penulis", office), person("hendra", "Penyunting", office)
    page = page_of(submit(office, nadia, "Rapat Pleno"))
    ask(client, empty_form, page, hendra, "Siapa yang membuka rapat?")
    comment = Comment.objects.get()
    assert (comment.page_id, comment.user, comment.contentpath) == (page.pk, hendra, "lead")
    client.force_login(nadia)
    assert "Siapa yang membuka rapat?" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text


def test_who_only_asks_beside_the_text_has_not_written_it_and_may_let_it_go_live(
    client, office, person, submit, empty_form
):
    nadia, hendra = person("nadia", "Penulis", office), person("hendra", "Penyunting", office)
    ratna = person("ratna", "Penyetuju", office)
    state = submit(office, nadia, "Rapat Pleno", body=[("paragraph", WORDS)])
    client.force_login(hendra)
    send(client, state, "setuju")
    ask(client, empty_form, page_of(state), ratna, "Pukul berapa?")
    send(client, next_of(state), "setuju")
    assert page_of(state).live
