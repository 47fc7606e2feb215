"""An operator keeps a backup and restores it: rows, pictures, and into another kind of database."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation import database_rules, trail, verifying
from cms.publishing import epoch, rows
from news.models import NewsArticlePage


def digests() -> dict[str, str]:
    """Every table's rows as one digest, but the epoch, which moves on."""
    return {
        model._meta.db_table: hashlib.sha256(b"".join(rows.read(model))).hexdigest()
        for model in rows.tables()
        if model is not epoch.Epoch
    }


@pytest.fixture
def installation(write, superuser, settings) -> NewsArticlePage:
    """An office with an article and its revision, a person, and two media files."""
    settings.STATIC_ROOT = settings.MEDIA_ROOT.parent / "static"
    page = write("Rapat Pleno Terbuka", official_number="12/PL.01/2026")
    page.tags.add("pemilu")
    page.save_revision()
    trail.record(trail.Act.WROTE, page=page)
    (settings.MEDIA_ROOT / "original_images").mkdir(parents=True)
    (settings.MEDIA_ROOT / "original_images" / "foto.jpg").write_bytes(bytes(range(256)) * 40)
    (settings.MEDIA_ROOT / "naskah.pdf").write_bytes(b"%PDF-1.7")
    return page


@pytest.fixture
def backup(installation, tmp_path) -> Path:
    """A backup of that installation."""
    file = tmp_path / "warta.tar.gz"
    call_command("backup", str(file), verbosity=0)
    return file


def test_operator_restores_every_row_and_file(
    backup, installation, write, settings, tmp_path, client, capsys
):
    before, number = digests(), epoch.current()
    with database_rules.lifted():
        rows.empty(rows.tables())
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    call_command("restore", str(backup))
    assert "2 berkas media" in capsys.readouterr().out
    assert digests() == before
    assert epoch.current() > number
    assert [*database_rules.missing(), *verifying.verify()] == []
    assert (settings.MEDIA_ROOT / "original_images" / "foto.jpg").read_bytes() == bytes(range(256)) * 40
    assert {path.name for path in settings.MEDIA_ROOT.iterdir()} == {"original_images", "naskah.pdf"}
    epoch.forget()
    assert client.get(installation.url).status_code == 200
    assert write("Sesudah pulih").pk > installation.pk


def test_operator_restores_into_an_empty_folder_of_another_machine(backup, tmp_path):
    away = tmp_path / "away"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    answer = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(backup)],
        env={**environment, "VAR_ROOT": str(away)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert (away / "media" / "naskah.pdf").read_bytes() == b"%PDF-1.7"
    with sqlite3.connect(away / "db.sqlite3") as database:
        (title,) = database.execute(
            "select title from wagtailcore_page join news_newsarticlepage on id = page_ptr_id"
        ).fetchone()
    assert title == "Rapat Pleno Terbuka"
    database.close()
    # Everything to serve it is there: a page names its assets by this list.
    assert "favicon.svg" in (away / "static" / "staticfiles.json").read_text()


def test_backup_is_for_its_owner_alone(backup):
    assert backup.stat().st_mode & 0o777 == 0o600


def test_operator_keeps_an_older_backup_of_the_same_name(backup):
    with pytest.raises(CommandError, match="sudah ada"):
        call_command("backup", str(backup))


@pytest.mark.parametrize("place", [0.0, 0.5, 0.99, 0.999])
def test_operator_is_told_of_a_damaged_backup_and_nothing_changes(backup, place):
    content = bytearray(backup.read_bytes())
    content[int(len(content) * place)] ^= 1
    backup.write_bytes(content)
    before = digests()
    with pytest.raises(CommandError, match="rusak atau bukan cadangan"):
        call_command("restore", str(backup), force=True)
    assert digests() == before


def test_operator_is_told_when_the_file_is_cut_short(backup):
    backup.write_bytes(backup.read_bytes()[:-30])
    with pytest.raises(CommandError, match="rusak"):
        call_command("restore", str(backup), force=True)


def test_operator_does_not_overwrite_a_site_in_use_by_mistake(backup):
    with pytest.raises(CommandError, match="tidak kosong"):
        call_command("restore", str(backup))


def test_operator_replaces_a_site_in_use_on_purpose(backup, installation, settings):
    installation.delete()
    User.objects.create_user("baru")
    (settings.MEDIA_ROOT / "sesudah.txt").write_text("x")
    call_command("restore", str(backup), force=True, verbosity=0)
    assert Page.objects.filter(title="Rapat Pleno Terbuka").exists()
    assert not User.objects.filter(username="baru").exists()
    assert not (settings.MEDIA_ROOT / "sesudah.txt").exists()
