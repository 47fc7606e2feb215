"""Whenever the publisher is killed, or the disk is full, readers meet nothing half done and it recovers by itself."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.own_site, pytest.mark.proof]
ROOT: Path = settings.BASE_DIR
# What is killed, and at how many steps, spread over all it does. More: `python -m tests.crashing batch 200 7`.
KILLS = {"batch": 12, "parts": 12, "build": 14, "return": 12}


def environment(folder: Path) -> dict[str, str]:
    """Nothing of this shell's but the path to programs."""
    return {"PATH": os.environ["PATH"], "VAR_ROOT": str(folder), "HOME": str(folder)}


def scenario(name: str, folder: Path, kills: int = 0) -> dict:
    """What a scenario of tests/crashing.py tells that is run on the site at `folder`."""
    command = [sys.executable, "-m", "tests.crashing", name, str(kills), "1"]
    said = subprocess.run(
        command, cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, check=True, timeout=300
    )
    return json.loads(said.stdout)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, migrated_to) -> Path:
    """A site of one office with twenty articles."""
    folder = tmp_path_factory.mktemp("crash")
    migrated_to(folder / "db.sqlite3")
    scenario("open", folder)
    return folder


@pytest.fixture
def told(prepared, tmp_path) -> Callable[..., dict]:
    """What a scenario tells that is run on a copy of that site."""

    def _told(name: str, kills: int = 0) -> dict:
        folder = tmp_path / "var"
        shutil.copytree(prepared, folder, symlinks=True)
        return scenario(name, folder, kills)

    return _told


@pytest.mark.parametrize("name", KILLS)
def test_reader_meets_nothing_half_done_whenever_the_publisher_is_killed(told, name):
    crash = told(name, KILLS[name])
    assert crash["complaints"] == []
    assert crash["kills"] >= KILLS[name], crash


def test_reader_who_never_stops_reading_meets_nothing_half_done(told):
    reading = told("read")
    assert reading["complaints"] == []
    assert reading["rounds"] > 0, reading


def test_full_disk_damages_nothing_is_told_in_words_and_heals_by_itself(told):
    full = told("full")
    if full["skipped"]:
        pytest.skip(full["skipped"])
    assert full["complaints"] == []
