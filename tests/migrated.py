"""A database with all migrations applied, made once and copied for every process of every run after that.

It is kept under a digest of what it is made of: whoever changes a migration, a model or Django gets a new one.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import util
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

FOLDER: Path = settings.VAR_ROOT / "migrated"


@cache  # tests make models of their own: what they add later is nothing it is made of
def digest() -> str:
    """Say what the database was made of: migrations, the rights and types of models, the library, the engine."""
    found = hashlib.sha256(f"{django.VERSION}{connection.vendor}".encode())
    for file in _migrations():
        found.update(file.name.encode() + file.read_bytes())
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        found.update(repr((meta.label, meta.permissions, meta.default_permissions)).encode())
    return found.hexdigest()[:32]


def _migrations() -> Iterator[Path]:
    for app in apps.get_app_configs():
        if spec := util.find_spec(f"{app.name}.migrations"):
            for folder in spec.submodule_search_locations or ():
                yield from sorted(Path(folder).glob("*.py"))


def begin_with_copies() -> None:
    """Let Django begin the suite's database with a copy; it migrates that too, and finds nothing to do."""
    # A power cut is nothing a test outlives.
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
        )
        copy_file(Path(connection.creation._get_test_db_name()))
    else:
        connection.settings_dict["OPTIONS"]["options"] = "-c synchronous_commit=off"
        connection.settings_dict["TEST"]["TEMPLATE"] = _template()


def copy_anew() -> None:
    """Let PostgreSQL's database be a copy again, whatever has become of it."""
    quote, told = connection.ops.quote_name, connection.settings_dict
    connection.close()
    getattr(connection, "close_pool", bool)()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {quote(told['NAME'])} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {quote(told['NAME'])} TEMPLATE {quote(told['TEST']['TEMPLATE'])}")


def copy_file(to: Path) -> None:
    """Put a migrated, otherwise empty database there, for an installation of its own; SQLite only can."""
    if connection.vendor != "sqlite":
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal", "-shm"):
        to.with_name(to.name + suffix).unlink(missing_ok=True)
    with _one_at_a_time():
        shutil.copyfile(_file(), to)


@contextmanager
def _one_at_a_time() -> Generator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _file() -> Path:
    kept = FOLDER / f"{digest()}.sqlite3"
    if not kept.exists():
        for older in FOLDER.glob("*.sqlite3*"):
            older.unlink()
        _make(FOLDER / "being-made.sqlite3")
        (FOLDER / "being-made.sqlite3").rename(kept)
    return kept


def _template() -> str:
    """Return the name of the database PostgreSQL copies; what it was made of is its comment."""
    name, made_of = f"test_{connection.settings_dict['NAME']}_migrated", digest()
    with _one_at_a_time(), connection.creation._nodb_cursor() as cursor:
        find = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if cursor.execute(find, [name]).fetchone() != (made_of,):
            _make(name)
            cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(name)} IS '{made_of}'")
    return name


def _make(name: Path | str) -> None:
    """Let Django make a test database of this name, and leave it there."""
    told = connection.settings_dict
    before, test_before = told["NAME"], told["TEST"]["NAME"]
    told["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        getattr(connection, "close_pool", bool)()
        told["NAME"], told["TEST"]["NAME"] = before, test_before
