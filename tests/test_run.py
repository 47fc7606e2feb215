"""An operator starts Warta, stops it, kills it, and is told in one line what stands in the way."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.own_site
ROOT: Path = settings.BASE_DIR
DEADLINE = 60  # seconds until a start that hangs is a failure


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Nothing of this shell's but the path to programs."""
    return {"PATH": os.environ["PATH"], "VAR_ROOT": str(folder), "HOME": str(folder), **more}


def until(answered) -> None:
    """Ask again and again until it is so."""
    deadline = time.monotonic() + DEADLINE
    while not answered():
        assert time.monotonic() < deadline, "nothing happened in time"
        time.sleep(0.05)


def children_of(pid: int) -> set[int]:
    """The processes `pid` has started."""
    answer = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = (line.split() for line in answer.stdout.splitlines())
    return {int(child) for child, parent in pairs if int(parent) == pid}


def is_running(pid: int) -> bool:
    """Whether a process lives (one that is dead and not yet fetched does not)."""
    answer = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(answer.stdout.strip()) and not answer.stdout.startswith("Z")


def is_up(port: int) -> bool:
    """Whether the newsroom's door answers."""
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/", timeout=5).status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, migrated_to) -> Path:
    """The folder of an installation that is ready to be served, without content."""
    folder = tmp_path_factory.mktemp("var")
    migrated_to(folder / "db.sqlite3")
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment(folder), check=True)
    return folder


def test_operator_prepares_a_folder_with_nothing_in_it(tmp_path):
    folder = tmp_path / "var"
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment(folder), check=True)
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        assert database.execute("select count(*) from wagtailcore_page where depth = 1").fetchone() == (1,)
    assert "favicon.svg" in (folder / "static" / "staticfiles.json").read_text()


@pytest.fixture
def serving(prepared):
    """A running `manage.py serve`: the process, its port, its log."""
    port = free_port()
    log = prepared / f"{port}.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--prepare"],
            cwd=ROOT,
            env=environment(prepared, PORT=str(port)),
            stdout=file,
            stderr=file,
            start_new_session=True,  # a terminal of its own, as far as signals go
        )
    until(lambda: is_up(port) or process.poll() is not None)
    yield process, port, log
    family = children_of(process.pid)
    process.kill()
    process.wait()
    for child in family:
        until(lambda child=child: not is_running(child))


def test_operator_who_presses_ctrl_c_while_django_starts_sees_no_traceback(tmp_path):
    (tmp_path / "interrupted.py").write_text(
        # What runs in the background of a shell ignores Ctrl-C, and so would this one.
        "import os, signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "print('starting', flush=True)\nos.kill(os.getpid(), signal.SIGINT)\n"
    )
    more = {"PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "interrupted"}
    command = [sys.executable, "manage.py", "serve", "--prepare"]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(tmp_path, **more), capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "starting\n", "")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_operator_stops_everything_with_one_signal(serving, sign):
    process, _port, log = serving
    family = children_of(process.pid)
    assert len(family) == 3
    process.send_signal(sign)
    assert process.wait(DEADLINE) == 0
    assert not any(map(is_running, family))
    assert "Warta berhenti." in log.read_text()
    assert "Traceback" not in log.read_text()


def test_ctrl_c_reaches_the_whole_terminal_and_still_ends_cleanly(serving):
    process, port, log = serving
    family = children_of(process.pid)
    # A browser keeps a connection open that it has asked nothing on yet.
    with socket.create_connection(("127.0.0.1", port)):
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(DEADLINE) == 0
    assert not any(map(is_running, family))
    assert "Warta berhenti." in log.read_text()
    assert not re.search("Traceback|child_died|Unexpected exit", log.read_text())


def test_nothing_outlives_a_killed_server(serving):
    process, port, _ = serving
    family = children_of(process.pid)
    process.kill()
    process.wait()
    until(lambda: not any(map(is_running, family)))
    assert not is_up(port)


def test_a_dead_child_is_replaced_and_the_log_says_so(serving):
    process, port, log = serving
    family = children_of(process.pid)
    for child in family:
        os.kill(child, signal.SIGKILL)
    until(lambda: len(children_of(process.pid) - family) == 3 and is_up(port))
    assert "child_died" in log.read_text()
    assert "Unexpected exit" in log.read_text()


