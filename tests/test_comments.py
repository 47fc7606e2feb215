"""Colleagues talk about a text beside the text."""

import pytest
from django.urls import reverse

from news.models import NewsIndexPage


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
