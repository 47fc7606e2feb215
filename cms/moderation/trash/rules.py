"""The database's part in the trash: nothing in it is ever live."""

from cms.moderation.database_rules import register_rule

_PAGE, _TRASH = "wagtailcore_page", "moderation_trashpage"
_NAME, _WORDS = "moderation_trash_is_not_live", "what lies in the trash is not live"
# The first three steps of a path: root, office, its trash (trash.hiding).
_WHEN = (
    f"NEW.live AND EXISTS (SELECT 1 FROM {_PAGE} r JOIN {_TRASH} t ON t.page_ptr_id = r.id"  # noqa: S608 (our own names)
    " WHERE r.path = substr(NEW.path, 1, 12))"
)


def register() -> None:
    """Register the rules."""
    for event in ("INSERT", "UPDATE"):
        name = f"{_NAME}_{event.lower()}"
        register_rule(
            name,
            _PAGE,
            sqlite=f"CREATE TRIGGER {name} AFTER {event} ON {_PAGE} FOR EACH ROW WHEN {_WHEN}"
            f" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
            postgresql=f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
            f" IF {_WHEN} THEN RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'check_violation'; END IF;"
            " RETURN NULL; END$$; "
            f"CREATE TRIGGER {name} AFTER {event} ON {_PAGE} FOR EACH ROW EXECUTE FUNCTION {name}()",
        )
