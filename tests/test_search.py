"""A reader looks for news at /cari/."""

import datetime as dt
from importlib import import_module
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings, strategies
from wagtail.models import Page, PageViewRestriction, Site

from home.models import HomePage
from news.models import NewsArticlePage, NewsIndexPage, Section

SEED = "Hasyim Asy\u2019ari membuka rapat pleno di Kabupaten/Kota Serang, tahapan 2024-2029."


@pytest.fixture
def search(client):
    def _search(query: str, **parameters: object):
        return client.get("/cari/", {"q": query, **parameters})

    return _search


def titles(answer) -> list[str]:
    return [card.title for card in answer.context_data["cards"]]


@pytest.fixture(autouse=True)
def _contexts(monkeypatch):
    """Keep what the Jinja2 page was given: Django's client keeps it for its own templates only."""
    from search import views

    original = views.render

    def render(request, template, context, using):
        answer = original(request, template, context, using=using)
        answer.context_data = context
        return answer

    monkeypatch.setattr(views, "render", render)


@pytest.mark.parametrize("name", ["Asy'ari", "Asy\u2019ari", "asyari", "ASYARI", "Hásyim asyari", "asya"])
def test_reader_finds_a_name_however_it_is_spelt(search, write, name):
    write("Rapat Pleno Terbuka", body=[("paragraph", f"<p>{SEED}</p>")])
    assert titles(search(name)) == ["Rapat Pleno Terbuka"]


@pytest.mark.parametrize(
    "words", ["kota", "kabupaten kota", "2029", "2024-2029", "serang 2024", "kab serang"]
)
def test_reader_finds_words_that_stand_between_signs(search, write, words):
    write("Rapat", lead="Lead panjang.", body=[("paragraph", f"<p>{SEED} kab.</p>")])
    assert titles(search(words)) == ["Rapat"]


def test_reader_finds_only_what_carries_every_word_and_the_last_may_be_begun(search, write):
    write("Gudang Logistik Cilegon")
    write("Gudang Logistik Lebak")
    assert titles(search("logistik cil")) == ["Gudang Logistik Cilegon"]
    assert titles(search("logis cilegon")) == []
    assert len(titles(search("logistik gudang"))) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Debat Publik"},
        {"lead": "Debat publik pertama."},
        {"official_number": "12/debat/2024"},
        {"hero_caption": "Suasana debat."},
        {"body": [("heading", {"text": "Jadwal debat", "level": "2"})]},
    ],
)
def test_reader_finds_words_of_every_part_of_an_article(search, write, fields):
    write(**({"title": "Berita"} | fields))
    write("Yang Lain")
    assert len(titles(search("debat"))) == 1


def test_reader_finds_an_article_by_its_tag(search, write):
    page = write("Berita")
    page.tags.add("Debat Publik")
    page.save_revision().publish()
    assert titles(search("debat")) == ["Berita"]


def test_reader_sees_the_newest_first_and_pages_through_the_rest(search, write):
    day = dt.datetime(2022, 5, 1, tzinfo=dt.UTC)
    for number in range(23):
        write(f"Rapat {number}", published_at=day + dt.timedelta(days=number % 20))
    first, second = search("rapat"), search("rapat", hal="2")
    shown = titles(first) + titles(second)
    assert (len(titles(first)), len(titles(second))) == (20, 3)
    pages = NewsArticlePage.objects.order_by("-published_at", "-pk")
    assert shown == [page.title for page in pages]
    assert second.context_data["number"] == second.context_data["pages"] == 2
    assert second.context_data["total"] == 23


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "1e9", "٣", "9" * 5000, "2", "999999999", "\0"])
def test_reader_of_a_page_that_is_not_there_gets_the_nearest_with_a_word(search, write, number):
    write("Rapat")
    answer = search("rapat", hal=number)
    assert answer.status_code == 200
    assert titles(answer) == ["Rapat"]
    assert "tidak ada" in answer.context_data["message"]


@pytest.mark.parametrize(
    "query", ["", "   ", "?!*", "\0", "🗳️", "kata " * 13, "a" * 10_000, "%", "tidakadasamasekali"]
)
def test_reader_is_told_what_to_do_when_nothing_can_be_found(search, write, query):
    write("Rapat")
    answer = search(query)
    assert answer.status_code == 200
    assert answer.context_data["message"].endswith(".")
    assert titles(answer) == []


