"""Servers as children, answering from a tree of their own: the embedded one, which needs no database, and nginx."""

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
# One process that answers, as the embedded server has; what docs/operator.md tells an operator to set, and no more.
_NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  types {{ text/html html; }}
  access_log off;
  sendfile on;
  tcp_nopush on;
  gzip_static on;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {tree};
    charset utf-8;
    location / {{ try_files ${{uri}}index.html $uri =404; add_header Cache-Control "no-cache"; }}
  }}
}}
"""
_PATIENCE = 60  # seconds


@contextmanager
def serving(public: Path, folder: Path) -> Generator[int]:
    """Serve the trees below `public`; yields the port. What the server writes lies in `folder` and is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    own = {"VAR_ROOT": str(folder), "PUBLIC_ROOT": str(public), "PORT": str(port)}
    environment = {"PATH": os.defpath, "PYTHONPATH": str(settings.BASE_DIR), **own}
    with _child([sys.executable, "-c", _PROGRAM], environment, folder, port):
        yield port


@contextmanager
def serving_with_nginx(nginx: str, tree: Path, folder: Path) -> Generator[int]:
    """Serve `tree` with the program `nginx` as docs/operator.md sets it up; yields the port."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    plan = folder / "nginx.conf"
    plan.write_text(_NGINX.format(folder=folder, tree=tree, port=port))
    with _child([nginx, "-p", str(folder), "-c", str(plan)], {"PATH": os.defpath}, folder, port):
        yield port


@contextmanager
def _child(command: list[str], environment: dict[str, str], folder: Path, port: int) -> Generator[None]:
    child = subprocess.Popen(  # noqa: S603
        command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, child)
        yield
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
