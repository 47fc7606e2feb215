"""A reader reads, and the page says how often it was read; nobody is remembered."""

import datetime as dt
import pickle
import threading
from collections import defaultdict

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies
from wagtail.models import PageViewRestriction

from cms.publishing import epoch
from cms.publishing.office import office_of_page
from news import counting
from news.models import NewsArticlePage, ReadCount
from news.reads import buffer, seen

PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A047F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _nobody_was_here(monkeypatch):
    monkeypatch.setattr(buffer, "FLUSH_SECONDS", 3600.0)
    seen.forget()
    buffer.forget()
    cache.clear()
    yield
    seen.forget()
    buffer.forget()
    cache.clear()


@pytest.fixture
def read(client):
    """Read an article as a browser does: `read(page, address=..., agent=..., **headers)`."""

    def _read(page, address="36.80.1.1", agent=PHONE, headers=HERE, **more):
        return client.post(
            f"/hitung/{page.pk}/", headers={"User-Agent": agent} | headers | more, REMOTE_ADDR=address
        )

    return _read


@pytest.fixture
def total(client):
    return lambda page: client.get(f"/hitung/{page.pk}/").json()["reads"]


@pytest.fixture(autouse=True)
def _one_day(monkeypatch):
    """Let midnight not fall into a test: whoever comes on two days counts twice."""
    today = timezone.localdate()
    monkeypatch.setattr(timezone, "localdate", lambda *_: today)


def test_a_person_counts_once_a_day_and_two_persons_twice(read, total, write):
    page, other = write("Rapat"), write("Sidang")
    assert total(page) == 0
    assert [read(page).status_code for _ in range(3)] == [204] * 3
    assert total(page) == 1
    read(page, address="36.80.1.2")
    read(page, agent=PHONE.replace("SM-A047F", "CUBOT X70"))
    read(other)
    assert (total(page), total(other)) == (3, 1)
    buffer.flush()
    assert (total(page), total(other)) == (3, 1)


def test_a_person_who_comes_back_the_next_day_counts_again(read, total, write, monkeypatch):
    page = write("Rapat")
    today = timezone.localdate()
    read(page)
    buffer.flush()
    salt = seen._day.salt
    monkeypatch.setattr(timezone, "localdate", lambda *_: today + dt.timedelta(days=1))
    read(page)
    read(page)
    buffer.flush()
    assert total(page) == 2
    assert seen._day.salt != salt
    assert len(seen._day.people) == 1
    assert set(ReadCount.objects.values_list("day", "count")) == {
        (today, 1),
        (today + dt.timedelta(days=1), 1),
    }


def test_the_imported_count_is_added(read, total, write):
    page = write("Rapat", legacy_view_count=33)
    read(page)
    assert total(page) == 34


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": ""},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "WhatsApp/2.23.20.0"},
        {"User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
        {"User-Agent": "TelegramBot (like TwitterBot)"},
        {"User-Agent": "curl/8.5.0-release"},
        {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0"},
        {"User-Agent": PHONE, "Sec-CH-UA": '"HeadlessChrome";v="120"'},
        {"User-Agent": PHONE, "Sec-Purpose": "prefetch;prerender"},
        {"User-Agent": PHONE, "Purpose": "preview"},
        {"User-Agent": PHONE, "X-Moz": "prefetch"},
    ],
)
def test_robots_and_previews_do_not_count(read, total, write, headers):
    page = write("Rapat")
    assert read(page, headers=HERE | headers).status_code == 204
    assert total(page) == 0


@pytest.mark.parametrize(
    "agent",
    [
        PHONE,
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/119.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 [FBAN/FBIOS;FBAV/438.0]",
        "Mozilla/5.0 (Linux; Android 12) Chrome/120.0 Mobile Safari/537.36 Telegram-Android/10.3",
    ],
)
def test_people_in_the_browsers_of_their_apps_count(read, total, write, agent):
    page = write("Rapat")
    read(page, agent=agent)
    assert total(page) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "https://lain.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({}, 403),
        ({"Origin": "http://localhost:8000"}, 204),
    ],
)
def test_only_our_own_pages_count(client, write, headers, status):
    page = write("Rapat")
    sent = client.post(
        f"/hitung/{page.pk}/", headers={"User-Agent": PHONE, "Host": "localhost:8000"} | headers
    )
    assert sent.status_code == status
    assert counting.living(page.pk) == (status == 204)