def test_operator_is_told_that_the_port_is_taken(prepared):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, "manage.py", "serve", "--prepare"],
            cwd=ROOT,
            env=environment(prepared, PORT=str(port)),
            capture_output=True,
            text=True,
            check=False,
        )
    assert answer.returncode == 1
    (line,) = answer.stderr.strip().splitlines()
    assert f"Porta {port}" in line


@pytest.mark.parametrize(
    ("name", "address", "sentence"),
    [
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:9/none", "Basis data tidak dapat dihubungi"),
        ("CACHE_URL", "redis://127.0.0.1:9/1", "Tembolok tidak dapat dihubungi"),
    ],
)
def test_operator_is_told_that_a_service_does_not_answer(prepared, name, address, sentence):
    answer = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment(prepared, **{name: address, "PORT": str(free_port())}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert sentence in answer.stderr.strip().splitlines()[-1]
    assert "Traceback" not in answer.stderr


def test_operator_is_told_to_prepare_a_new_installation(tmp_path):
    answer = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment(tmp_path, PORT=str(free_port())),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "manage.py prepare" in answer.stderr


def test_operator_is_told_to_prepare_static_files(prepared):
    (prepared / "static").rename(prepared / "aside")
    try:
        answer = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment(prepared, PORT=str(free_port())),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        (prepared / "aside").rename(prepared / "static")
    assert answer.returncode == 1
    (line,) = answer.stderr.strip().splitlines()
    assert "Berkas statis" in line
    assert "manage.py prepare" in line


@pytest.fixture
def clone(tmp_path) -> Path:
    """What `make` needs of a fresh clone, in a folder of its own."""
    folder = tmp_path / "clone"
    (folder / "cms").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "cms/bootstrap.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def shim(folder: Path, name: str, script: str) -> Path:
    """Put a program called `name` into a folder that stands alone on the path, with the few others make needs."""
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    for tool in ("make", "sh", "sed", "touch"):
        if not (bin_folder / tool).exists():
            (bin_folder / tool).symlink_to(str(shutil.which(tool)))
    program = bin_folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return bin_folder


def make(clone: Path, path: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run make there, with `path` as the only place of programs."""
    return subprocess.run(
        ["make", *arguments],
        cwd=clone,
        env={"PATH": str(path), "HOME": str(clone), **more},
        capture_output=True,
        text=True,
        check=False,
    )


def sentence_of(answer: subprocess.CompletedProcess[str]) -> str:
    """The one line that is not make's own."""
    assert answer.returncode != 0
    assert "Traceback" not in answer.stderr
    (line,) = [line for line in answer.stderr.splitlines() if not re.match(r"g?make", line)]
    return line


def test_a_beginner_with_an_old_python_is_told_which_one_is_needed(clone, tmp_path):
    old = shim(tmp_path, "python3", 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    line = sentence_of(make(clone, old, "setup"))
    assert "Python 3.11 atau lebih baru" in line
    assert "Python 3.9.2" in line


def test_a_beginner_whose_python_has_no_venv_is_told_which_package_to_install(clone, tmp_path):
    # As on Debian without python3-venv: the interpreter is fine, ensurepip is not there.
    block = (
        "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = sys.argv[2:]; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    script = (
        f'if [ "$1" = -I ]; then exec {sys.executable} -I -c "{block}" "$@"; fi\nexec {sys.executable} "$@"'
    )
    line = sentence_of(make(clone, shim(tmp_path, "python3.11", script), "setup"))
    assert "apt install python3." in line


def test_a_beginner_in_a_folder_of_somebody_else_is_told_so(clone, tmp_path):
    # root may write anywhere; /proc refuses it too.
    (clone / "cms" / "bootstrap.py").write_text(
        (ROOT / "cms" / "bootstrap.py")
        .read_text()
        .replace("ROOT = Path(__file__).resolve().parent.parent", 'ROOT = Path("/proc")')
    )
    line = sentence_of(make(clone, shim(tmp_path, "python3", f'exec {sys.executable} "$@"'), "setup"))
    assert "folder /proc tidak dapat ditulisi" in line


def test_a_beginner_without_internet_is_told_to_check_the_connection(clone, tmp_path):
    path = shim(tmp_path, "python3", f'exec {sys.executable} "$@"')
    away = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    line = sentence_of(make(clone, path, "setup", **away))
    assert "Periksa sambungan internet" in line


def test_a_beginner_asks_make_what_it_can_do(clone, tmp_path):
    answer = make(clone, shim(tmp_path, "python3", "exit 1"), "help")
    for target in ("run", "test", "check", "bench"):
        assert f"make {target}\t" in answer.stdout
