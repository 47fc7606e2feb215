"""What an office has not published stays in the office, whatever screen another office opens."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

SECRET = "Xilofon Rahasia"


def _addresses(patterns, prefix: str, numbers: dict[str, int]):
    """Yield every address of the admin that can be filled in with `numbers`."""
    for item in patterns:
        route = prefix + str(item.pattern).lstrip("^").rstrip("$")
        if isinstance(item, URLResolver):
            yield from _addresses(item.url_patterns, route, numbers)
        elif isinstance(item, URLPattern):
            for name in item.pattern.converters:
                for kind in ("int", "str"):
                    route = route.replace(f"<{kind}:{name}>", str(numbers.get(name, numbers["pk"])))
                route = route.replace(f"<{name}>", str(numbers.get(name, numbers["pk"])))
            if not {"<", "(", "["} & set(route) and "logout" not in route:
                yield f"/{route}"


@pytest.fixture
def draft(write, superuser):
    """A draft of the province, with a revision, that another office must not hear of."""
    page = write(SECRET, live=False, owner=superuser)
    page.save_revision(user=superuser)
    page.get_workflow().start(page, superuser)
    return page


@pytest.mark.parametrize("role", ["Penulis", "Penyunting", "Penyetuju"])
def test_no_screen_names_another_offices_draft(client, draft, other_office, colleague, role):
    client.force_login(colleague(role, other_office))
    client.raise_request_exception = False  # Wagtail has an address that fails on purpose
    numbers = {"pk": draft.pk, "revision_id": draft.latest_revision_id}
    numbers["task_state_id"] = draft.current_workflow_task_state.pk
    told = []
    seen = set(_addresses(get_resolver().url_patterns, "", numbers))
    for address in sorted(seen):
        if address.startswith("/admin/"):
            answer = client.get(address, {"q": "Xilofon"})
            if not answer.streaming and SECRET in answer.text:
                told.append(address)
    assert len(seen) > 100
    assert told == []


def test_chooser_finds_own_drafts_and_what_others_published(
    client, draft, write, office, other_office, colleague
):
    write("Xilofon Terbit")
    address = reverse("wagtailadmin_choose_page_search")
    client.force_login(colleague("Penulis", other_office))
    answer = client.get(address, {"q": "Xilofon"}).text
    assert "Xilofon Terbit" in answer
    assert SECRET not in answer
    client.force_login(colleague("Penyunting", office))
    assert SECRET in client.get(address, {"q": "Xilofon"}).text


def test_chooser_of_another_office_walks_past_a_draft(client, draft, write, other_office, colleague):
    write("Xilofon Terbit")
    client.force_login(colleague("Penulis", other_office))
    below = reverse("wagtailadmin_choose_page_child", args=[draft.get_parent().pk])
    for asked in ({}, {"page_type": "news.newsarticlepage"}):
        answer = client.get(below, asked).text
        assert "Xilofon Terbit" in answer
        assert SECRET not in answer
    chosen = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert SECRET not in client.get(chosen, {"id": draft.pk}).text
    assert client.get("/admin/choose-page/").status_code == 200


def test_chooser_calls_anothers_published_article_by_its_published_name(
    client, write, other_office, colleague, superuser
):
    page = write("Xilofon Terbit")
    page.title = SECRET
    page.save_revision(user=superuser)
    client.force_login(colleague("Penulis", other_office))
    answer = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "Xilofon"}).text
    assert "Xilofon Terbit" in answer
    assert SECRET not in answer


def test_report_of_page_types_is_the_administrators(client, office, colleague, superuser):
    address = reverse("wagtailadmin_reports:page_types_usage")
    client.force_login(colleague("Penyetuju", office))
    assert address not in client.get("/admin/").text
    assert client.get(address).status_code in {302, 403}
    client.force_login(superuser)
    assert client.get(address).status_code == 200
