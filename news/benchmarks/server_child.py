"""The embedded server as a child, answering from a tree of its own; it needs no database."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

_PROGRAM = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings"
django.setup()
from django.conf import settings
from cms.publishing import server
server.follow(os.getppid())
server.serve("127.0.0.1", settings.PORT, 1, bool, bool)
"""
_PATIENCE = 60  # seconds


@contextmanager
def serving(public: Path, folder: Path) -> Generator[int]:
    """Serve the trees below `public`; yields the port. What the server writes lies in `folder` and is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    own = {"VAR_ROOT": str(folder), "PUBLIC_ROOT": str(public), "PORT": str(port)}
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", _PROGRAM],
        cwd=settings.BASE_DIR,
        env={"PATH": os.defpath, "PYTHONPATH": str(settings.BASE_DIR), **own},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, child)
        yield port
    finally:
        child.terminate()
        child.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"127.0.0.1:{port}")
