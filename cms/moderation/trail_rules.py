"""The database's part in the trail: entries are only ever added, and its head only ever moves on."""

from cms.moderation.database_rules import register_rule

_ENTRY, _HEAD = "moderation_trailentry", "moderation_trailhead"
_ONLY_ADDED = "jejak hanya dapat ditambah"
_ONLY_ON = "kepala jejak hanya dapat maju"
# An empty trail's head may be signed anew: a database may be made before its secret key.
_STEP = "NEW.id = OLD.id AND (NEW.number > OLD.number OR (OLD.number = 0 AND NEW.number = 0))"


def register() -> None:
    """Register the rules."""
    for event in ("UPDATE", "DELETE", "TRUNCATE"):
        _refuse(_ENTRY, event, _ONLY_ADDED)
    for event in ("DELETE", "TRUNCATE"):
        _refuse(_HEAD, event, _ONLY_ON)
    # SQLite's INSERT OR REPLACE removes a row without a word to the triggers of DELETE.
    _refuse_replacing(_ENTRY, "number", _ONLY_ADDED)
    _refuse_replacing(_HEAD, "id", _ONLY_ON)
    name = f"{_HEAD}_step"
    register_rule(
        name,
        _HEAD,
        sqlite=f"CREATE TRIGGER {name} BEFORE UPDATE ON {_HEAD} WHEN NOT ({_STEP})"
        f" BEGIN SELECT RAISE(ABORT, '{_ONLY_ON}'); END",
        postgresql=_function(name, f"IF NOT ({_STEP}) THEN RAISE EXCEPTION '{_ONLY_ON}'; END IF; RETURN NEW;")
        + f"CREATE TRIGGER {name} BEFORE UPDATE ON {_HEAD} FOR EACH ROW EXECUTE FUNCTION {name}()",
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
