"""Programs of Warta run beside the bench on its scratch database, watched for what they cost."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

_LOOK = 0.5  # seconds between two looks at the memory: the kernel walks through all of it each time


class Watched:
    """A running program: its most memory (MB, all its processes together) is known once it has ended."""

    def __init__(self, arguments: list[str]) -> None:
        """Start `python <arguments>` with this process's settings and database."""
        gather_static_files()
        self.peak = 0.0
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=_environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def answer(self) -> dict[str, float]:
        """Return the JSON the program has written. Raises RuntimeError when it failed."""
        out, _err = self.process.communicate()
        self._watcher.join()
        if self.process.returncode:
            raise RuntimeError(" ".join(map(str, self.process.args)))  # ty: ignore[invalid-argument-type]
        return json.loads(out.splitlines()[-1])

    def _watch(self) -> None:
        while self.process.poll() is None:
            self.peak = max(self.peak, sum(map(_memory, _family(self.process.pid))))
            time.sleep(_LOOK)


@cache
def gather_static_files() -> None:
    """Lay out style sheets and scripts where these programs look for them."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=_environment(), check=True)  # noqa: S603


@contextmanager
def publisher() -> Generator[None]:
    """Let the publisher run as it does beside the server."""
    child = Watched(["manage.py", "serve", "--publisher-of", str(os.getpid())])
    try:
        yield
    finally:
        child.process.terminate()
        child.process.wait()


def _environment() -> dict[str, str]:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{database['NAME']}"
    else:
        who = f"{database['USER']}:{database['PASSWORD']}".removesuffix(":")
        address = f"postgres://{who}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"
    folders = {
        "VAR_ROOT": settings.VAR_ROOT,
        "PUBLIC_ROOT": settings.PUBLIC_ROOT,
        "MEDIA_ROOT": settings.MEDIA_ROOT,
    }
    return {**os.environ, "DATABASE_URL": address, "PYTHONPATH": str(settings.BASE_DIR)} | {
        name: str(folder) for name, folder in folders.items()
    }


def _family(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            tasks = Path(f"/proc/{each}/task").iterdir()
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue  # it has ended, or this is no Linux
    return found


def _memory(pid: int) -> float:
    """Return the memory of one process in MB; what it shares counts by its share (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
