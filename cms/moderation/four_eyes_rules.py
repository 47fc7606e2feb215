"""Four eyes in the database: the last line, for whatever comes past Django's models.

Who may INSERT approvals in SQL can forge one; only the chained trail finds that (trail).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page, Revision, get_page_models

from cms.moderation.approvals import Approval, Contribution, TakenBack
from cms.moderation.database_rules import register_rule
from cms.moderation.permits import ERASURE, Permit
from cms.moderation.texts import content_columns
from cms.moderation.waivers import Waiver

_NO_APPROVAL = "four eyes: nobody else has approved this revision"
_NO_PERMIT = "four eyes: the text of a live page changes only by an approval"
_FROZEN = "four eyes: an approved revision does not change"
_KEPT = "four eyes: approvals and waivers are only ever added"
_NOT_LOST = "four eyes: a page that was ever public is not deleted"
_IMPORTED_ONCE = "four eyes: an import lets only what it brings itself go live"
_OWN_WORK = "four eyes: who wrote the text cannot approve it"


@dataclass(frozen=True)
class _Rule:
    """One trigger: `when` (SQL over NEW and OLD) makes `event` on `table` fail with `message`.

    `when` is written once for both databases: `IS DISTINCT FROM` compares with NULL, `IS_OWN(i)` asks whether
    the permit row `i` was written by this transaction.
    """

    name: str
    table: str
    event: str  # INSERT, UPDATE or DELETE
    when: str
    message: str

    @property
    def trigger(self) -> str:
        return f"warta_{self.name}"

    @property
    def sqlite(self) -> str:
        when = self.when.replace("IS DISTINCT FROM", "IS NOT").replace("IS_OWN(i)", "TRUE")
        return (
            f'CREATE TRIGGER "{self.trigger}" AFTER {self.event} ON "{self.table}" FOR EACH ROW WHEN {when}'
            f" BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    @property
    def postgresql(self) -> str:
        when = self.when.replace("IS_OWN(i)", "i.opened_in = txid_current()")
        body = (
            f"BEGIN IF {when} THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation';"
            " END IF; RETURN NULL; END"
        )
        name = f'"{self.trigger}"'
        return (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$; "
            f'CREATE TRIGGER {name} AFTER {self.event} ON "{self.table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
        )


def register() -> None:
    """Register every rule, for the models of this installation (from AppConfig.ready)."""
    for rule in _rules():
        register_rule(rule.trigger, rule.table, sqlite=rule.sqlite, postgresql=rule.postgresql)


def _rules() -> Iterator[_Rule]:
    yield from _page_rules()
    for model in get_page_models():
        if model is not Page and model._meta.managed:
            yield from _typed_rules(model)
            yield from _child_rules(model)
    yield from _approval_rules()


def _page_rules() -> Iterator[_Rule]:
    page = _table(Page)
    may_go_live = f"({_approved('NEW')} AND {_permit('NEW.id')}) OR ({_follows_live_source()})"
    yield _Rule("page_insert", page, "INSERT", f"NEW.live AND NOT ({may_go_live})", _NO_APPROVAL)
    goes_live = (
        "NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL"
        " AND NEW.live_revision_id IS DISTINCT FROM OLD.live_revision_id))"
    )
    yield _Rule("page_live", page, "UPDATE", f"({goes_live}) AND NOT ({may_go_live})", _NO_APPROVAL)
    changed = _differs([*content_columns(Page), "content_type_id", "alias_of_id"])
    permit = f"{_permit('NEW.id')} OR {_permit('NEW.alias_of_id')} OR {_permit('OLD.alias_of_id')}"
    was_public = f"OLD.live OR OLD.first_published_at IS NOT NULL OR {_ever_approved()}"
    yield _Rule("page_kept", page, "DELETE", f"({was_public}) AND NOT ({_permit('OLD.id')})", _NOT_LOST)
    yield _Rule(
        "page_text", page, "UPDATE", f"OLD.live AND NEW.live AND ({changed}) AND NOT ({permit})", _NO_PERMIT
    )


def _typed_rules(model: type[Page]) -> Iterator[_Rule]:
    """The table of a page type: its row is part of a live page while that page is live."""
    table, key = _table(model), str(model._meta.pk.column)  # ty: ignore[unresolved-attribute]
    columns = content_columns(model)
    yield _Rule(f"{table}_insert", table, "INSERT", _unpermitted(f"NEW.{key}"), _NO_PERMIT)
    if columns:
        changed = f"({_differs(columns)}) AND {_unpermitted(f'NEW.{key}')}"
        yield _Rule(f"{table}_update", table, "UPDATE", changed, _NO_PERMIT)


def _child_rules(model: type[Page]) -> Iterator[_Rule]:
    """The tables of child rows and of what a page is filed under."""
    for table, key in sorted(_child_tables(model)):
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            name = f"{table}_{event}_{row}".lower()
            yield _Rule(name, table, event, _unpermitted(f"{row}.{key}"), _NO_PERMIT)


def _child_tables(model: type[Page]) -> set[tuple[str, str]]:
    own = {
        (_table(relation.related_model), str(relation.field.column))
        for relation in get_all_child_relations(model)
        if relation.field.model._meta.app_label != "wagtailcore"  # comments, and what is no text
        and relation.model is model
    }
    for field in get_all_child_m2m_relations(model):
        if field.model is model:
            through = field.remote_field.through
            own.add((_table(through), str(through._meta.get_field(field.m2m_field_name()).column)))
    return own


def _approval_rules() -> Iterator[_Rule]:
    approval, taken_back = _table(Approval), _table(TakenBack)
    for table in (approval, taken_back):
        yield _Rule(f"{table}_kept", table, "DELETE", "TRUE", _KEPT)
    about = f"(SELECT a.page_id FROM {approval} a WHERE a.id = OLD.approval_id)"
    for table, changed in (
        (approval, _differs_unless_erased(Approval, {"reason"}, "OLD.page_id")),
        (taken_back, f"{_differs(['approval_id'])} OR ({_differs(['reason'])} AND NOT {_erases(about)})"),
    ):
        yield _Rule(f"{table}_fixed", table, "UPDATE", changed, _KEPT)
    yield _Rule(f"{approval}_by_another", approval, "INSERT", _own_work(approval, taken_back), _OWN_WORK)
    yield _Rule(f"{approval}_import", approval, "INSERT", _imported_again(approval), _IMPORTED_ONCE)
    yield from _waiver_rules(approval, taken_back)
    frozen = (
        f"OLD.content <> NEW.content AND EXISTS (SELECT 1 FROM {approval} a WHERE a.revision_id = OLD.id)"
        f" AND NOT {_erases('OLD.object_id', 'CAST(i.page_id AS VARCHAR(20))')}"
    )
    yield _Rule("revision_frozen", _table(Revision), "UPDATE", frozen, _FROZEN)


def _waiver_rules(approval: str, taken_back: str) -> Iterator[_Rule]:
    waiver = _table(Waiver)
    changed = _differs_unless_erased(Waiver, {"reason", "fingerprint", "about"}, "OLD.page_id")
    yield _Rule(f"{waiver}_kept", waiver, "DELETE", "TRUE", _KEPT)
    yield _Rule(f"{waiver}_fixed", waiver, "UPDATE", changed, _KEPT)
    yield _Rule(f"{waiver}_by_another", waiver, "INSERT", _wrote(approval, taken_back), _OWN_WORK)


def _imported_again(approval: str) -> str:
    """Somebody has let the page go live before, or has written in it here."""
    before = f"SELECT 1 FROM {approval} a WHERE a.page_id = NEW.page_id AND a.id <> NEW.id"
    written = f"SELECT 1 FROM {_table(Contribution)} c WHERE c.page_id = NEW.page_id"
    return f"NEW.kind = 'import' AND (EXISTS ({before}) OR EXISTS ({written}))"


def _own_work(approval: str, taken_back: str) -> str:
    # An urgent approval may be of one's own text; the review afterwards is somebody else's.
    published = (
        f"SELECT 1 FROM {approval} u WHERE u.page_id = NEW.page_id AND u.revision_id = NEW.revision_id"
        " AND u.kind = 'urgent' AND u.actor_id = NEW.actor_id"
    )
    return f"NEW.kind = 'review' AND ({_wrote(approval, taken_back)} OR EXISTS ({published}))"


def _wrote(approval: str, taken_back: str) -> str:
    """The person of the new row has had a hand in the revision it names, since the approval before."""
    last = (
        f"SELECT MAX(a.revision_id) FROM {approval} a WHERE a.page_id = NEW.page_id"
        f" AND a.revision_id < NEW.revision_id AND a.kind <> 'urgent'"
        f" AND NOT EXISTS (SELECT 1 FROM {taken_back} t WHERE t.approval_id = a.id)"
    )
    since = f"c.revision_id <= NEW.revision_id AND c.revision_id > COALESCE(({last}), 0)"
    return (
        f"EXISTS (SELECT 1 FROM {_table(Contribution)} c WHERE c.page_id = NEW.page_id"
        f" AND c.user_id = NEW.actor_id AND (c.digest = NEW.digest OR ({since})))"
    )


def _ever_approved() -> str:
    return f"EXISTS (SELECT 1 FROM {_table(Approval)} a WHERE a.page_id = OLD.id)"


def _approved(row: str) -> str:
    approval, taken_back = _table(Approval), _table(TakenBack)
    return (
        f"{row}.alias_of_id IS NULL AND EXISTS (SELECT 1 FROM {approval} a WHERE a.page_id = {row}.id"
        f" AND a.revision_id = {row}.live_revision_id"
        f" AND NOT EXISTS (SELECT 1 FROM {taken_back} t WHERE t.approval_id = a.id))"
    )


def _follows_live_source() -> str:
    page = _table(Page)
    source = f"SELECT 1 FROM {page} s WHERE s.id = NEW.alias_of_id AND s.live AND s.title = NEW.title"
    return f"EXISTS ({source}) AND {_permit('NEW.alias_of_id')}"


def _unpermitted(key: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {_table(Page)} p WHERE p.id = {key} AND p.live"
        f" AND NOT ({_permit('p.id')} OR {_permit('p.alias_of_id')}))"
    )


def _permit(key: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_table(Permit)} i WHERE i.page_id = {key} AND IS_OWN(i))"


def _erases(page: str, named: str = "i.page_id") -> str:
    """Personal data of this page is being erased."""
    permit = f"SELECT 1 FROM {_table(Permit)} i WHERE {named} = {page} AND i.reason = '{ERASURE}'"
    return f"EXISTS ({permit} AND IS_OWN(i))"


def _differs_unless_erased(model: type[models.Model], words: set[str], page: str) -> str:
    columns = [str(field.column) for field in model._meta.local_concrete_fields]
    fixed = _differs(name for name in columns if name not in words)
    return f"{fixed} OR (({_differs(sorted(words))}) AND NOT {_erases(page)})"


def _differs(columns: Iterable[str]) -> str:
    return " OR ".join(f"OLD.{_quoted(name)} IS DISTINCT FROM NEW.{_quoted(name)}" for name in columns)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table
