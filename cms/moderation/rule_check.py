"""Tells, where Django's checks and the health report are read, that a rule of the database is not there."""

from collections.abc import Iterator, Sequence

from django.core.checks import CheckMessage
from django.core.checks import Warning as Alarm
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from cms.health.checking import Problem
from cms.moderation import database_rules


def check_database(databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Find rules that are not there; an alarm and no error, which would keep `migrate` from putting them back."""
    if not databases or connection.alias not in databases or not _is_migrated():
        return []
    hint = _("Jalankan `manage.py migrate`.")
    return [Alarm(words, hint=hint, id="moderation.W001") for words in sentences()]


def problems() -> Iterator[Problem]:
    """Find them for the health report."""
    return (Problem(words) for words in sentences())


def sentences() -> list[str]:
    """Return a sentence for each rule that is not there."""
    return [
        _("Aturan basis data “%(name)s” tidak ada atau diubah.") % {"name": name}
        for name in database_rules.missing()
    ]


def _is_migrated() -> bool:
    """Return whether `migrate` has been here; it asks the checks before it begins."""
    try:
        return "moderation_trailhead" in connection.introspection.table_names()
    except DatabaseError:
        return False
