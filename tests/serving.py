"""What the serving tests share: a running server with its folder, and a reader who asks it over a socket."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from cms.publishing.outputs import File, Stage
from cms.publishing.trees.local import LocalTree

ROOT: Path = settings.BASE_DIR
DEADLINE = 60  # seconds until what does not happen is a failure


@dataclass
class Got:
    """An answer as it came over the wire."""

    status: int
    headers: Message
    body: bytes


@dataclass
class Served:
    """A server that answers from `folder` on `port`."""

    folder: Path
    port: int

    @property
    def public(self) -> Path:
        """The folder of all trees."""
        return self.folder / "public"

    def publish(self, files: Mapping[str, str | bytes], removals=(), host: str = "localhost") -> None:
        """Publish as a batch does: staged, journaled, renamed into place."""
        with override_settings(PUBLIC_ROOT=self.public):
            tree = LocalTree(host)
            for path, content in files.items():
                tree.stage(File(path, content.encode() if isinstance(content, str) else content), Stage.PAGE)
            tree.commit(removals)
            tree.settle()

    def release(self, files: Mapping[str, str], host: str = "localhost") -> Path:
        """Publish everything anew: a fresh release, swapped in with one rename; returns the release before."""
        with override_settings(PUBLIC_ROOT=self.public):
            tree = LocalTree(host)
            before, folder = tree.release, tree.new_release()
            for path, content in files.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(content)
            tree.switch(folder)
        return before

    def ask(self, path: str, method: str = "GET", host: str | None = "localhost", **headers: str) -> Got:
        """Ask as a browser does; header names are written with underscores. `path` goes out as it is."""
        named = {} if host is None else {"Host": host}
        sent = {**named, **{name.replace("_", "-"): value for name, value in headers.items()}}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        return self.send("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"), method)

    def send(self, request: bytes, method: str = "GET") -> Got:
        """Send these very bytes and take in the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=DEADLINE) as connection:
            connection.sendall(request)
            answer = HTTPResponse(connection, method=method)
            answer.begin()
            return Got(answer.status, answer.headers, answer.read())

    @contextlib.contextmanager
    def without_database(self) -> Generator[None]:
        """Take the database away, then bring it back."""
        database, aside = self.folder / "db.sqlite3", self.folder / "aside"
        aside.mkdir()
        for file in self.folder.glob("db.sqlite3*"):
            file.rename(aside / file.name)
        database.mkdir()  # so that nobody makes an empty one
        try:
            yield
        finally:
            database.rmdir()
            for file in aside.iterdir():
                file.rename(self.folder / file.name)
            aside.rmdir()


def until(happened) -> None:
    """Ask again and again until it is so."""
    deadline = time.monotonic() + DEADLINE
    while not happened():
        assert time.monotonic() < deadline, "nothing happened in time"
        time.sleep(0.01)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run_here(folder: Path, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VAR_ROOT": str(folder), "HOME": str(folder)}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**own, **more},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


_PREPARE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings"
django.setup()
from cms.publishing import preparing
preparing.bring_up_to_date()
"""


@contextlib.contextmanager
def serving(folder: Path, fill: str) -> Generator[Served]:
    """Fill a new installation by running `fill` (Python, Django being set up) there; then run its server."""
    assert _run_here(folder, "-c", _PREPARE + fill).wait(DEADLINE) == 0, (folder / "log").read_text()
    port = free_port()
    process = _run_here(folder, "manage.py", "serve", PORT=str(port))
    served = Served(folder, port)

    def is_up() -> bool:
        assert process.poll() is None, (folder / "log").read_text()
        with contextlib.suppress(OSError):
            return served.ask("/admin/login/").status == 200
        return False

    try:
        until(is_up)
        yield served
    finally:
        process.terminate()
        process.wait(DEADLINE)
