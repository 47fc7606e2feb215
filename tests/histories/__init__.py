"""Two offices whose people do anything in any order; each publication must leave what a clean build gives."""

from random import Random

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.histories.articles import Articles
from tests.histories.machine import DEEDS
from tests.histories.offices import Offices
from tests.histories.pages import Pages
from tests.newsroom import Newsroom

SETTINGS = settings(
    deadline=None,
    database=None,
    print_blob=False,
    stateful_step_count=10,
    suppress_health_check=list(HealthCheck),
)


class Histories(Articles, Pages, Offices):
    """Everything that may happen in a newsroom."""


def try_histories(newsroom: Newsroom, turn: int, count: int) -> None:
    """Try `count` histories, the same for the same `turn`, made of a third of the deeds, others in each turn.

    Left alone, hypothesis tries what its order of rules begins with again and again.
    """
    never = Random(turn).sample(sorted(DEEDS), len(DEEDS) * 2 // 3)  # noqa: S311
    some = type(f"Histories{turn}", (Histories,), dict.fromkeys(never))
    run_state_machine_as_test(
        seed(turn)(lambda: some(newsroom)), settings=settings(SETTINGS, max_examples=count)
    )
