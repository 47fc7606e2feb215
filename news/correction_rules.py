"""The database's part in corrections: they are entered, and neither changed nor removed whoever asks.

Free are only the erasure of personal data (a withdrawal says so) and the end of the page itself, whose deletion holds
a permit while it lasts (cms.moderation.signals).
"""

from cms.moderation.database_rules import register_rule
from cms.moderation.permits import DELETION, Permit
from news.corrections import Correction
from news.withdrawals import Withdrawal

_TABLE = Correction._meta.db_table
_ONLY_ADDED = "ralat hanya dapat ditambah"
_WORDS = {"text", "wrong", "right", "earlier_text", "is_erased"}
_ERASED = (
    "NEW.is_erased AND NEW.\"text\" = '' AND NEW.wrong = '' AND NEW.\"right\" = '' AND NEW.earlier_text IS NULL"
    f" AND EXISTS (SELECT 1 FROM {Withdrawal._meta.db_table} w"
    " WHERE w.page_id = OLD.page_id AND w.has_personal_data)"
)
_DELETED = (
    f"EXISTS (SELECT 1 FROM {Permit._meta.db_table} i WHERE i.page_id = OLD.page_id"
    f" AND i.reason = '{DELETION}' AND IS_OWN(i))"
)


def register() -> None:
    """Register the rules."""
    columns = [str(field.column) for field in Correction._meta.local_concrete_fields]
    fixed = [name for name in columns if name not in _WORDS and name != "answers_id"]
    words = f"({_differs(sorted(_WORDS))}) AND NOT ({_ERASED})"
    answers = f"({_differs(['answers_id'])}) AND NOT (NEW.answers_id IS NULL AND {_DELETED})"
    _refuse("fixed", "UPDATE", f"{_differs(fixed)} OR ({words}) OR ({answers})")
    _refuse("kept", "DELETE", f"NOT {_DELETED}")
    # SQLite's INSERT OR REPLACE removes a row without a word to the triggers of DELETE.
    numbered = "c.site_id = NEW.site_id AND c.year = NEW.year AND c.number = NEW.number"
    versioned = "c.page_id = NEW.page_id AND c.version = NEW.version"
    there = f"c.id = NEW.id OR ({numbered}) OR ({versioned})"
    replaced = f"EXISTS (SELECT 1 FROM {_TABLE} c WHERE {there})"
    register_rule(f"{_TABLE}_replaced", _TABLE, sqlite=_on_sqlite("replaced", "INSERT", replaced))
    name = f"{_TABLE}_emptied"
    body = f"BEGIN RAISE EXCEPTION '{_ONLY_ADDED}'; END"
    trigger = (
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {_TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
    register_rule(name, _TABLE, postgresql=f"{_function(name, body)}; {trigger}")


def _refuse(what: str, event: str, when: str) -> None:
    name = f"{_TABLE}_{what}"
    condition = when.replace("IS_OWN(i)", "i.opened_in = txid_current()")
    row = "OLD" if event == "DELETE" else "NEW"
    raised = f"RAISE EXCEPTION '{_ONLY_ADDED}' USING ERRCODE = 'check_violation'"
    body = f"BEGIN IF {condition} THEN {raised}; END IF; RETURN {row}; END"
    trigger = f"CREATE TRIGGER {name} BEFORE {event} ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()"
    postgresql = f"{_function(name, body)}; {trigger}"
    register_rule(name, _TABLE, sqlite=_on_sqlite(what, event, when), postgresql=postgresql)


def _on_sqlite(what: str, event: str, when: str) -> str:
    condition = when.replace("IS DISTINCT FROM", "IS NOT").replace("IS_OWN(i)", "TRUE")
    head = f"CREATE TRIGGER {_TABLE}_{what} BEFORE {event} ON {_TABLE} FOR EACH ROW WHEN {condition}"
    return f"{head} BEGIN SELECT RAISE(ABORT, '{_ONLY_ADDED}'); END"


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"


def _differs(columns: list[str]) -> str:
    return " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in columns)
