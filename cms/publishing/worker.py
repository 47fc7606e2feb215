"""The children of `manage.py serve`, task worker and publisher: started, watched, started again, stopped."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from time import monotonic

import structlog
from django.conf import settings
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cms.publishing.periodic import Clock
from cms.publishing.server import GRACE, follow

logger = structlog.get_logger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a dead child is started again
HEALTHY = 60.0  # seconds after which a child is well, and what made it die before is over


class Child:
    """Keeps one `manage.py serve --<role>-of` running beside the server."""

    def __init__(self, role: str) -> None:
        """Take what it does: "worker" or "publisher"."""
        self._role = role
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name=f"{role}-keeper", daemon=True)

    def start(self) -> None:
        """Start it; from now on it is started again whenever it dies.

        Here and not in the keeper: the server forks its processes now, and one forked in the middle of a start
        would keep the pipe on which the keeper waits to hear that its child runs.
        """
        self._process = self._begin()
        self._keeper.start()

    def stop(self) -> None:
        """Let it finish what it does, for GRACE seconds; then end it."""
        self._stopping.set()
        process = self._process
        if process and process.poll() is None:
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._keeper.join(GRACE)

    def _begin(self) -> subprocess.Popen[bytes]:
        manage = str(settings.BASE_DIR / "manage.py")
        return subprocess.Popen(  # noqa: S603
            [sys.executable, manage, "serve", f"--{self._role}-of", str(os.getpid())],
            cwd=settings.BASE_DIR,
            start_new_session=True,  # Ctrl-C in a terminal is for the parent, which tells its child once
        )

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while self._process:
            began = monotonic()
            status = self._process.wait()
            if self._stopping.is_set():
                return
            if monotonic() - began >= HEALTHY:
                pause = FIRST_PAUSE
            logger.warning("child_died", role=self._role, status=status, starting_again_in_seconds=pause)
            if self._stopping.wait(pause):
                return
            self._process = self._begin()
            if self._stopping.is_set():
                self._process.terminate()
            pause = min(pause * 2, LONGEST_PAUSE)


def stop_all(children: Sequence[Child]) -> None:
    """Stop children side by side: each may take GRACE seconds."""
    threads = [threading.Thread(target=child.stop) for child in children]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(parent: int) -> None:
    """Work through every queue, and do what is periodic, until SIGTERM or until the process `parent` is gone."""
    follow(parent)
    name = f"warta-{socket.gethostname()}-{settings.PORT}"[:64]
    take_back(name)
    worker = Worker(
        queue_names=["*"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    clock = Clock()
    clock.start()
    try:
        worker.run()
    finally:
        clock.stop(GRACE)


def take_back(name: str) -> int:
    """Put back what the worker `name` had begun when it was killed; returns how many tasks."""
    with transaction.atomic():
        begun = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).only("pk", "worker_ids")
        lost = [task.pk for task in begun if task.worker_ids and task.worker_ids[-1] == name]
        return DBTaskResult.objects.filter(pk__in=lost).update(status=TaskResultStatus.READY, started_at=None)
