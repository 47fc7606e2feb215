"""A newsroom, an app or a fact-checker reads the API."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from wagtail.models import Page, Site

from home.models import HomePage, StandardPage
from news import changes
from news.models import ArticleTag, NewsArticlePage, Section, TaggedArticle
from tests.api_reading import titles

ARTICLES = "/api/v2/pages/?type=news.NewsArticlePage"
DOCS = Path(__file__).parent.parent / "docs" / "api.md"


def test_newsroom_reads_a_whole_article(ask, full):
    page = full("Rapat Pleno", supersedes=full("Rapat Lama"))
    told = ask(f"/api/v2/pages/{page.pk}/")
    assert told["title"] == "Rapat Pleno"
    assert told["meta"]["html_url"] == page.full_url
    assert told["dateline"] == "KPU BANTEN - Rabu, 25 Mei 2022 - "
    assert told["section"]["slug"] == "berita-terkini"
    assert told["section"]["url"] == "http://localhost:8000/rubrik/berita-terkini/"
    assert [topic["name"] for topic in told["topics"]] == ["Pemilu"]
    assert told["tags"] == ["pleno", "rapat"]
    assert told["legacy_view_count"] == 33
    assert told["corrections"][0]["text"] == "Tanggal keliru."
    assert told["attachments"][0]["official_number"] == "12/2024"
    assert told["supersedes"]["title"] == "Rapat Lama"
    hero = told["hero_image"]
    assert (hero["alt"], hero["caption"], hero["credit"]) == ("Orang duduk", "Rapat di Serang", "Humas")
    assert {"url", "type", "width", "height"} == set(hero["renditions"][0])
    assert all(size["url"].startswith("http://localhost:8000/") for size in hero["renditions"])
    block = told["body"][0]
    assert block["type"] == "paragraph"
    assert re.search(r'<p>Lihat <a href="[^"]*dokumen/[^"]+">surat</a></p>', block["value"]["html"])


def test_every_field_of_an_article_is_told_or_kept_for_a_reason(ask, full):
    told = ask(f"/api/v2/pages/{full('Rapat').pk}/")
    kept = {
        "contains_personal_data", "photo_consent", "review_by", "source_document",  # the office's own notes
        "hero_alt", "hero_caption", "hero_credit", "page_ptr",  # told in another place
        *changes.FIELDS,  # told as corrections, once they are live
    }  # fmt: skip
    own = {field.name for field in NewsArticlePage._meta.local_fields} | {"topics", "tags", "corrections"}
    assert own - kept <= set(told)
    assert not kept & set(told)


def test_app_reads_twenty_articles_with_few_queries(ask, full, client, django_assert_max_num_queries):
    for number in range(20):
        full(f"Rapat {number}")
    address = f"{ARTICLES}&fields=*"
    assert len(ask(address)["items"]) == 20
    full("Rapat terakhir")  # what is remembered between requests is gone
    with django_assert_max_num_queries(15):
        ask(address)
    with django_assert_max_num_queries(10):
        ask("/api/v2/images/?fields=*")
    with django_assert_max_num_queries(10):
        ask("/api/v2/documents/?fields=*")


def test_app_reads_the_other_pages(ask, office, index, photo):
    index.intro = f'<p><a linktype="page" id="{office.pk}">Depan</a></p>'
    index.save()
    office.logo = photo("Logo")
    office.save()
    office.add_child(
        instance=StandardPage(
            title="Kantor Kami", slug="kantor-kami", body=[("paragraph", "<p>Kantor kami.</p>")]
        )
    )
    assert ask("/api/v2/pages/?type=news.NewsIndexPage&fields=*")["items"][0]["intro"] == (
        '<p><a href="http://localhost:8000/">Depan</a></p>'
    )
    told = ask("/api/v2/pages/?type=home.HomePage&fields=*")["items"][0]
    assert (told["code"], told["logo"]["title"], told["social_links"]) == ("36", "Logo", [])
    page = ask("/api/v2/pages/?type=home.StandardPage&slug=kantor-kami&fields=*")["items"][0]
    assert page["body"][0]["value"]["text"] == "Kantor kami."
    assert ask("/api/v2/pages/?fields=*")["items"][0]["title"] == office.title


def test_newsroom_filters_and_orders(ask, write, office):
    other = Section.objects.get(slug="pengumuman")
    night = dt.datetime(2022, 5, 31, 18, 30, tzinfo=dt.UTC)  # already June in Serang
    write("A", published_at=night, kind="press_release")
    write("B", published_at=night - dt.timedelta(days=2), section=other)
    write("C", published_at=night + dt.timedelta(days=300), is_pinned=True)
    assert titles(ask(ARTICLES)) == ["C", "A", "B"]
    assert titles(ask(f"{ARTICLES}&order=published_at")) == ["B", "A", "C"]
    assert titles(ask(f"{ARTICLES}&order=-section,title")) == ["B", "A", "C"]
    assert titles(ask(f"{ARTICLES}&section=pengumuman")) == ["B"]
    assert titles(ask(f"{ARTICLES}&section={other.pk}")) == ["B"]
    assert titles(ask(f"{ARTICLES}&kind=press_release")) == ["A"]
    assert titles(ask(f"{ARTICLES}&published_at=2022-06")) == ["A"]
    assert titles(ask(f"{ARTICLES}&published_at=2022")) == ["A", "B"]
    assert titles(ask(f"{ARTICLES}&published_at=2022-05-30")) == ["B"]
    assert titles(ask(f"{ARTICLES}&is_pinned=true")) == ["C"]
    assert titles(ask(f"{ARTICLES}&limit=1&offset=1")) == ["A"]


def test_newsroom_filters_by_topic_tag_and_words(ask, full, write):
    full("Rapat")
    write("Sidang Sengketa")
    assert titles(ask(f"{ARTICLES}&topics=pemilu")) == ["Rapat"]
    assert titles(ask(f"{ARTICLES}&tags=pleno,RAPAT")) == ["Rapat"]
    assert titles(ask(f"{ARTICLES}&tags=pleno,sidang")) == []
    assert titles(ask(f"{ARTICLES}&search=sengk")) == ["Sidang Sengketa"]
    assert titles(ask("/api/v2/pages/?search=sengketa")) == ["Sidang Sengketa"]
    assert titles(ask(f"{ARTICLES}&search=dibuka sembilan")) == ["Sidang Sengketa"]  # words of the body
    assert titles(ask("/api/v2/documents/?search=lampiran")) == ["Lampiran Rapat"]
    assert titles(ask("/api/v2/images/?search=sidang")) == []


def test_newsroom_finds_a_page_by_its_address(ask, client, write):
    page = write("Rapat")
    path = page.url_path.removeprefix("/kantor-36")
    answer = client.get("/api/v2/pages/find/", {"html_path": path, "fields": "title"})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/api/v2/pages/{page.pk}/?fields=title")
    assert client.get("/api/v2/pages/find/", {"id": page.pk}).status_code == 302
    ask("/api/v2/pages/find/?html_path=/tidak/ada/", 404)
    ask("/api/v2/pages/find/?id=x", 400)
    ask("/api/v2/pages/find/", 400)


@pytest.mark.parametrize(
    "query",
    [
        "warna=merah", "site=localhost", "translation_of=1", "rich_text_format=html", "format=api",
        "kind=novel", "section=99999999999", "published_at=kemarin", "published_at=2022-13", "order=warna",
        "order=random", "limit=1000", "limit=-1", "limit=x", "offset=9999999999999", "fields=warna", "fields=((",
        "fields=" + "section(" * 60, "is_pinned=ya", "priority=x", "search=%00", "search=%3F", "title=%00",
        "kind=news&kind=news", "child_of=999999", "descendant_of=x", "fields=title(id)", "fields=" + "a" * 501,
    ],
)  # fmt: skip
def test_newsroom_is_told_what_it_asked_wrongly(ask, office, query):
    assert ask(f"{ARTICLES}&{query}", 400)["message"]


def test_newsroom_is_told_that_a_type_does_not_exist(ask, office):
    for kind in ("news.Nothing", "accounts.User", "x", "a.b.c", "news.NewsArticlePage,", "..", "%00"):
        assert ask(f"/api/v2/pages/?type={kind}", 400)["message"]
    assert ask("/api/v2/pages/?kind=news", 400)["message"]
    assert ask("/api/v2/pages/1/?kind=news", 400)["message"]


NAMES = strategies.sampled_from(
    ["type", "fields", "order", "limit", "offset", "search", "child_of", "descendant_of", "ancestor_of", "section",
     "topics", "tags", "kind", "published_at", "event_date", "priority", "is_pinned", "slug", "title", "id",
     "legacy_url", "html_path", "language"]
)  # fmt: skip
VALUES = strategies.one_of(
    strategies.text(max_size=30),
    strategies.integers().map(str),
    strategies.sampled_from(
        ["news.NewsArticlePage", "wagtailcore.Page", "home.HomePage,news.NewsIndexPage", "*", "_", "*,-body", "root",
         "-published_at", "section(id)", "body,section(*)", "topics(_,id)", "2022-02-30", "0000", "١٢", "9" * 30, "%"]
    ),
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=strategies.sampled_from(["pages/", "images/", "documents/", "pages/find/", "pages/3/", "pages/4/"]),
    query=strategies.dictionaries(NAMES, VALUES, max_size=4),
)
def test_no_question_breaks_the_api(client, index, place, query):
    given = {key: value.encode("utf-8", "replace").decode() for key, value in query.items()}
    answer = client.get(f"/api/v2/{place}", given)
    assert answer.status_code in (200, 302, 400, 404)
    assert answer.status_code == 302 or answer.json()


@pytest.mark.parametrize(
    "address",
    [
        "/api/", "/api/v2/", "/api/v9/pages/", "/api/v2/pages/999999/", "/api/v2/pages/99999999999999999999999/",
        "/api/v2/users/", "/api/v2/pages/x/", "/api/v2/images/999/", "/api/v2/documents/-1/",
    ],
)  # fmt: skip
def test_a_wrong_address_is_a_sentence_in_json(ask, office, address):
    assert ask(address, 404)["message"]


def test_an_address_without_its_slash_leads_to_the_right_one(client, office):
    answer = client.get("/api/v2/pages?limit=1")
    assert (answer.status_code, answer["Location"]) == (302, "/api/v2/pages/?limit=1")


def test_an_office_tells_of_its_own_pages_only(ask, write):
    write("Rapat Banten")
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Serang", slug="s", name="KPU Serang", short_name="Serang", code="36.73",
                          level=HomePage.Level.CITY, dateline="KPU SERANG")
    )  # fmt: skip
    Site.objects.create(hostname="serang.localhost", port=8000, root_page=home)
    there = {"Host": "serang.localhost:8000"}
    assert titles(ask("/api/v2/pages/", **there)) == ["Serang"]
    assert "Rapat Banten" not in str(ask("/api/v2/pages/?limit=100", **there))
    ask(f"/api/v2/pages/{NewsArticlePage.objects.get().pk}/", 404, **there)


def test_any_web_page_may_ask_and_nobody_is_followed(client, write):
    write("Rapat")
    answer = client.get(ARTICLES, headers={"Origin": "https://lain.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    before = client.options(ARTICLES, headers={"Origin": "https://lain.example"})
    assert before.status_code == 204
    assert "If-None-Match" in before["Access-Control-Allow-Headers"]
    assert client.get("/api/v2/x/")["Access-Control-Allow-Origin"] == "*"


def test_an_answer_that_has_not_changed_is_not_sent_again(client, write):
    page = write("Rapat")
    first = client.get(ARTICLES)
    assert first["Cache-Control"] == "public, max-age=60"
    same = client.get(ARTICLES, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert same["Access-Control-Allow-Origin"] == "*"
    page.title = "Rapat Baru"
    page.save_revision().publish()
    assert client.get(ARTICLES, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_api_is_read_and_nothing_else(client, write):
    page = write("Rapat")
    head = client.head(f"/api/v2/pages/{page.pk}/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == client.get(f"/api/v2/pages/{page.pk}/")["ETag"]
    page.save_revision().publish()
    assert client.head(f"/api/v2/pages/{page.pk}/")["Last-Modified"].endswith("GMT")
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(f"/api/v2/pages/{page.pk}/")
        assert (answer.status_code, bool(answer.json()["message"])) == (405, True)


def test_a_browser_gets_json_too(ask, office):
    ask("/api/v2/pages/", Accept="text/html")


def test_a_renamed_tag_is_told_anew(ask, full):
    page = full("Rapat")
    ArticleTag.objects.filter(name="pleno").update(name="sidang pleno")
    assert TaggedArticle.objects.count() == 2
    assert ask(f"/api/v2/pages/{page.pk}/")["tags"] == ["rapat", "sidang pleno"]


def test_the_manual_tells_the_truth(client, full):
    full("Rapat Pleno")
    manual = DOCS.read_text(encoding="utf-8")
    addresses = re.findall(r"\| `(/api/v2/[^`]+)` \|", manual)
    assert len(addresses) > 10
    for address in addresses:
        assert client.get(address, headers={"Host": "localhost:8000"}).status_code == 200, address
    for name in parameter_names():
        assert f"`{name}`" in manual, name


def parameter_names() -> set[str]:
    from cms.api.parameters import FILE_FILTERS, FILE_ORDERS, page_filters, page_orders

    known = {*page_filters(NewsArticlePage), *page_orders(NewsArticlePage), *FILE_FILTERS, *FILE_ORDERS}
    return known - {"created_at"}
