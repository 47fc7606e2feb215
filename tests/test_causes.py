"""Whoever is told that something could not be published reads what to do, and finds the technical words beside it."""

import errno
import io
import os
import re
from contextlib import suppress
from html import unescape

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.users.models import UserProfile

from cms.media import processing
from cms.media.models import Image, Rendition
from cms.publishing import outputs
from cms.publishing.models import Publication
from cms.publishing.status import status_of
from cms.publishing.telling import words_of
from cms.publishing.trees.local import LocalTree
from home.roles import EDITOR, ensure_collection

pytestmark = pytest.mark.django_db

TECHNICAL = re.compile(r"<details.*?</details>|<small class=\"warta-detail\".*?</small>", re.DOTALL)


@pytest.fixture
def report(client, office, colleague):
    """What an editor reads in the report: its sentences, and what stands in the technical details."""
    editor = colleague(EDITOR, office)
    UserProfile.get_for_user(editor)
    client.force_login(editor)

    def _report() -> tuple[str, str]:
        html = unescape(client.get(reverse("publishing_report")).content.decode())
        return TECHNICAL.sub("", html), " ".join(TECHNICAL.findall(html))

    return _report


@pytest.fixture
def fails(monkeypatch):
    """Let every article fail with this error when it is made."""

    def _fails(error: Exception) -> None:
        def raise_it(*_arguments: object) -> None:
            raise error

        monkeypatch.setattr(outputs.kinds["article"], "render", raise_it)

    return _fails


def test_editor_is_told_which_picture_to_upload_again(site, office, write, report):
    room = ensure_collection(office)
    image = Image.objects.create(title="Aula kantor", file=get_test_image_file_jpeg(), collection=room)
    processing.process(image.pk)
    write("Rapat pleno", hero_image=image, hero_alt="Peserta rapat di aula")
    os.unlink(Rendition.objects.filter(image=image).first().file.path)  # noqa: PTH108
    site.publish()
    words, technical = report()
    assert f'<a href="{reverse("wagtailimages:edit", args=[image.pk])}">Gambar “Aula kantor”</a>' in words
    assert "Unggah lagi berkas itu" in words
    assert "FileNotFoundError" in technical
    assert "FileNotFoundError" not in words
    UserProfile.objects.update(preferred_language="en")
    assert "Upload that file again" in report()[0]


def test_editor_is_told_to_fill_in_a_broken_block_again(site, write, report):
    article = write("Rapat pleno")
    with connection.cursor() as cursor:  # as no editor could, but an old import did
        body = '[{"type": "heading", "value": 7, "id": "x"}]'
        cursor.execute("UPDATE news_newsarticlepage SET body = %s WHERE page_ptr_id = %s", [body, article.pk])
    site.publish()
    words, technical = report()
    assert "hapus lalu isi lagi blok yang terakhir diubah" in words
    assert re.search(r"[A-Z]\w+Error: ", technical)
    assert not re.search(r"[A-Z]\w+Error", words)
    assert "isi lagi blok" in words_of(status_of(article))
    assert "Error" not in words_of(status_of(article))


def test_operator_reads_in_the_terminal_which_page_failed_and_what_to_do(site, write, fails, capsys):
    article = write("Rapat pleno")
    fails(PermissionError(errno.EACCES, "Permission denied", "/srv/media/a.jpg"))
    call_command("publish")
    told = capsys.readouterr().err
    assert f"article {article.pk}: " in told
    assert "memperbaiki pemilik dan izinnya" in told


def test_operator_finds_one_traceback_in_the_log_for_one_page_that_failed(site, write, fails, caplog):
    write("Rapat pleno dibuka")
    fails(ValueError("blok rusak"))
    site.publish()
    failed = [each for each in caplog.records if "output_failed" in str(each.msg)]
    assert len(failed) == 1


def test_operator_does_not_wait_for_articles_to_be_read_again_for_each_that_fails(site, write, monkeypatch):
    articles = [write(f"Rapat {number}") for number in range(20)]
    site.publish()
    kind, asked = outputs.kinds["article"], []

    def fail(_office: object, idents: list[str]) -> None:
        asked.extend(idents)
        raise RuntimeError("templat rusak")

    monkeypatch.setattr(kind, "render", fail)
    Publication.objects.update(code="")
    while site.publish():
        pass
    own = {str(article.pk) for article in articles}
    assert own <= set(asked)
    tried = [ident for ident in asked if ident in own]
    assert len(tried) <= 4 * len(own)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("database is locked"), "Basis data sedang sibuk"),
        (OperationalError("connection to server failed:\n\tConnection refused"), "Basis data tidak dapat dihubungi"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/media/a.jpg"), "memperbaiki pemilik dan izinnya"),
        (OSError(errno.EIO, "Input/output error"), "Penyimpanan server tidak dapat dipakai"),
        (RuntimeError("generator raised StopIteration"), "Ada kesalahan di program"),
    ],
)  # fmt: skip
def test_editor_is_told_what_to_do_when_a_page_cannot_be_made(site, write, report, fails, error, words):
    article = write("Rapat pleno")
    fails(error)
    site.publish()
    said, technical = report()
    assert words in said
    assert words in words_of(status_of(article))
    assert f"{type(error).__name__}: " in technical
    assert type(error).__name__ not in said


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "Penyimpanan server penuh"),
        (errno.EDQUOT, "Penyimpanan server penuh"),
        (errno.EROFS, "Penyimpanan server hanya dapat dibaca"),
        (errno.EPERM, "memperbaiki pemilik dan izinnya"),
        (errno.ENOENT, "Penyimpanan server tidak dapat dipakai"),
    ],
)
def test_everybody_is_told_what_to_do_when_the_tree_cannot_be_written(
    site, write, report, client, monkeypatch, number, words
):
    site.publish()
    article = write("Rapat pleno")
    error = OSError(number, os.strerror(number))

    def raise_it(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(LocalTree, "stage", raise_it)
    with pytest.raises(CommandError) as told:
        call_command("publish")
    assert words in str(told.value)
    assert os.strerror(number) in str(told.value)
    said, technical = report()
    assert words in said
    assert os.strerror(number) in technical
    assert os.strerror(number) not in said
    answer = client.get(reverse("publishing_status", args=[article.pk])).json()
    assert words in answer["words"]
    assert os.strerror(number) in answer["detail"]
    assert os.strerror(number) not in answer["words"]
    health = io.StringIO()
    with suppress(CommandError):
        call_command("health", stdout=health)
    assert words in health.getvalue()
    assert os.strerror(number) in health.getvalue()


def test_editor_finds_the_technical_words_beside_the_status_of_the_page(client, superuser, site, write):
    article = write("Rapat pleno")
    site.publish()
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    client.force_login(superuser)
    assert '<small class="warta-detail" data-warta-status-target="detail" hidden>' in client.get(edit).text
    write("Berita kedua")
    Publication.objects.update(error="disk_full: OSError: [Errno 28] penuh", error_since=timezone.now())
    article.save_revision().publish()
    html = client.get(edit).text
    assert "Penyimpanan server penuh." in html
    assert "<code>OSError: [Errno 28] penuh</code>" in html


def test_words_an_older_version_has_kept_are_shown_as_they_are(site, write):
    site.publish()
    article = write("Rapat pleno")
    Publication.objects.update(error="Berkas situs tidak dapat ditulis.", error_since=timezone.now())
    assert words_of(status_of(article)) == "Belum terbit. Berkas situs tidak dapat ditulis."
