"""An operator lets the site lie in a bucket too: what readers get there is, file by file, what they get here."""

import datetime as dt
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from cms.publishing.models import Publication
from cms.publishing.outputs import File, Stage
from cms.publishing.retiring import retire_trees
from cms.publishing.status import State, status_of
from cms.publishing.telling import words_of
from cms.publishing.trees.choosing import bucket_at, bucket_of
from cms.publishing.verifying import verify
from tests.buckets import BUCKET, line_to, service
from tests.publishing import PublishedSite
from tests.test_publishing import address, republish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def s3():
    """The address of an S3 service."""
    with service() as found:
        yield found


@pytest.fixture
def line(s3, settings):
    """The line to an empty bucket, which the settings name."""
    with line_to(s3) as found:
        settings.PUBLIC_BUCKET = {
            "endpoint_url": found.address,
            "bucket_name": BUCKET,
            "location": "situs",
            "access_key": "kunci",
            "secret_key": "sandi",
            "region_name": "us-east-1",
        }
        yield found


def bucket():
    """The office's tree in the bucket."""
    return bucket_of(Site.objects.get(hostname="localhost"))


def differing(site: PublishedSite) -> set[str]:
    """Where the bucket holds other bytes than the folder, or lacks or has a file."""
    there = {path: digest for path, _size, digest in bucket().listing()}
    here = {
        path: hashlib.md5((site.folder / path).read_bytes(), usedforsecurity=False).hexdigest()
        for path in site.paths()
    }
    return {path for path in here.keys() | there.keys() if here.get(path) != there.get(path)}


def md5(path: Path) -> str:
    """The digest a bucket's listing tells."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def publication() -> Publication:
    """How far the office is."""
    return Publication.objects.get(hostname="localhost")


def test_reader_of_the_bucket_gets_every_file_of_the_tree(line, site, write):
    article = write("Rapat pleno dibuka")
    site.publish()
    content, _headers = line.get(f"situs/localhost{address(article)}index.html")
    assert "Rapat pleno dibuka" in content.decode()
    assert verify(Site.objects.get(hostname="localhost"), bucket()) == []


def test_reader_of_the_bucket_gets_each_file_with_its_type_and_time(line, site, write):
    article = write("Rapat pleno dibuka")
    site.publish()
    style = next(path for path in sorted(site.paths()) if path.endswith(".css"))
    expected = {
        f"{address(article).strip('/')}/index.html": ("text/html; charset=utf-8", "must-revalidate"),
        f"{address(article).strip('/')}/index.json": ("application/json", "must-revalidate"),
        style: ("text/css; charset=utf-8", "immutable"),
    }
    for path, (kind, time) in expected.items():
        _content, headers = line.get(f"situs/localhost/{path}")
        assert headers["content-type"] == kind
        assert headers["cache-control"].endswith(time)
        assert "content-encoding" not in headers


def test_one_more_article_moves_only_what_changed_pages_before_lists(line, site, write):
    write("Berita pertama")
    site.publish()
    line.passed.clear()
    article = write("Berita kedua")
    site.publish()
    paths = [path for method, path in line.changes() if method == "PUT"]
    page, front = (f"situs/localhost/{at}index.html" for at in (address(article).lstrip("/"), "berita/"))
    assert paths.index(page) < paths.index(front)
    assert len(paths) < len(site.paths())
    assert differing(site) == set()


def test_unpublished_article_leaves_the_bucket_after_the_lists_that_showed_it(line, site, write):
    article, _other = write("Akan ditarik"), write("Tetap ada")
    site.publish()
    gone = f"situs/localhost{address(article)}index.html"
    line.passed.clear()
    article.unpublish()
    site.publish()
    methods = [method for method, _path in line.changes()]
    assert ("DELETE", gone) in line.changes()
    assert methods == sorted(methods, reverse=True)  # no PUT after a DELETE
    assert differing(site) == set()


def test_bucket_as_a_website_redirects_from_an_old_address(line, site, write):
    article = write("Rapat pleno")
    site.publish()
    old = address(article)
    republish(article, slug="rapat-pleno-terbuka")
    site.publish()
    article.refresh_from_db()
    _content, headers = line.get(f"situs/localhost{old}index.html")
    assert headers["x-amz-website-redirect-location"] == address(article)
    Redirect.objects.create(old_path="/rapat", redirect_page=article, is_permanent=False)
    site.publish()
    content, headers = line.get("situs/localhost/rapat/index.html")
    assert address(article).encode() in content
    assert "x-amz-website-redirect-location" not in headers


def test_refused_key_is_told_in_words_loses_nothing_and_heals_by_itself(line, site, write):
    write("Berita pertama")
    site.publish()
    line.refuses = lambda method, path: method == "PUT"
    article = write("Berita kedua")
    site.publish()
    assert "Berita kedua" in site.page(address(article))
    assert publication().error.startswith("bucket_forbidden: AccessDenied")
    assert "Bucket menolak kuncinya" in words_of(status_of(article))
    assert status_of(article).state == State.STOPPED
    line.refuses = lambda method, path: False
    site.publish(timezone.now() + dt.timedelta(minutes=10))
    assert differing(site) == set()
    assert publication().error == ""
    assert status_of(article).state == State.PUBLISHED


def test_operator_who_publishes_is_told_that_the_bucket_lags_behind(line, site, write):
    write("Berita pertama")
    line.refuses = lambda method, path: True
    with pytest.raises(CommandError, match=r"Bucket menolak kuncinya.*\(AccessDenied"):
        call_command("publish")


def test_service_that_does_not_answer_does_not_keep_the_site_from_being_published(line, site, write):
    line.close()
    article = write("Berita pertama")
    site.publish()
    assert "Berita pertama" in site.page(address(article))
    assert publication().error.startswith("bucket_gone: ")


def test_article_withdrawn_while_its_batch_was_stuck_does_not_stay_in_the_bucket(line, site, write):
    write("Berita pertama")
    site.publish()
    article = write("Segera ditarik")
    line.refuses = lambda method, path: method == "PUT" and path.endswith("/berita/index.html")
    site.publish()
    page = f"{address(article).strip('/')}/index.html"
    assert bucket().read(page)
    article.unpublish()
    line.refuses = lambda method, path: False
    site.publish(timezone.now() + dt.timedelta(minutes=10))
    assert bucket().read(page) is None
    assert differing(site) == set()


def test_bucket_that_was_not_empty_gets_the_site_and_loses_the_rest(line, site, settings, write):
    configured, settings.PUBLIC_BUCKET = settings.PUBLIC_BUCKET, {}
    write("Rapat pleno dibuka")
    site.publish()
    settings.PUBLIC_BUCKET = configured
    copy = bucket()
    for path in ("robots.txt", "naskah/index.html"):
        copy.stage(File(path, (site.folder / "robots.txt").read_bytes()), Stage.PAGE)
    copy.commit([])
    line.passed.clear()
    site.publish()
    assert ("DELETE", "situs/localhost/naskah/index.html") in line.changes()
    assert ("PUT", "situs/localhost/robots.txt") not in line.changes()
    assert differing(site) == set()


def test_reader_of_the_bucket_finds_nothing_of_an_office_that_is_gone(line, site, other_office, write):
    write("Rapat pleno dibuka")
    site.publish()
    gone = bucket_at("kab-lebak.localhost")
    assert list(gone.paths())
    Site.objects.filter(hostname="kab-lebak.localhost").delete()
    retire_trees()
    assert list(gone.paths()) == [] and list(bucket().paths())
    assert not (site.folder.parent / "kab-lebak.localhost").exists()


def test_installation_without_a_bucket_owes_nothing(site, write):
    write("Rapat pleno dibuka")
    site.publish()
    assert bucket() is None
    assert publication().error == ""


def test_installation_without_a_bucket_carries_no_library_for_one(tmp_path):
    code = (
        "import sys, cms.publishing.publisher; print({'boto3', 'botocore', 'storages'} & sys.modules.keys())"
    )
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "shell", "--no-imports", "-c", code]
    shell = {"PATH": os.environ["PATH"], "VAR_ROOT": str(tmp_path)}
    assert subprocess.check_output(command, env=shell, text=True).strip() == "set()"


def test_operator_who_verifies_is_told_that_the_bucket_does_not_answer(line, site, write):
    write("Berita pertama")
    site.publish()
    line.refuses = lambda method, path: True
    with pytest.raises(CommandError, match="Bucket menolak kuncinya"):
        call_command("publish", "--verify")


def test_operator_who_verifies_is_told_what_somebody_changed_in_the_bucket(line, site, write, capsys):
    write("Berita pertama")
    site.publish()
    copy = bucket()
    copy.stage(File("robots.txt", b"Disallow: /"), Stage.LIST)
    copy.commit(["feed.xml"])
    with pytest.raises(CommandError, match="2 berkas"):
        call_command("publish", "--verify")
    assert f"{copy.address}/robots.txt" in capsys.readouterr().out
