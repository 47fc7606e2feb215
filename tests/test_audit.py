"""`manage.py audit --verify`: any entry that was changed, removed, exchanged or slipped in is told."""

import datetime as dt
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.health.checking import examine
from cms.moderation import chain, database_rules, trail, verifying
from cms.moderation.models import TrailEntry, TrailHead
from cms.moderation.trail_entries import Act

pytestmark = pytest.mark.django_db
COUNT = 6
COLUMNS = [field.name for field in TrailEntry._meta.fields]
OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def entries() -> list[TrailEntry]:
    """Six entries, and the database without the rules that keep them: what somebody with all rights has."""
    acts = (Act.WROTE, Act.SUBMITTED, Act.APPROVED, Act.PUBLISHED, Act.CORRECTED, Act.WITHDREW)
    made = [
        trail.record(act, revision_id=number, reason=f"Alasan {number}") for number, act in enumerate(acts)
    ]
    database_rules.remove_all()
    return made


def _audit(*options: str) -> str:
    out = StringIO()
    call_command("audit", "--verify", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def _flaws_after(change: object, **known: object) -> list[str]:
    """Make a change, hear what is found, and take the change back."""
    with transaction.atomic():
        change(**known)
        found = list(verifying.verify())
        transaction.set_rollback(True)
    return found


def test_whole_trail_is_told_so_with_its_last_seal(db):
    assert _audit() == "Jejak utuh: 0 catatan.\n"
    entry = trail.record(Act.WROTE)
    assert _audit() == f"Jejak utuh: 1 catatan.\nSimpan di tempat lain: 1:{entry.seal}\n"


_texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
_numbers = st.none() | st.integers(0, 2**62)
_moments = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))


@OFTEN
@given(number=st.integers(1, COUNT), column=st.sampled_from(COLUMNS), data=st.data())
def test_any_changed_column_of_any_entry_is_found(entries, number, column, data):
    field = TrailEntry._meta.get_field(column)
    kind = field.get_internal_type()
    values = {"DateTimeField": _moments, "CharField": _texts, "TextField": _texts}.get(kind, _numbers)
    if not field.null:
        values = values.filter(lambda value: value is not None)
    value = data.draw(values.filter(lambda value: value != getattr(entries[number - 1], column)))
    if column == "number" and value in range(COUNT + 1):
        value += COUNT + 1
    row = TrailEntry.objects.filter(number=number)
    assert _flaws_after(row.update, **{column: value})


@OFTEN
@given(gone=st.sets(st.integers(1, COUNT), min_size=1))
def test_any_entries_that_are_gone_are_found(entries, gone):
    assert _flaws_after(TrailEntry.objects.filter(number__in=gone).delete)


@OFTEN
@given(pair=st.sets(st.integers(1, COUNT), min_size=2, max_size=2), is_resealed=st.booleans())
def test_any_two_entries_that_changed_places_are_found(entries, pair, is_resealed):
    def _swap() -> None:
        first, second = (TrailEntry.objects.get(number=number) for number in sorted(pair))
        TrailEntry.objects.filter(number__in=pair).delete()
        first.number, second.number = second.number, first.number
        for each in (first, second):
            each.seal = chain.seal_of(each) if is_resealed else each.seal
            each.save(force_insert=True)

    assert _flaws_after(_swap)


@OFTEN
@given(number=st.integers(1, COUNT))
def test_chain_sealed_anew_from_a_changed_entry_on_is_found(entries, number):
    assert _flaws_after(_forge, number=number)


def _forge(number: int) -> None:
    """Change an entry and seal it and all after it anew, the head too: all but the secret key."""
    previous = ""
    for each in TrailEntry.objects.filter(number__gte=number).order_by("number"):
        TrailEntry.objects.filter(number=each.number).delete()
        each.reason += "!"
        each.previous = previous or each.previous
        each.seal = previous = chain.seal_of(each)
        each.save(force_insert=True)
    TrailHead.objects.update(seal=previous)


def test_entry_slipped_in_at_the_end_is_found(entries):
    last = entries[-1]
    slipped = TrailEntry(number=COUNT + 1, at=last.at, act=Act.APPROVED, previous=last.seal)
    slipped.seal = chain.seal_of(slipped)
    slipped.save(force_insert=True)
    with pytest.raises(CommandError, match="tidak utuh"):
        _audit()


def test_going_on_over_a_cut_trail_does_not_hide_the_cut(entries):
    TrailEntry.objects.filter(number__gt=4).delete()
    TrailHead.objects.update(number=4, seal=entries[3].seal)
    trail.record(Act.WROTE)
    assert [re.sub(r"\D", "", each) for each in verifying.verify()] == ["5"]
    assert TrailEntry.objects.get(number=5).act == Act.CHAIN_MENDED
    assert TrailEntry.objects.get(number=6).act == Act.WROTE


def test_going_on_without_a_head_or_behind_a_slipped_in_entry_does_not_stop_work(entries):
    TrailHead.objects.all().delete()
    assert trail.record(Act.WROTE).number == COUNT + 2
    TrailEntry.objects.filter(number=COUNT + 2).update(number=COUNT + 5)
    assert trail.record(Act.WROTE).number == COUNT + 7


def test_old_head_put_back_with_its_entries_is_found_by_a_line_of_the_log(entries):
    TrailEntry.objects.filter(number__gt=4).delete()
    head = TrailHead(pk=1, number=4, seal=entries[3].seal)
    chain.sign(head)
    head.save()
    database_rules.install_all()
    assert "utuh" in _audit()
    with pytest.raises(CommandError):
        _audit("--checkpoint", f"6:{entries[5].seal}")
    with pytest.raises(CommandError):
        _audit("--checkpoint", f"4:{entries[5].seal}")
    assert "utuh" in _audit("--checkpoint", f"4:{entries[3].seal}")


def test_head_signed_with_the_key_of_before_holds_while_that_is_kept(entries, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 60, [settings.SECRET_KEY]
    assert list(verifying.verify()) == []
    settings.SECRET_KEY_FALLBACKS = []
    assert len(list(verifying.verify())) == 1


def test_missing_rule_and_broken_trail_are_in_the_audit_and_the_health_report(entries):
    TrailEntry.objects.filter(number=COUNT).delete()
    with pytest.raises(CommandError) as failed:
        _audit()
    expected = len(database_rules.missing()) + 1
    assert str(expected) in str(failed.value)
    found = {result.check.code for result in examine() if result.problems}
    assert {"database_rules", "trail"} <= found


def test_ten_thousand_entries_are_read_in_few_queries(db, django_assert_max_num_queries):
    entry = trail.record(Act.WROTE)
    copies = [TrailEntry(number=number, at=entry.at, act=Act.WROTE, seal="x") for number in range(2, 10_001)]
    TrailEntry.objects.bulk_create(copies, batch_size=500)
    with django_assert_max_num_queries(12 if connection.vendor == "postgresql" else 4):
        assert len(list(verifying.verify())) > 9_998
