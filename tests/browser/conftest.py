"""A running site in its own folder, as `make run` leaves it, and a real browser before it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "var" / "screenshots"
PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 20_000  # ms; a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _manage(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]


def _environment(folder: Path, port: int) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**own, "VAR_ROOT": str(folder), "PORT": str(port)}


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo site nobody has opened yet; whoever serves one takes a copy."""
    folder = tmp_path_factory.mktemp("untouched")
    environment = _environment(folder, _free_port())
    for step in ("prepare", "demo", "images"):
        _manage(environment, step)
    return folder


@pytest.fixture(scope="session")
def address(untouched: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo site that many tests change, with its server and its worker."""
    with _serving(untouched, tmp_path_factory.mktemp("var")) as found:
        yield found


@pytest.fixture
def own_address(untouched: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a demo site that nobody has changed before."""
    with _serving(untouched, tmp_path / "var") as found:
        yield found


@contextlib.contextmanager
def _serving(untouched: Path, folder: Path) -> Iterator[str]:
    """Serve a copy of a demo site from `folder`, on a port of its own."""
    shutil.copytree(untouched, folder, dirs_exist_ok=True)
    port = _free_port()
    environment = _environment(folder, port)
    _manage(environment, "demo")  # its sites follow the port
    _manage(environment, "publish")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (PICTURES / f"serve-{folder.name}.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            _wait_for(port, server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(port: int, server: subprocess.Popen) -> None:
    for _ in range(600):
        assert server.poll() is None, "the server ended before it answered"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            server.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser of one person: `open_browser(viewport=PHONE, scheme="dark")`."""
    opened: list[BrowserContext] = []

    def _open(viewport: dict[str, int] = PHONE, scheme: str = "light") -> BrowserContext:
        context = chromium.new_context(
            viewport=viewport, color_scheme=scheme, locale="id-ID", has_touch=viewport is PHONE
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield _open
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots are kept for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES
