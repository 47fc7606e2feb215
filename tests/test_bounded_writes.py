"""An editor publishes one article in a large archive: few files are written, as few whatever its size."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from cms.publishing import batch, publisher
from news.models import NewsArticlePage, Topic
from tests.archive import fill, kinds_of
from tests.publishing import PublishedSite

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
NOW = timezone.now().replace(microsecond=0)
OLD = dt.datetime(2019, 5, 2, 9, tzinfo=dt.UTC)
MOST = 260  # queries of one publication


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """The paths every batch from now on writes or removes."""
    paths: list[str] = []
    monkeypatch.setattr(batch, "_after", [lambda site, done, touched: paths.extend(touched)])
    return paths


@pytest.fixture
def archive(office, index, written):
    """Publish an archive of so many articles more."""

    def _archive(count: int) -> PublishedSite:
        fill(index, count)
        site = PublishedSite("localhost")
        site.publish(NOW)
        written.clear()
        return site

    return _archive


def publish_one(write, when: dt.datetime | None, topics: int) -> NewsArticlePage:
    page = write("Rapat pleno terbuka", published_at=when)
    page.topics = list(Topic.objects.all()[:topics])
    page.save()
    return page


def test_one_article_rewrites_a_bounded_number_of_files(archive, write, written):
    site = archive(1000)
    for when, topics in ((None, 1), (OLD, 1), (None, 5), (OLD, 5)):
        publish_one(write, when, topics)
        site.publish(NOW)
        pages = kinds_of(written)
        assert 3 <= pages["html"] + pages["xml"] <= 20 + 4 * topics, (when, topics, sorted(written))
        assert pages["json"] <= 20 + 4 * topics
        written.clear()


def queries_of_one(write) -> int:
    publish_one(write, None, 2)
    with CaptureQueriesContext(connection) as asked:
        publisher.publish_site(Site.objects.get(), NOW)
    return len(asked)


def test_one_article_asks_as_much_of_a_large_archive_as_of_a_small_one(archive, write):
    archive(100)
    few = queries_of_one(write)
    archive(500)
    many = queries_of_one(write)
    assert many <= few + 5
    assert few < MOST
