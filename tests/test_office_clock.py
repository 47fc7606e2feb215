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
LAST_MINUTE = "31/12/2098 23:59"


@pytest.fixture(params=ZONES, ids=[name for _zone, name, _hours in ZONES])
def zone(request) -> tuple[str, str, int]:
    return request.param


@pytest.fixture
def article(office, zone) -> NewsArticlePage:
    home = open_office(**{**REGENCY, "timezone": zone[0]})
    page = NewsArticlePage(title="Rapat Pleno", lead="Teras.", author_unit="Humas", live=False)
    return NewsIndexPage.objects.child_of(home).get().add_child(instance=page)


@pytest.fixture(params=["UTC", "Asia/Jayapura", None])
def editor(request, client, superuser):
    """Somebody whose account has another clock, or never had a profile."""
    if request.param:
        UserProfile.objects.create(user=superuser, current_time_zone=request.param)
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


def test_typed_time_is_one_of_the_office_and_stays_what_was_typed(client, article, editor, zone):
    edit, form = typed(client, article, **dict.fromkeys(TIMES, LAST_MINUTE), expire_at="01/01/2099 00:00")
    assert client.post(edit, form).status_code == 302
    draft = NewsArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    meant = dt.datetime(2098, 12, 31, 23, 59, tzinfo=dt.timezone(dt.timedelta(hours=zone[2])))
    assert draft.go_live_at == draft.embargo_until == draft.published_at == meant
    assert draft.expire_at == meant + dt.timedelta(minutes=1)
    shown = querydict_from_html(client.get(edit).text, form_id="page-edit-form")
    assert [shown[name] for name in ("go_live_at", "embargo_until", "published_at")] == [LAST_MINUTE] * 3
    assert shown["expire_at"] == "01/01/2099 00:00"


def test_form_names_the_clock_beside_every_time(client, article, editor, zone):
    form = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
    assert form.count(f"Jam menurut {zone[1]}, waktu kantor.") == 5
    others = {name for _zone, name, _hours in ZONES} - {zone[1]}
    assert not any(f"Jam menurut {name}," in form for name in others)


def test_preview_shows_the_time_that_was_typed(client, article, editor, zone):
    _edit, form = typed(client, article, published_at="01/01/2026 00:30", event_date="01/01/2026")
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    assert client.post(preview, form).json()["is_valid"]
    shown = client.get(f"{preview}?mode=").text
    assert f"pukul 00.30 {zone[1]}" in shown


def test_new_article_is_typed_by_the_clock_of_its_office_too(client, article, editor, zone):
    add = reverse("wagtailadmin_pages:add", args=["news", "newsarticlepage", article.get_parent().pk])
    form = querydict_from_html(client.get(add).text, form_id="page-edit-form").copy()
    form.update(nested_form_data({"body": streamfield([]), "attachments": streamfield([])}))
    form.update({"title": "Rapat Baru", "lead": "Teras.", "embargo_until": LAST_MINUTE})
    assert client.post(add, form).status_code == 302
    made = NewsArticlePage.objects.get(title="Rapat Baru")
    assert made.embargo_until.hour == 23 - zone[2]


def test_zone_written_behind_a_time_must_be_that_of_the_office(client, article, superuser, zone):
    client.force_login(superuser)
    edit, form = typed(client, article, embargo_until=f"31 Desember 2098 23.59 {zone[1]}")
    assert client.post(edit, form).status_code == 302
    other = "WIT" if zone[1] != "WIT" else "WIB"
    edit, form = typed(client, article, embargo_until=f"31 Desember 2098 23.59 {other}")
    assert "Tulis jamnya menurut zona itu" in client.post(edit, form).text


def test_account_keeps_its_own_clock(client, article, superuser):
    UserProfile.objects.create(user=superuser, current_time_zone="UTC")
    client.force_login(superuser)
    edit, form = typed(client, article, embargo_until=LAST_MINUTE)
    client.post(edit, form)
    assert UserProfile.objects.get(user=superuser).current_time_zone == "UTC"


def test_other_pages_name_the_clock_too(client, article, superuser, zone):
    client.force_login(superuser)
    home = article.get_parent().get_parent()
    page = StandardPage.objects.child_of(home).first()
    assert f"Jam menurut {zone[1]}" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
