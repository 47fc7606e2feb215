"""One file that holds an installation: every row, every media file, and the key that made its signatures."""

import importlib.metadata
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from tqdm import tqdm
from wagtail.models import Page

from cms.accounts.models import User
from cms.publishing import archive, epoch, preparing, rows

KEY_MEMBER = "secret-key"
ASIDE = ".restoring"


_around: list[Callable[[], AbstractContextManager[None]]] = []


def register_around_restore(manager: Callable[[], AbstractContextManager[None]]) -> None:
    """Let an upper layer prepare the tables for being emptied and filled; it is entered inside the transaction."""
    _around.append(manager)


class RestoreRefused(Exception):
    """Nothing was touched; the message says why, to the operator."""


def _applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _key_path() -> Path:
    return settings.VAR_ROOT / "secret-key"


def _media_files() -> list[Path]:
    root = settings.MEDIA_ROOT
    return sorted(path for path in Path(root).rglob("*") if path.is_file() and ASIDE not in path.parts)


@contextmanager
def _one_moment() -> Generator[None, None, None]:
    """Let every table be read as of the same moment while others go on writing."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    elif connection.in_atomic_block:
        yield
    else:
        with (
            connection.cursor() as cursor
        ):  # deferred, unlike Django's own: it reads a snapshot and blocks nobody
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def write_backup(path: Path) -> dict[str, int]:
    """Write the installation to `path` and read it back to be sure; returns what it holds: tables, rows, files."""
    files = _media_files()
    models = rows.tables()
    counted = {"tables": len(models), "rows": 0, "files": 0}
    with archive.writing(path) as writer, _one_moment():
        for model in tqdm(models, desc="Basis data", disable=None, leave=False):
            counted["rows"] += _add_table(writer, model)
        for file in tqdm(files, desc="Media", disable=None, leave=False):
            try:
                with file.open("rb") as content:
                    name = f"media/{file.relative_to(settings.MEDIA_ROOT).as_posix()}"
                    writer.add(name, content, file.stat().st_size)
            except FileNotFoundError:  # deleted by somebody since the list was made
                continue
            counted["files"] += 1
        if _key_path().exists() and _key_path().read_text(encoding="ascii").strip() == settings.SECRET_KEY:
            with _key_path().open("rb") as content:
                writer.add(KEY_MEMBER, content, _key_path().stat().st_size)
        versions = {name: importlib.metadata.version(name) for name in ("django", "wagtail")}
        writer.close(
            {"made_at": timezone.now().isoformat(), "versions": versions, "migrations": _applied(), **counted}
        )
    return counted


def _add_table(writer: archive.ArchiveWriter, model: type) -> int:
    with tempfile.TemporaryFile() as aside:
        aside.writelines(rows.read(model))
        size = aside.tell()
        aside.seek(0)
        count = sum(1 for _ in aside) - 1
        aside.seek(0)
        writer.add(f"rows/{model._meta.db_table}.jsonl", aside, size)
    return count


def _require_fitting(path: Path, force: bool) -> None:
    """Raise RestoreRefused unless `path` is whole and of this version and the target is empty (or `force`)."""
    try:
        manifest = archive.verify(path)
    except FileNotFoundError as error:
        raise RestoreRefused(f"Berkas {path} tidak ada.") from error
    except (archive.DamagedArchive, OSError) as error:
        raise RestoreRefused(
            f"Berkas {path} rusak atau bukan cadangan Warta. Tidak ada yang diubah."
        ) from error
    if (
        preparing.is_migrated()
        and not force
        and (User.objects.exists() or Page.objects.filter(depth__gt=2).exists())
    ):
        raise RestoreRefused(
            "Basis data tujuan tidak kosong. Tambahkan --force untuk mengganti seluruh isinya."
        )
    if not force and _media_files():
        raise RestoreRefused(
            f"Folder {settings.MEDIA_ROOT} tidak kosong. Tambahkan --force untuk mengganti isinya."
        )
    preparing.migrate()
    if manifest["migrations"] != _applied():
        raise RestoreRefused(
            f"Cadangan ini dibuat oleh versi lain ({manifest['versions']}). Pulihkan dengan versi itu dahulu."
        )


def restore_backup(path: Path, force: bool = False) -> dict[str, int]:
    """Put back what `write_backup` wrote; all of it or, on any failure before the last step, nothing.

    Raises RestoreRefused, with nothing changed, for a damaged file, another version or a target in use.
    """
    _require_fitting(path, force)
    before = epoch.current()
    aside = Path(settings.MEDIA_ROOT) / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        counted = _load(path, aside)
        Path(settings.PUBLIC_ROOT).mkdir(parents=True, exist_ok=True)
        _swap_media(aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    # Processes that are still running remember pages under numbers: none may mean two things.
    epoch.Epoch.objects.filter(pk=1).update(number=max(before, epoch.current()) + 1)
    call_command("update_index", verbosity=0, stdout=sys.stderr)
    return counted


def _load(path: Path, aside: Path) -> dict[str, int]:
    models = {model._meta.db_table: model for model in rows.tables()}
    counted = {"tables": 0, "rows": 0, "files": 0}
    with transaction.atomic(), ExitStack() as around:
        for manager in _around:
            around.enter_context(manager())
        rows.empty(models.values())
        for name, content in tqdm(archive.members(path), desc="Memulihkan", disable=None, leave=False):
            kind, _, rest = name.partition("/")
            if kind == "rows":
                counted["tables"] += 1
                counted["rows"] += rows.write(models[rest.removesuffix(".jsonl")], content)
            elif kind == "media":
                counted["files"] += 1
                _write_file(aside / rest, content)
            elif name == KEY_MEMBER and not settings.ALLOWED_HOSTS_GIVEN:
                _write_file(_key_path(), content)
                _key_path().chmod(0o600)
        connection.check_constraints()
        rows.reset_sequences(list(models.values()))
    ContentType.objects.clear_cache()
    return counted


def _write_file(path: Path, content: IO[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        shutil.copyfileobj(content, file)


def _swap_media(aside: Path) -> None:
    for old in Path(settings.MEDIA_ROOT).iterdir():
        if old != aside:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for new in aside.iterdir():
        new.rename(Path(settings.MEDIA_ROOT) / new.name)