@pytest.mark.parametrize(
    "address",
    [
        "?q=%FF%FE%80", "?q[]=rapat", "?q[0]=rapat&hal[]=3", "?hal=2", "?q=rapat&q=pleno", "?q=%00rapat%00",
        "?q=" + quote('"rapat* NEAR(x) AND OR NOT {text}: -a'), "?q=" + quote("' \\ :* & | ! <-> ()"),
        "?q=%ED%A0%80", "?utm_source=x&q=rapat", "?q=" + quote("🗳️ rapat ﬁ İ ẞ"), "?;q=%;&&=",
    ],
)  # fmt: skip
def test_reader_gets_a_page_whatever_stands_in_the_address(client, write, address):
    write("Rapat Pleno")
    assert client.get("/cari/" + address).status_code == 200


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=strategies.text(max_size=60), number=strategies.text(max_size=6))
def test_reader_gets_a_page_whatever_is_typed(search, office, query, number):
    assert (
        search(query.encode("utf-8", "replace").decode(), hal=number.encode("utf-8", "replace")).status_code
        == 200
    )


def test_reader_never_finds_drafts_withdrawn_or_private_articles(search, write, index):
    write("Naskah Rapat", live=False)
    withdrawn = write("Rapat Ditarik")
    withdrawn.unpublish()
    removed = write("Rapat Dihapus")
    removed.delete()
    private = write("Rapat Tertutup")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    expired = write("Rapat Lewat")
    Page.objects.filter(pk=expired.pk).update(live=False)
    assert titles(search("rapat")) == []
    PageViewRestriction.objects.all().delete()
    assert titles(search("rapat")) == ["Rapat Tertutup"]


def test_reader_finds_the_words_that_are_live_and_not_those_of_a_draft(search, write):
    page = write("Rapat Lama")
    page.title = "Sidang Baru"
    revision = page.save_revision()
    assert titles(search("sidang")) == []
    assert titles(search("rapat")) == ["Rapat Lama"]
    revision.publish()
    assert titles(search("sidang")) == ["Sidang Baru"]
    assert titles(search("lama")) == []


def test_reader_of_one_office_does_not_find_the_news_of_another(client, search, write):
    write("Rapat Banten")
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Serang", slug="s", name="KPU Serang", short_name="Serang", code="36.73",
                          level=HomePage.Level.CITY, dateline="KPU SERANG")
    )  # fmt: skip
    site = Site.objects.create(hostname="serang.localhost", port=8000, root_page=home)
    news = home.add_child(instance=NewsIndexPage(title="Berita", slug="berita"))
    section = Section.objects.create(site=site, name="Berita", slug="b")
    news.add_child(instance=NewsArticlePage(title="Rapat Serang", lead="x", section=section, author_unit="H"))
    assert titles(search("rapat")) == ["Rapat Banten"]
    there = client.get("/cari/?q=rapat", headers={"host": "serang.localhost:8000"})
    assert titles(there) == ["Rapat Serang"]


def test_search_engines_are_told_to_stay_out(search, office):
    assert search("x")["X-Robots-Tag"] == "noindex"


def test_the_search_is_read_and_nothing_else(client, office):
    assert client.post("/cari/").status_code == 405
    assert client.delete("/cari/").status_code == 405
    assert client.head("/cari/?q=rapat").status_code == 200


def test_reader_searches_with_six_queries(search, write, django_assert_max_num_queries):
    for number in range(25):
        write(f"Rapat {number}")
    search("rapat")
    with django_assert_max_num_queries(6):
        search("rapat", hal=2)


def test_operator_rebuilds_the_search_after_bulk_work(search, write, capsys):
    page = write("Rapat")
    gone = write("Rapat Ditarik")
    page.search_document.delete()
    Page.objects.filter(pk=gone.pk).update(live=False)
    NewsArticlePage.objects.filter(pk=page.pk).update(lead="Kalimat tentang logistik.")
    assert titles(search("rapat")) == []
    call_command("rebuild_search")
    assert "1 artikel" in capsys.readouterr().out
    assert titles(search("logistik")) == ["Rapat"]
    assert not NewsArticlePage.objects.get(pk=gone.pk).__class__.objects.filter(
        pk=gone.pk, search_document__isnull=False
    )
    call_command("rebuild_search")
    assert titles(search("logistik rapat")) == ["Rapat"]


def test_operator_can_take_the_index_back_and_make_it_again(write, search):
    write("Rapat")
    migration = import_module("search.migrations.0002_engines")
    editor = SimpleNamespace(connection=connection)
    connection.check_constraints()  # PostgreSQL alters no table whose constraints still wait
    migration.drop(None, editor)
    migration.make(None, editor)
    assert titles(search("rapat")) == ["Rapat"]
    call_command("rebuild_search")
    assert titles(search("rapat")) == ["Rapat"]
