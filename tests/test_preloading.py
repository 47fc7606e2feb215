"""The publisher renders many articles at once, and readers must not be able to tell."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Site

from cms.publishing.lookup import Lookup
from cms.publishing.office import office_of_site
from news.models import ArticleTag, Correction, Section, TaggedArticle, Topic
from news.preloading import present_many, readable_articles, render_article


@pytest.fixture
def archive(write):
    """Ten articles in two sections, some with topics, tags, corrections and links to one another."""
    second = Section.objects.create(site=Site.objects.get(), name="Logistik Pemilu", slug="logistik-pemilu")
    topic = [Topic.objects.create(name=name, slug=name.lower()) for name in ("Palu", "Bilik")]
    tags = [ArticleTag.objects.create(name=name, slug=name) for name in ("sirekap", "coklit")]
    start = dt.datetime(2022, 5, 25, 13, tzinfo=dt.UTC)
    pages = []
    for number in range(10):
        fields = {"published_at": start + dt.timedelta(days=number // 2)}
        if number % 3 == 0:
            fields |= {"section": second, "updated_at": start + dt.timedelta(days=30)}
        if pages:
            link = f'<p>Lihat <a linktype="page" id="{pages[-1].pk}">berita lain</a>.</p>'
            fields["body"] = [("paragraph", link)]
        pages.append(write(f"Rapat Pleno {number}", **fields))
    for page in pages[:4]:
        page.topics.set(topic)
        page.save()
        TaggedArticle.objects.bulk_create(TaggedArticle(tag=tag, content_object=page) for tag in tags)
        Correction.objects.create(page=page, text="Tertulis 10, seharusnya 11.", made_at=timezone.now())
    return pages


def test_reader_gets_the_same_bytes_from_the_bulk_renderer(archive, client):
    office = office_of_site(Site.objects.get())
    views = list(present_many(readable_articles(office), office, Lookup(host=office.hostname)))
    assert len(views) == len(archive)
    for view in views:
        answer = client.get(view.url, SERVER_NAME="localhost")
        assert answer.status_code == 200
        assert render_article(view).encode() == answer.content


def test_each_reader_gets_their_own_language_whoever_came_before(archive):
    office = office_of_site(Site.objects.get())
    (view,) = present_many(readable_articles(office)[:1], office, Lookup(host=office.hostname))
    first = render_article(view)
    with translation.override("en"):
        english = render_article(view)
    assert ">Bagikan:<" in first and ">Share:<" in english
    assert render_article(view) == first


def test_bulk_renderer_asks_no_more_for_ten_articles_than_for_five(archive):
    office = office_of_site(Site.objects.get())

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            look = Lookup(host=office.hostname)
            list(map(render_article, present_many(readable_articles(office)[:count], office, look)))
        return len(asked)

    assert queries(10) <= 12
    # The newest five carry no topics: those are not asked for.
    assert queries(10) <= queries(5) + 1
