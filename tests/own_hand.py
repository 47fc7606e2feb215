"""Lets tests of everything else than moderation make live what they need: no rule asks for a second person."""

from contextlib import nullcontext

from django.db import connection
from wagtail.models import PagePermissionTester

from cms.moderation import database_rules, four_eyes
from cms.moderation.trash import keeping

FOUR_EYES_RULES = {name: rule for name, rule in database_rules._rules.items() if name.startswith("warta_")}


def publish_by_own_hand() -> None:
    """Forget the rules, before `migrate` would install them or inside `database_rules.lifted`."""
    forget_rules()
    four_eyes.guarded = lambda page, update_fields: nullcontext()
    four_eyes.FourEyesRights = PagePermissionTester
    keeping.first_kept = lambda pages: None


def take_rules_out() -> None:
    """Take the rules of four eyes out of a database that was copied with them."""
    with connection.cursor() as cursor:
        for rule in FOUR_EYES_RULES.values():
            cursor.execute(database_rules._drop(rule))


def forget_rules() -> None:
    """Leave the rules of four eyes out of what is installed."""
    for name in FOUR_EYES_RULES:
        database_rules._rules.pop(name, None)


def note_rules() -> None:
    """Let SQLite know at once which rules a transaction has changed.

    Else it reads all of its schema anew, and prepares every statement anew, whenever a savepoint of that transaction
    is taken back: 5 ms each time. What another schema cookie tells of, it still sees.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA writable_schema = RESET")