def test_the_door_does_not_tell_of_drafts_and_private_articles(client, read, write):
    draft, private = write("Naskah", live=False), write("Tertutup")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    unknown = client.get("/hitung/999999/")
    for page in (draft, private):
        answer = client.get(f"/hitung/{page.pk}/")
        assert answer.status_code == unknown.status_code == 404
        assert read(page).status_code == 404
    assert client.get("/hitung/99999999999999999999999/").status_code == 404
    assert not buffer._waiting


def test_the_door_sets_no_cookie_and_takes_nothing_else(client, read, write):
    page = write("Rapat")
    assert not read(page).cookies
    answer = client.get(f"/hitung/{page.pk}/")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert client.put(f"/hitung/{page.pk}/").status_code == 405
    assert client.head(f"/hitung/{page.pk}/").status_code == 200


def test_reading_is_no_change_of_the_page(read, write):
    page = write("Rapat")
    before = epoch.current(), NewsArticlePage.objects.values().get(pk=page.pk)
    read(page)
    buffer.flush()
    assert before == (epoch.current(), NewsArticlePage.objects.values().get(pk=page.pk))


def test_a_process_that_dies_loses_only_what_was_not_written(read, total, write):
    page = write("Rapat")
    read(page)
    buffer.flush()
    read(page, address="36.80.1.2")
    buffer.forget()
    seen.forget()
    assert total(page) == 1


def test_counts_are_written_when_many_wait(read, write, monkeypatch):
    monkeypatch.setattr(buffer, "FLUSH_COUNT", 2)
    read(write("Rapat"))
    assert not ReadCount.objects.exists()
    read(write("Sidang"))
    assert ReadCount.objects.count() == 2


def test_counts_wait_while_the_database_does_not_answer(read, total, write, monkeypatch):
    page = write("Rapat")
    read(page)
    statement = buffer._ADD
    monkeypatch.setattr(buffer, "_ADD", "INSERT INTO tidak_ada VALUES (%s, %s, %s, %s)")
    buffer.flush()
    monkeypatch.setattr(buffer, "_ADD", statement)
    assert total(page) == 1
    buffer.flush()
    assert ReadCount.objects.get().count == 1


def test_counts_of_a_deleted_article_do_not_hold_up_the_others(read, write):
    gone, stays = write("Rapat"), write("Sidang")
    read(gone)
    read(stays)
    gone.delete()
    buffer.flush()
    assert ReadCount.objects.get().article_id == stays.pk


def test_memory_has_an_end(read, total, write, monkeypatch):
    page = write("Rapat")
    monkeypatch.setattr(seen, "PEOPLE_MAX", 3)
    for number in range(10):
        read(page, address=f"36.80.1.{number}")
    assert total(page) == len(seen._day.people) == 3
    assert len(seen._day.addresses) == 3


def test_one_address_cannot_fill_the_counter(read, total, write, monkeypatch):
    page = write("Rapat")
    monkeypatch.setattr(seen, "PER_ADDRESS_MAX", 5)
    for number in range(20):
        read(page, agent=f"{PHONE} {number}")
    read(page, address="36.80.1.2")
    assert total(page) == 6


def test_the_buffer_has_an_end(monkeypatch):
    monkeypatch.setattr(buffer, "WAITING_MAX", 2)
    for article in range(5):
        buffer.add(article, dt.date(2022, 5, 25))
    assert len(buffer._waiting) == 2


def test_nothing_personal_is_kept_in_memory_cache_or_database(read, write, monkeypatch):
    page = write("Rapat")
    read(page, address="36.80.123.45")
    today = timezone.localdate()
    kept = pickle.dumps((vars(seen._day), buffer._waiting, vars(cache).get("_cache"))).decode("latin-1")
    rows = str(list(ReadCount.objects.values()))
    for secret in ("36.80.123.45", "SM-A047F"):
        assert secret not in kept + rows
    monkeypatch.setattr(timezone, "localdate", lambda *_: today + dt.timedelta(days=1))
    read(page, address="36.80.123.46")
    assert len(seen._day.people) == 1  # yesterday's digests went with yesterday's salt


