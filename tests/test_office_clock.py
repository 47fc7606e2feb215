"""Times are typed and shown by the clock of the page's office, whatever clock the account has."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield
from wagtail.users.models import UserProfile

from home.models import StandardPage
from home.office import open_office
from news.models import NewsArticlePage, NewsIndexPage
from tests.standing import REGENCY

pytestmark = pytest.mark.django_db
ZONES = [("Asia/Jakarta", "WIB", 7), ("Asia/Makassar", "WITA", 8), ("Asia/Jayapura", "WIT", 9)]
TIMES = ("go_live_at", "expire_at", "embargo_until", "published_at")
LAST_MINUTE, NEXT_YEAR = "31/12/2098 23:59", "01/01/2099 00:00"


@pytest.fixture
def article_in(office):
    """Write an article in a second office, whose clock is another."""

    def _article_in(zone: str) -> NewsArticlePage:
        home = open_office(**{**REGENCY, "timezone": zone})
        page = NewsArticlePage(title="Rapat Pleno", lead="Teras.", author_unit="Humas", live=False)
        return NewsIndexPage.objects.child_of(home).get().add_child(instance=page)

    return _article_in


@pytest.fixture
def article(article_in) -> NewsArticlePage:
    return article_in("Asia/Makassar")


@pytest.fixture
def editor(client, superuser):
    """Somebody whose account has another clock than any office."""
    UserProfile.objects.create(user=superuser, current_time_zone="UTC")
    client.force_login(superuser)
    return superuser


def typed(client, page, **fields):
    """Send the form as a browser would, with some fields filled in."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = querydict_from_html(client.get(edit).text, form_id="page-edit-form").copy()
    form.update(nested_form_data({"body": streamfield([]), "attachments": streamfield([])}))
    for name, value in fields.items():
        form[name] = value
    return edit, form


@pytest.mark.parametrize(("zone", "name", "hours"), ZONES)
def test_typed_time_is_one_of_the_office_and_stays_what_was_typed(
    client, article_in, editor, zone, name, hours
):
    article = article_in(zone)
    edit, form = typed(client, article, **dict.fromkeys(TIMES, LAST_MINUTE) | {"expire_at": NEXT_YEAR})
    assert client.post(edit, form).status_code == 302
    draft = NewsArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    meant = dt.datetime(2098, 12, 31, 23, 59, tzinfo=dt.timezone(dt.timedelta(hours=hours)))
    assert draft.go_live_at == draft.embargo_until == draft.published_at == meant
    assert draft.expire_at == meant + dt.timedelta(minutes=1)
    html = client.get(edit).text
    shown = querydict_from_html(html, form_id="page-edit-form")
    assert [shown[name] for name in ("go_live_at", "embargo_until", "published_at")] == [LAST_MINUTE] * 3
    assert shown["expire_at"] == NEXT_YEAR
    assert html.count(f"Jam menurut {name}, waktu kantor.") == 5
    assert f"Jam di layar ini menurut {name}, waktu kantor." in html
    assert html.count("Jam menurut") == 5
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    form["published_at"] = "01/01/2026 00:30"
    assert client.post(preview, form).json()["is_valid"]
    assert f"pukul 00.30 {name}" in client.get(f"{preview}?mode=").text


def test_account_that_never_chose_a_clock_has_the_offices_too(client, article, superuser):
    client.force_login(superuser)
    edit, form = typed(client, article, embargo_until=LAST_MINUTE)
    assert client.post(edit, form).status_code == 302
    draft = NewsArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert draft.embargo_until == dt.datetime(2098, 12, 31, 15, 59, tzinfo=dt.UTC)
    assert not UserProfile.objects.filter(user=superuser, current_time_zone="Asia/Makassar").exists()


def test_new_article_is_typed_by_the_clock_of_its_office_too(client, article, editor):
    add = reverse("wagtailadmin_pages:add", args=["news", "newsarticlepage", article.get_parent().pk])
    form = querydict_from_html(client.get(add).text, form_id="page-edit-form").copy()
    form.update(nested_form_data({"body": streamfield([]), "attachments": streamfield([])}))
    form.update({"title": "Rapat Baru", "lead": "Teras.", "embargo_until": LAST_MINUTE})
    assert client.post(add, form).status_code == 302
    assert NewsArticlePage.objects.get(title="Rapat Baru").embargo_until.hour == 15


def test_zone_written_behind_a_time_must_be_that_of_the_office(client, article, editor):
    edit, form = typed(client, article, embargo_until="31 Desember 2098 23.59 WITA")
    assert client.post(edit, form).status_code == 302
    form["embargo_until"] = "31 Desember 2098 23.59 WIB"
    assert "Tulis jamnya menurut zona itu" in client.post(edit, form).text
    assert UserProfile.objects.get(user=editor).current_time_zone == "UTC"


def test_other_pages_name_the_clock_too(client, article, editor):
    page = StandardPage.objects.child_of(article.get_parent().get_parent()).first()
    assert "Jam menurut WITA" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text


def test_report_of_workflows_tells_times_by_the_clock_of_the_office(client, article, editor):
    article.save_revision(user=editor, clean=False)
    state = article.get_workflow().start(article, editor)
    when = dt.datetime(2098, 12, 31, 15, 59, tzinfo=dt.UTC)
    type(state).objects.filter(pk=state.pk).update(created_at=when)
    state.task_states.update(started_at=when, finished_at=when)
    for report, times in (("workflow", 1), ("workflow_tasks", 2)):
        told = client.get(reverse(f"wagtailadmin_reports:{report}")).text
        assert told.count("Rabu, 31 Desember 2098 pukul 23.59 WITA") == times
