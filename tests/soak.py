"""Other histories than the suite's, for as long as told: `make soak MINUTES=10`; the first that fails is printed."""

import os
import secrets
import sys
import time

import pytest

from tests.histories import try_histories
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db
ROUND = 10  # histories tried with one seed


def test_no_history_leaves_anything_else_than_a_clean_build_gives(newsroom: Newsroom):
    minutes = float(os.environ.get("MINUTES") or "inf")
    start, done = time.monotonic(), 0
    while time.monotonic() - start < minutes * 60:
        number = secrets.randbits(32)
        sys.stderr.write(f"\r{done} riwayat, benih {number}    ")
        try_histories(newsroom, number, ROUND)
        done += ROUND
