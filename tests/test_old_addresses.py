"""A reader comes by an old address: of a section or topic that was renamed, of the data beside a page that moved."""

import datetime as dt
import json
import re
from itertools import product
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from cms.publishing.kinds.redirects import Stubs
from cms.publishing.office import office_of_site
from cms.publishing.reconciling import reconcile
from cms.publishing.trees.local import LocalTree
from home.models import StandardPage
from news.models import NewsArticlePage, NewsIndexPage, Section, Topic
from tests.probing import Reader
from tests.publishing import PublishedSite, address
from tests.test_publishing import republish

pytestmark = pytest.mark.django_db
LEBAK = "kab-lebak.localhost"
MARCH = dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)


@pytest.fixture
def ask(settings, client):
    """Ask the embedded server; Django, asked for the same, must answer the same."""

    def _ask(path: str, host: str = "localhost") -> tuple[int, str]:
        status, target, _body = Reader(settings.PUBLIC_ROOT, host).get(path)
        live = client.get(path, headers={"host": host})
        assert (live.status_code, live.headers.get("Location", "")) == (status, target)
        return status, target

    return _ask


@pytest.fixture
def section(office) -> Section:
    """A section of the office."""
    return Section.objects.filter(site=office.get_site()).first()


@pytest.fixture
def topic(write) -> Topic:
    """A topic with an article of March 2026."""
    return file_under(write("Rapat pleno", slug="rapat", published_at=MARCH))


def file_under(article: NewsArticlePage) -> Topic:
    """File an article under a topic."""
    topic = Topic.objects.order_by("pk").first()
    article.topics = [topic]
    article.save()
    return topic


def rename(row: Section | Topic, slug: str, site: PublishedSite) -> str:
    """Give a section or topic another address and publish; returns the old one's last part."""
    old, row.slug = row.slug, slug
    row.save()
    site.publish()
    return old


def lines(site: PublishedSite, about: str = "", name: str = "_redirects") -> list[str]:
    """The lines of a list for servers, or those that name an address."""
    return [line for line in (site.folder / name).read_text().splitlines() if about in line]


def by_nginx(site: PublishedSite, path: str) -> str:
    """What the map for nginx says of an address, as nginx reads it: plain lines first, then in their order."""
    entries = [
        re.fullmatch('"(.*)" "(.*)";', line).groups() for line in lines(site, name="nginx-redirects.map")
    ]
    for old, value in sorted(entries, key=lambda entry: entry[0].startswith("~")):
        if old == path:
            return value
        if old.startswith("~") and (match := re.search(old[1:], path)):
            return value.replace("$1", match[1] if match.groups() else "")
    return ""


def is_right(site: PublishedSite, *hosts: str) -> bool:
    """Whether trees are what a clean build gives, and the publisher finds nothing to heal in them."""
    every = [PublishedSite(host) for host in hosts] or [site]
    healed = [
        reconcile(Site.objects.get(hostname=each.hostname), LocalTree(each.hostname), deep=True)
        for each in every
    ]
    return [each.differences() for each in every] == [[]] * len(every) and not any(healed)


BELOW = ("", "arsip/", "arsip/2026/03/", "feed.xml", "tidak-ada/", "a%20b/")


@pytest.mark.parametrize("kind", ["rubrik", "topik"])
def test_reader_of_any_page_of_a_renamed_list_is_led_to_the_same_page(site, section, topic, ask, kind):
    site.publish()
    old = rename(section if kind == "rubrik" else topic, "kabar-baru", site)
    for rest in BELOW:
        assert ask(f"/{kind}/{old}/{rest}") == (301, f"/{kind}/kabar-baru/{rest}")
    assert ask(f"/{kind}/{old}/")[1] in site.page(f"/{kind}/{old}/")  # what a host shows that knows nothing
    assert f"/{kind}/{old}/* /{kind}/kabar-baru/:splat 301" in lines(site)
    for rest in BELOW[:-1]:
        assert by_nginx(site, f"/{kind}/{old}/{rest}") == f"/{kind}/kabar-baru/{rest}"
    assert by_nginx(site, f"/{kind}/{old}/x\r\nSet-Cookie: a") == ""
    assert is_right(site)


