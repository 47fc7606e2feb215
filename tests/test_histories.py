"""Whatever happens in a newsroom, in whatever order: after a publication both trees are what a clean build gives."""

import pytest

from tests.histories import try_histories
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db
EACH = 4  # histories tried of one newsroom
TURNS = 26  # 104 histories in all
A_FEW = 2  # turns on PostgreSQL, and under another Python


@pytest.mark.proof
@pytest.mark.parametrize("turn", range(TURNS))
def test_any_history_leaves_what_a_clean_build_gives(newsroom: Newsroom, turn: int):
    """Try the same histories each time, in parts that run side by side; `make soak` tries others."""
    try_histories(newsroom, turn, EACH)


@pytest.mark.parametrize("turn", range(A_FEW))
def test_some_histories_leave_it_on_every_database(newsroom: Newsroom, turn: int):
    try_histories(newsroom, TURNS + turn, EACH)
