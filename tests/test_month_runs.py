"""However large an archive is, a process that makes its lists holds only some months of it at a time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from news.month_runs import AHEAD, TOGETHER, month_of
from news.outputs.lists import _by_months

months = st.tuples(st.integers(2010, 2014), st.integers(1, 12))
sizes = st.dictionaries(months, st.integers(1, 3 * TOGETHER), min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(sizes, st.integers(1, 3))
def test_lists_of_a_large_archive_are_made_in_turn_a_few_months_held_at_a_time(sizes, shelves):
    idents = [
        f"{'' if shelf == 0 else f's{shelf}/'}{year:04}-{month:02}"
        for year, month in sorted(sizes)
        for shelf in range(shelves)
    ]
    parts = list(_by_months(idents, sizes))
    assert [ident for part in parts for ident in part] == idents
    for part in parts:
        held = {month_of(ident) for ident in part}
        assert len(held) <= AHEAD
        assert len(held) == 1 or sum(sizes[month] for month in held) <= TOGETHER


def test_a_small_archive_is_read_a_year_at_a_time():
    idents = [f"2026-{month:02}" for month in range(1, 13)]
    assert list(_by_months(idents, {(2026, month): 60 for month in range(1, 13)})) == [idents]
    assert list(_by_months(idents, {})) == [idents]