def test_a_reader_behind_our_proxy_is_told_apart_and_a_stranger_cannot_pretend(read, total, write, settings):
    page, other = write("Rapat"), write("Sidang")
    for claimed in ("36.80.1.1", "9.9.9.9, 36.80.1.2", "36.80.1.2"):
        settings.TRUSTED_PROXIES = 1
        read(page, address="127.0.0.1", headers=HERE | {"X-Forwarded-For": claimed})
        settings.TRUSTED_PROXIES = 0
        read(other, address="127.0.0.1", headers=HERE | {"X-Forwarded-For": claimed})
    assert total(page) == 2
    assert total(other) == 1


class SharedCache:
    """Stands for Redis: one store seen by several processes."""

    def __init__(self):
        self.kept = {}
        self.is_away = False

    def add(self, key, value, timeout):
        if self.is_away:
            raise ConnectionError("tidak terhubung")
        assert 0 < timeout <= 86_400
        if key in self.kept:
            return False
        self.kept[key] = value
        return True

    def get(self, key):
        return self.kept.get(key)


@pytest.fixture
def shared_cache(monkeypatch):
    shared = SharedCache()
    monkeypatch.setattr(seen, "_shared", lambda: True)
    monkeypatch.setattr(seen, "cache", shared)
    return shared


def test_processes_that_share_a_cache_count_a_person_once(read, total, write, shared_cache):
    page = write("Rapat")
    read(page)
    seen.forget()  # another process: it remembers nothing itself
    read(page)
    assert total(page) == 1
    assert "36.80.1.1" not in str(shared_cache.kept)


def test_counting_goes_on_while_the_cache_is_away(read, total, write, shared_cache):
    shared_cache.is_away = True
    page = write("Rapat")
    read(page)
    read(page)
    assert total(page) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    visits=strategies.lists(
        strategies.tuples(strategies.integers(0, 3), strategies.integers(0, 3), strategies.booleans()),
        max_size=30,
    )
)
def test_the_count_is_the_number_of_different_people(read, write, index, visits):
    seen.forget()
    buffer.forget()
    ReadCount.objects.all().delete()
    pages = list(NewsArticlePage.objects.all()) or [write("Rapat"), write("Sidang")]
    people = defaultdict(set)
    for address, agent, flush in visits:
        page = pages[(address + agent) % 2]
        read(page, address=f"36.80.1.{address}", agent=f"{PHONE} {agent}")
        people[page.pk].add((address, agent))
        if flush:
            buffer.flush()
    buffer.flush()
    assert dict(ReadCount.objects.values_list("article", "count")) == {
        pk: len(who) for pk, who in people.items()
    }


def test_threads_count_together(write):
    page = write("Rapat")
    day = timezone.localdate()

    def work(first):
        for number in range(first, first + 25):
            if seen.first_today(f"36.80.1.{number % 40}", PHONE, page.pk):
                buffer.add(page.pk, day)

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 20, 40, 60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    buffer.flush()
    assert ReadCount.objects.get().count == 40


def test_counts_are_written_by_themselves_after_a_while(monkeypatch):
    written = threading.Event()
    monkeypatch.setattr(buffer, "FLUSH_SECONDS", 0.0)
    monkeypatch.setattr(buffer, "flush", written.set)
    buffer.add(1, dt.date(2022, 5, 25))
    assert written.wait(timeout=10)


def test_editor_sees_what_is_read_most(write, office):
    today = timezone.localdate()
    often, rarely, once = write("Sering"), write("Jarang"), write("Dahulu")
    draft = write("Naskah", live=False)
    for page, day, count in [
        (often, today, 5), (often, today - dt.timedelta(days=6), 5), (rarely, today, 7), (draft, today, 99),
        (once, today - dt.timedelta(days=7), 50), (rarely, today - dt.timedelta(days=40), 100),
    ]:  # fmt: skip
        ReadCount.objects.create(article=page, day=day, count=count)
    found = counting.most_read(office_of_page(often), days=7)
    assert [(page.title, page.reads_within) for page in found] == [("Sering", 10), ("Jarang", 7)]