def test_what_was_asked_with_an_old_address_of_a_list_goes_along(site, section, client, settings):
    site.publish()
    old = rename(section, "kabar", site)
    answer = client.get(f"/rubrik/{old}/?utm_source=wa")
    assert answer.headers["Location"] == "/rubrik/kabar/?utm_source=wa"
    assert Reader(settings.PUBLIC_ROOT).get(f"/rubrik/{old}")[:2] == (301, "/rubrik/kabar/")


@pytest.mark.parametrize("kind", ["rubrik", "topik"])
def test_reader_of_a_deleted_list_is_told_that_it_is_gone(site, section, topic, ask, kind):
    site.publish()
    row = section if kind == "rubrik" else topic
    NewsArticlePage.objects.get().delete()
    site.publish()
    row.delete()
    site.publish()
    for rest in BELOW[:-1]:
        assert ask(f"/{kind}/{row.slug}/{rest}") == (410, "")
        assert by_nginx(site, f"/{kind}/{row.slug}/{rest}") == "410"
    assert f"/{kind}/{row.slug}/* /410.html 410" in lines(site)
    assert site.page(f"/{kind}/{row.slug}/") == ""
    assert is_right(site)


def test_section_that_takes_an_old_address_is_read_there(site, section, ask, office):
    site.publish()
    old = rename(section, "kabar", site)
    newcomer = Section.objects.create(site=office.get_site(), name="Pendatang", slug=old)
    site.publish()
    assert ask(f"/rubrik/{old}/") == (200, "")
    assert "Pendatang" in site.page(f"/rubrik/{old}/")
    assert lines(site, f"/rubrik/{old}/") == lines(site, old, "nginx-redirects.map") == []
    assert is_right(site)
    newcomer.delete()
    site.publish()
    assert ask(f"/rubrik/{old}/feed.xml") == (410, "")
    assert is_right(site)


def test_topic_that_takes_an_old_address_is_read_there_from_its_first_article_on(site, topic, ask, write):
    site.publish()
    old = rename(topic, "kabar", site)
    other = Topic.objects.create(name="Pendatang", slug=old)
    site.publish()
    assert ask(f"/topik/{old}/arsip/") == (301, "/topik/kabar/arsip/")
    article = write("Yang pertama")
    article.topics = [other]
    article.save()
    site.publish()
    assert ask(f"/topik/{old}/") == (200, "")
    assert lines(site, f"/topik/{old}/") == []
    assert is_right(site)
    article.unpublish()
    site.publish()
    assert ask(f"/topik/{old}/arsip/") == (301, "/topik/kabar/arsip/")
    assert "/topik/kabar/" in site.page(f"/topik/{old}/")
    assert is_right(site)


def test_section_renamed_twice_and_back_leads_nobody_round_in_a_circle(site, section, ask):
    site.publish()
    first = rename(section, "kabar", site)
    rename(section, "warta", site)
    assert {ask(f"/rubrik/{old}/feed.xml") for old in (first, "kabar")} == {(301, "/rubrik/warta/feed.xml")}
    rename(section, first, site)
    assert ask(f"/rubrik/{first}/") == (200, "")
    assert ask("/rubrik/kabar/") == ask("/rubrik/warta/") == (301, f"/rubrik/{first}/")
    assert is_right(site)


def test_section_that_goes_over_to_another_office_is_found_there(site, other_office, section, ask):
    site.publish()
    section.site, section.slug = other_office.get_site(), "dari-provinsi"
    old = Section.objects.get(pk=section.pk).slug
    section.save()
    site.publish()
    there = f"{other_office.get_site().root_url}/rubrik/dari-provinsi/"
    assert ask(f"/rubrik/{old}/feed.xml") == (301, f"{there}feed.xml")
    assert is_right(site, "localhost", LEBAK)


