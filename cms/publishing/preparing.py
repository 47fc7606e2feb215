"""Bringing an installation up to its code: database, static files, and on the first day the demo content."""

import contextlib
import hashlib
import logging
import sys
from collections.abc import Callable, Iterator
from importlib import util
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import caches
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.accounts.models import User
from cms.publishing import building, publisher
from cms.publishing.models import Publication
from cms.publishing.office import office_of_site
from cms.publishing.progress import Progress


def require_services() -> None:
    """Raise CommandError, in one line, when the database or the cache does not answer."""
    try:
        _connect()
    except (DatabaseError, OSError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise CommandError(
            f"Basis data tidak dapat dihubungi ({reason}). Periksa DATABASE_URL dan apakah servernya menyala."
        ) from error
    try:
        caches["default"].get("warta")
    except Exception as error:  # every cache library has errors of its own
        reason = str(error).strip().partition("\n")[0]
        raise CommandError(
            f"Tembolok tidak dapat dihubungi ({reason}). Periksa CACHE_URL dan apakah servernya menyala."
        ) from error


def _connect() -> None:
    """Connect to the database once; past the pool, which tries for ten seconds and then cannot say why."""
    if connection.vendor == "postgresql":
        with connection.wrap_database_errors:
            connection.Database.connect(**connection.get_connection_params()).close()
    else:
        connection.ensure_connection()


def _known_migrations() -> Iterator[tuple[str, str]]:
    for app in apps.get_app_configs():
        if util.find_spec(f"{app.name}.migrations"):
            for module in iter_modules([str(Path(app.path) / "migrations")]):
                if module.name[0] not in "_~":
                    yield app.label, module.name


_steps: list[Callable[[], None]] = []


def register_step(step: Callable[[], None]) -> None:
    """Let `step` bring to this version what no migration tells of; it takes milliseconds where nothing is to do."""
    _steps.append(step)


def is_migrated() -> bool:
    """Tell, in milliseconds and without importing them, whether every migration on disk was applied."""
    applied = MigrationRecorder(connection).applied_migrations().keys()
    return all(known in applied for known in _known_migrations())


def migrate() -> None:
    """Apply what is missing. A database file that is still empty is written without waiting for the disk."""
    if is_migrated():
        return
    sys.stdout.write("Menyiapkan basis data ...\n")
    sys.stdout.flush()
    is_new_file = connection.vendor == "sqlite" and not connection.introspection.table_names()
    if is_new_file:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()  # the next connection syncs again


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            place = Path(storage.path(path))
            status = place.stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_stamp() -> Path:
    return settings.STATIC_ROOT / ".collected"


def has_static() -> bool:
    """Tell whether the static files of this version have been gathered."""
    stamp = _static_stamp()
    return stamp.exists() and stamp.read_text(encoding="ascii") == _static_fingerprint()


def collect_static() -> None:
    """Gather the static files under hashed names; nothing happens when none has changed."""
    if not has_static():
        call_command("collectstatic", interactive=False, verbosity=0)
        _static_stamp().write_text(_static_fingerprint(), encoding="ascii")


def bring_up_to_date() -> None:
    """Bring tables and static files to this version. Raises CommandError when a folder cannot be written."""
    try:
        migrate()
        for step in _steps:
            step()
        collect_static()
    except PermissionError as error:
        raise CommandError(
            f"Folder {Path(error.filename).parent} tidak dapat ditulisi ({error.strerror})."
        ) from error


def _is_demo() -> bool:
    offices = (office_of_site(site) for site in Site.objects.all())
    return any(office.is_demo for office in offices if office)


def _make_pictures() -> None:
    """Let the first visitor see every picture; one that fails says so in the newsroom and stops no start."""
    sys.stdout.write("Menyiapkan gambar ...\n")
    sys.stdout.flush()
    with contextlib.suppress(SystemExit):
        call_command("images")


def _publish_first() -> None:
    """Make the tree of every office that has none yet, so that the first reader finds files."""
    whole = set(Publication.objects.filter(is_whole=True).values_list("pk", flat=True))
    sites = [site for site in publisher.sites_to_build() if site.pk not in whole]
    bar = Progress(100 * len(sites), "%", _("Menerbitkan situs"), sys.stdout) if sites else None
    for number, site in enumerate(sites):

        def advance(done: int, total: int, before: int = 100 * number, host: str = site.hostname) -> None:
            bar.reach(before + 100 * done // total, host)  # ty: ignore[unresolved-attribute]

        building.build(site, advance=advance)
    if bar:
        bar.close()


def prepare(with_demo: bool) -> None:
    """Make everything ready to be served; `with_demo` fills an installation that has no people yet.

    Raises CommandError when a folder cannot be written or a service does not answer.
    """
    require_services()
    bring_up_to_date()
    if with_demo and "demo" in get_commands() and (not User.objects.exists() or _is_demo()):
        # Loads once; later it only lets the sites follow the port and says who may log in.
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # not a line for each page
        is_new = not User.objects.exists()
        call_command("demo")
        if is_new:
            _make_pictures()
        logging.getLogger("wagtail").setLevel(logging.NOTSET)
    _publish_first()
