"""`python -m tests.crashing SCENARIO KILLS SEED`: publishers of a prepared site (VAR_ROOT) are killed again and again.

What readers see is looked at before and after the repair. Prints JSON: kills, complaints, seconds.
"""

import gc
import json
import logging
import os
import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests import smalloffice as office
from tests.smalloffice import PUBLIC, VAR  # sets Django up

from django.conf import settings  # isort: skip
from django.db import connections  # isort: skip

from cms.publishing import epoch, parts, publisher, retiring, returning
from cms.publishing.models import Publication
from cms.publishing.trees.local import LocalTree
from cms.publishing.verifying import verify
from tests import disk_full, reading_on
from tests.killing import run_and_kill, spread
from tests.probing import Reader

DATABASE = Path(settings.DATABASES["default"]["NAME"])
KEPT = VAR / "kept"


def restart() -> None:
    """Do what a publisher that is started again does."""
    retiring.retire_trees()
    publisher.reconcile_site(office.site())
    office.publish()


def go_back_and_on() -> None:
    """Return to the release before, and to the newest again."""
    returning.roll_back(office.site())
    returning.resume(office.site())


def go_on() -> None:
    """Start again, and go on publishing where somebody had gone back."""
    restart()
    if Publication.objects.get().is_paused:
        returning.resume(office.site())
    restart()


class State:
    """Database and tree at one moment, to begin from again and again."""

    def __init__(self) -> None:
        connections.close_all()
        KEPT.mkdir()
        shutil.copy2(DATABASE, KEPT / "db")
        shutil.copytree(PUBLIC, KEPT / "public", symlinks=True, copy_function=os.link)

    def restore(self) -> None:
        """Begin again."""
        connections.close_all()
        epoch.forget()
        for name in (DATABASE, Path(f"{DATABASE}-wal"), Path(f"{DATABASE}-shm")):
            name.unlink(missing_ok=True)
        shutil.copy2(KEPT / "db", DATABASE)
        shutil.rmtree(PUBLIC)
        shutil.copytree(KEPT / "public", PUBLIC, symlinks=True, copy_function=os.link)


class Crash:
    """One thing that is done and killed, and what has to be true whenever that happens."""

    def __init__(
        self, act: Callable[[], object], repair: Callable[[], object], before: dict[int, str]
    ) -> None:
        self.act, self.repair = act, repair
        self.kept = State()
        now = office.live()
        # Whoever moved or stayed is read at the address it had; only who was withdrawn is not.
        self.published = {path for pk, path in before.items() if pk in now}
        self.gone = {path for pk, path in before.items() if pk not in now}
        self.complaints: list[str] = []
        self.kills = 0

    def rehearse(self, log: Path) -> list[str]:
        """Do it once without a kill; returns its steps. What it leaves is what every repair has to leave."""
        run_and_kill(self.act, VAR, log=log)
        self.repair()
        assert verify(office.site(), LocalTree("localhost")) == []
        self.wanted = office.tree()
        return log.read_text().splitlines()

    def kill(self, what: str, **when: float) -> None:
        """Do it, kill it, look, repair, look again."""
        self.kept.restore()
        if not run_and_kill(self.act, VAR, **when):
            return
        self.kills += 1
        found = [f"before repair: {each}" for each in Reader(PUBLIC).complaints(self.published)]
        self.repair()
        found += [f"after repair: {each}" for each in Reader(PUBLIC).complaints(self.published, self.gone)]
        now = office.tree()
        found += [
            f"differs: {path}"
            for path in now.keys() | self.wanted.keys()
            if now.get(path) != self.wanted.get(path)
        ]
        self.complaints += [f"{what}: {each}" for each in found[:6]]


SCENARIOS = {
    "batch": (office.publish, restart),
    "parts": (office.publish, office.publish),
    "build": (office.build, restart),
    "build-alone": (office.build, office.publish),
    "return": (go_back_and_on, go_on),
}


def crash(name: str, kills: int, seed: int) -> dict[str, object]:
    """Run one scenario of killing."""
    began = time.monotonic()
    if name == "parts":
        parts.WIDE = 6
    if name == "return":
        office.build()
    before = office.live()
    office.edit()
    if name == "return":
        office.publish()
    if name == "parts":
        office.rename_index()
    act, repair = SCENARIOS[name]
    crash = Crash(act, repair, before)
    took = time.monotonic()
    steps = crash.rehearse(VAR / "steps")
    took = time.monotonic() - took
    for number in spread(steps, kills):
        crash.kill(f"{number} {steps[number - 1]}", at=number)
    chance = random.Random(seed)  # noqa: S311
    for _number in range(3):
        seconds = chance.uniform(0.01, took / 2)
        crash.kill(f"after {seconds:.3f} s", after=seconds)
    told = {"kills": crash.kills, "steps": len(steps), "seconds": round(time.monotonic() - began, 1)}
    return {**told, "complaints": crash.complaints}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    gc.freeze()  # or each process that is forked from here looks at all of it, and copies it
    gc.set_threshold(50_000, 20, 100)
    what, kills, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    others = {"open": office.open_site, "read": reading_on.run, "full": disk_full.run}
    told = others[what]() if what in others else crash(what, kills, seed)
    print(json.dumps(told))  # noqa: T201