def test_renamed_topic_leads_on_only_where_there_is_something_to_read(site, other_office, topic, ask):
    site.publish()
    old = rename(topic, "kabar", site)
    assert ask(f"/topik/{old}/") == (301, "/topik/kabar/")
    assert ask(f"/topik/{old}/", LEBAK) == (410, "")
    index = NewsIndexPage.objects.child_of(other_office).get()
    own = Section.objects.filter(site=other_office.get_site()).first()
    article = NewsArticlePage(title="Lebak", lead="Lebak.", author_unit="Humas", section=own, body=[])
    file_under(index.add_child(instance=article))
    site.publish()
    assert ask(f"/topik/{old}/", LEBAK) == (301, "/topik/kabar/")
    assert is_right(site, "localhost", LEBAK)


def test_redirect_an_editor_made_beats_what_a_list_has_left_and_no_list_that_is_there(
    site, section, topic, ask
):
    site.publish()
    old = rename(section, "kabar", site)
    for path in (f"/rubrik/{old}", f"/rubrik/{old}/arsip", "/rubrik/kabar", f"/topik/{topic.slug}"):
        Redirect.objects.create(old_path=path, redirect_link="/berita/")
    site.publish()
    assert ask(f"/rubrik/{old}/") == ask(f"/rubrik/{old}/arsip/") == (301, "/berita/")
    assert by_nginx(site, f"/rubrik/{old}/arsip/") == "/berita/"
    assert ask(f"/rubrik/{old}/feed.xml") == (301, "/rubrik/kabar/feed.xml")
    assert ask("/rubrik/kabar/") == ask(f"/topik/{topic.slug}/") == (200, "")
    single = [line.partition(" ")[0] for line in lines(site)]
    assert single.index(f"/rubrik/{old}/arsip/") < single.index(
        f"/rubrik/{old}/*"
    )  # the first that fits counts
    assert is_right(site)


# Data beside pages


def twin(page_address: str) -> str:
    return f"{page_address}index.json"


def test_program_that_reads_a_page_that_moved_is_led_to_its_new_data(site, write, ask):
    article = write("Rapat pleno")
    site.publish()
    old = address(article)
    republish(article, slug="rapat-terbuka")
    site.publish()
    article.refresh_from_db()
    assert ask(old) == (301, address(article))
    assert ask(twin(old)) == (301, twin(address(article)))
    assert f"{twin(old)} {twin(address(article))} 301" in lines(site)
    assert by_nginx(site, twin(old)) == twin(address(article))
    assert is_right(site)


@pytest.mark.parametrize("deed", ["unpublish", "delete"])
def test_program_that_reads_a_page_that_was_withdrawn_is_told_that_it_is_gone(site, write, ask, deed):
    article = write("Rapat pleno")
    site.publish()
    old = address(article)
    getattr(article, deed)()
    site.publish()
    assert ask(old) == ask(twin(old)) == (410, "")
    assert f"{twin(old)} /410.html 410" in lines(site)
    assert by_nginx(site, twin(old)) == "410"
    if deed == "unpublish":
        republish(article)
        site.publish()
        assert ask(twin(old)) == (200, "")
        assert lines(site, old) == []
    assert is_right(site)


def test_old_address_of_a_page_that_was_closed_and_then_withdrawn_says_gone(site, write, ask):
    article = write("Rapat pleno")
    site.publish()
    old = address(article)
    republish(article, slug="rapat-terbuka")
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
    site.publish()
    assert lines(site, old) == []
    article.refresh_from_db()
    article.unpublish()
    site.publish()
    assert ask(old) == (410, "")
    assert is_right(site)
    restriction.delete()
    republish(article)
    site.publish()
    assert ask(old)[0] == 301
    assert is_right(site)


def test_redirect_from_an_address_of_another_site_is_for_people_alone(site, write, ask):
    article, other = write("Rapat pleno"), write("Rapat lain")
    site.publish()
    old = address(article)
    article.unpublish()
    Redirect.objects.create(old_path=old.rstrip("/"), redirect_page=other)
    Redirect.objects.create(old_path="/lama", redirect_page=other)
    site.publish()
    assert ask(twin(old)) == (301, twin(address(other)))
    assert ask("/lama/") == (301, address(other))
    assert ask("/lama/index.json") == (404, "")
    assert is_right(site)


# What it costs, and what could go wrong on the way


