"""The database's part in the trail: entries are only ever added, and its head only ever moves on.

Free is only the erasure of the words of a page's entries, while a permit for it is open (cms.moderation.erasing).
"""

from cms.moderation.database_rules import register_rule
from cms.moderation.permits import ERASURE, Permit
from cms.moderation.trail_entries import WORDS, TrailEntry

_ENTRY, _HEAD = "moderation_trailentry", "moderation_trailhead"
_ONLY_ADDED = "jejak hanya dapat ditambah"
_ONLY_ON = "kepala jejak hanya dapat maju"
# An empty trail's head may be signed anew: a database may be made before its secret key.
_STEP = "NEW.id = OLD.id AND (NEW.number > OLD.number OR (OLD.number = 0 AND NEW.number = 0))"


def register() -> None:
    """Register the rules."""
    _refuse_unless(f"{_ENTRY}_update", _ENTRY, _erases(), _ONLY_ADDED)
    for event in ("DELETE", "TRUNCATE"):
        _refuse(_ENTRY, event, _ONLY_ADDED)
    for event in ("DELETE", "TRUNCATE"):
        _refuse(_HEAD, event, _ONLY_ON)
    # SQLite's INSERT OR REPLACE removes a row without a word to the triggers of DELETE.
    _refuse_replacing(_ENTRY, "number", _ONLY_ADDED)
    _refuse_replacing(_HEAD, "id", _ONLY_ON)
    _refuse_unless(f"{_HEAD}_step", _HEAD, _STEP, _ONLY_ON)


def _erases() -> str:
    fixed = [str(field.column) for field in TrailEntry._meta.local_concrete_fields if field.name not in WORDS]
    same = " AND ".join(f"OLD.{name} IS NOT DISTINCT FROM NEW.{name}" for name in fixed)
    permit = (
        f"SELECT 1 FROM {Permit._meta.db_table} i WHERE i.page_id = OLD.page_id AND i.reason = '{ERASURE}'"  # noqa: S608
    )
    return f"NEW.salt = '' AND {same} AND EXISTS ({permit} AND IS_OWN(i))"


def _refuse_unless(name: str, table: str, allowed: str, words: str) -> None:
    """Refuse every UPDATE but one that is `allowed`; IS_OWN(i): the permit `i` was opened by this transaction."""
    here = allowed.replace("IS NOT DISTINCT FROM", "IS").replace("IS_OWN(i)", "TRUE")
    there = allowed.replace("IS_OWN(i)", "i.opened_in = txid_current()")
    register_rule(
        name,
        table,
        sqlite=f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN NOT ({here})"
        f" BEGIN SELECT RAISE(ABORT, '{words}'); END",
        postgresql=_function(name, f"IF NOT ({there}) THEN RAISE EXCEPTION '{words}'; END IF; RETURN NEW;")
        + f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def _refuse(table: str, event: str, words: str) -> None:
    name, level = f"{table}_{event.lower()}", "STATEMENT" if event == "TRUNCATE" else "ROW"
    sqlite = f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END"
    register_rule(
        name,
        table,
        sqlite="" if event == "TRUNCATE" else sqlite,
        postgresql=_function(name, f"RAISE EXCEPTION '{words}';")
        + f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {level} EXECUTE FUNCTION {name}()",
    )


def _refuse_replacing(table: str, key: str, words: str) -> None:
    name = f"{table}_replace"
    is_there = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 (names of our own models)
    sqlite = f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {is_there}"
    register_rule(name, table, sqlite=f"{sqlite} BEGIN SELECT RAISE(ABORT, '{words}'); END")


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {body} END$$; "
