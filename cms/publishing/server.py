"""The embedded server: granian over RSGI, the published tree before Django, stopped and watched with its parent.

Chosen by measurement (docs/operator.md, "Server").
"""

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

GRACE = 10  # seconds a child may take to finish what it does
PATIENCE = (
    2  # seconds an answer on its way may take at the end; a browser's idle connection would hold granian 30
)


def require_free_port(host: str, port: int) -> None:
    """Raise CommandError when somebody listens there already (granian itself would share the port and not tell)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise CommandError(
                f"Porta {port} di {host} tidak dapat dipakai ({error.strerror}). Hentikan program yang memakainya, "
                f"atau pilih porta lain: PORT={port + 1 if port < 65_535 else 8000} make run"
            ) from error


def follow(parent: int) -> None:
    """End this process soon after the process `parent`, its own parent, is gone, however that died.

    Asked for every half second rather than told by the kernel (PR_SET_PDEATHSIG): that works on a Mac too.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()


def leave_terminal() -> None:
    """Put this process where a terminal's Ctrl-C does not reach it: its parent answers that, and sends one SIGTERM.

    Two signals at once can block granian's handler on its own lock, and one inherited from the parent swallows them.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(PermissionError):  # it leads a session already
        os.setsid()


class _Loader:
    """Gives a server process its application; an object, for the spawned process of a Mac to unpickle."""

    def __init__(self) -> None:
        self.parent = os.getpid()

    def __call__(self) -> Callable[..., Any]:
        leave_terminal()
        follow(self.parent)
        from cms.publishing.reading.door import open_door

        return open_door()


def _load_before_forking() -> None:
    """Import all that answers a request now, so that server processes share it; leave no connection behind."""
    _ = get_resolver().url_patterns
    for connection in connections.all(initialized_only=True):
        connection.close()
        getattr(connection, "close_pool", bool)()


def serve(
    host: str, port: int, processes: int, on_start: Callable[[], None], on_stop: Callable[[], None]
) -> None:
    """Answer requests until SIGINT or SIGTERM; `on_start` runs once the port is ours, `on_stop` at the end.

    Raises SystemExit(1) when the server could not be kept alive.
    """
    # Linux forks the loaded parent (0.1 s); elsewhere forking a loaded process is not safe.
    multiprocessing.set_start_method("fork" if sys.platform == "linux" else "spawn", force=True)
    server = Server(
        target="cms.publishing.reading.door:open_door",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=processes,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig={
            "formatters": {},
            "handlers": {},
            "loggers": {"_granian": {"handlers": [], "propagate": True}},
        },
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
    )
    server.on_startup(on_start)
    server.on_shutdown(on_stop)
    _load_before_forking()
    try:
        server.serve(target_loader=_Loader(), wrap_loader=False)
    except SystemExit:
        # One that died just before the operator stopped us is no failure of ours.
        if not server.interrupt_signal:
            raise


def address_of(settings_host: str = "") -> str:
    """Return the address a person types to reach the site on this machine."""
    host = settings_host or settings.HOST
    return f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0', '::', '::1'} else host}:{settings.PORT}"  # noqa: S104
