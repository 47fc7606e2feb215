"""A database, media folder and task queue for measuring, which never touch the site's own."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import override_settings

from cms.publishing import epoch


@contextmanager
def scratch_site(folder: Path) -> Generator[None]:
    """Run the block on a new, empty, migrated database; it and its media are removed afterwards.

    SQLite: a file in `folder`. PostgreSQL: the database `<name>_bench` on the same server.
    """
    own = connection.settings_dict["NAME"]
    aside = str(folder / "bench.sqlite3") if connection.vendor == "sqlite" else f"{own}_bench"
    test = connection.settings_dict["TEST"]
    kept, test["NAME"] = test.get("NAME"), aside
    at_once = "django_tasks.backends.immediate.ImmediateBackend"
    immediate = {name: {**queue, "BACKEND": at_once} for name, queue in settings.TASKS.items()}
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        TASKS=immediate,
        MEDIA_ROOT=folder / "media",
        PUBLIC_ROOT=folder / "public",
        VAR_ROOT=folder,
        STORAGES={**settings.STORAGES, "staticfiles": plain},
    ):
        # The site's database is named first and closed: create_test_db turns the connection to the new one.
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=None)
        try:
            epoch.forget()
            yield
        finally:
            connection.creation.destroy_test_db(own, verbosity=0)
            test["NAME"] = kept
            epoch.forget()