def test_one_more_article_costs_no_more_where_much_has_moved(site, section, topic, write):
    for number in range(6):
        republish(write(f"Rapat {number}"), slug=f"pindah-{number}")
        for row in (section, topic):
            row.slug = f"alamat-{number}"
            row.save()
    site.publish()
    assert len(lines(site, "pindah")) == len(lines(site, "alamat")) == 12
    write("Satu lagi", section=Section.objects.exclude(pk=section.pk).first())
    with CaptureQueriesContext(connection) as asked:
        site.publish()
    assert not [query for query in asked.captured_queries if "publishing_former" in query["sql"]]
    assert is_right(site)


def test_rows_behind_many_old_addresses_are_read_together(site, index, write):
    asked = {}
    for name in ("kabar", "warta"):
        for number in range(6):
            write(f"Rapat {name} {number}")
        site.publish()
        index.refresh_from_db()
        index.slug = name
        index.save_revision().publish()
        office = office_of_site(Site.objects.get(hostname="localhost"))
        idents = list(Stubs().idents(office))
        with CaptureQueriesContext(connection) as queries:
            made = list(Stubs().render(office, idents))
        assert len([one for one in made if one.files]) >= 6
        asked[len(idents)] = len(queries)
    few, many = asked
    assert many >= few + 6
    assert asked[many] == asked[few], asked


@pytest.mark.parametrize(("way", "wide"), list(product(["there", "back"], [1, 3])))
def test_stub_and_page_outlive_a_change_that_is_made_in_parts(site, write, section, monkeypatch, way, wide):
    for number in range(5):
        write(f"Rapat {number}", slug=f"rapat-{number}", section=section)
    old, name = section.slug, section.name
    if way == "back":
        section.slug = "kabar"
        section.save()
    site.publish()
    monkeypatch.setattr("cms.publishing.parts.WIDE", wide)
    rename(section, "kabar" if way == "there" else old, site)
    left, now = (old, "kabar") if way == "there" else ("kabar", old)
    assert f"/rubrik/{now}/" in site.page(f"/rubrik/{left}/")
    assert name in site.page(f"/rubrik/{now}/")
    assert is_right(site)


def test_stub_of_a_page_many_others_name_outlives_its_move(site, write, office, monkeypatch):
    page = office.add_child(instance=StandardPage(title="Zona", slug="zona"))
    office.refresh_from_db()
    republish(office, main_menu=[("link", {"text": "Topik", "page": None, "url": "/topik/"})])
    link = [("paragraph", f'<p>Lihat <a linktype="page" id="{page.pk}">ini</a>.</p>')]
    for number in range(8):
        write(f"Rapat {number}", body=link)
    site.publish()
    monkeypatch.setattr("cms.publishing.parts.WIDE", 3)
    page.refresh_from_db()
    republish(page, slug="aneka")
    site.publish()
    assert "/aneka/" in site.page("/zona/")
    assert is_right(site)


# Feeds


def ids_of(site: PublishedSite, path: str = "feed.xml") -> list[str]:
    """What a feed and its entries are called, in their order."""
    return re.findall("<id>(.*)</id>", (site.folder / path).read_text())


def test_reader_of_a_feed_meets_no_article_twice_however_addresses_change(
    site, other_office, write, index, section
):
    article = write("Rapat pleno", section=section)
    site.publish()
    before = ids_of(site), ids_of(site, f"rubrik/{section.slug}/feed.xml")
    data = json.loads((site.folder / unquote(twin(address(article))).strip("/")).read_text())
    assert before[0][1:] == before[1][1:] == [f"urn:uuid:{data['uuid']}"]
    republish(article, slug="rapat-terbuka", title="Rapat terbuka")
    index.refresh_from_db()
    republish(index, slug="kabar")
    rename(section, "pendapat", site)
    province = Site.objects.get(hostname="localhost")
    province.port = 9000
    province.save()
    site.publish()
    assert "http://localhost:9000/kabar/" in (site.folder / "feed.xml").read_text()
    assert (ids_of(site), ids_of(site, "rubrik/pendapat/feed.xml")) == before
    feeds = {
        ids_of(each, path.relative_to(each.folder))[0]
        for each in (site, PublishedSite(LEBAK))
        for path in each.folder.rglob("feed.xml")
    }
    assert len(feeds) == 2 + Section.objects.count()
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", name) for name in feeds)
