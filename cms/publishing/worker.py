"""The task worker as a child of `manage.py serve`: started, watched, started again, stopped."""

import os
import socket
import subprocess
import sys
import threading

import structlog
from django.conf import settings
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cms.publishing.server import GRACE, follow

logger = structlog.get_logger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a dead worker is started again


class WorkerChild:
    """Keeps one task worker running beside the server."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        """Start the worker; from now on it is started again whenever it dies."""
        self._keeper.start()

    def stop(self) -> None:
        """Let the worker finish its task, for GRACE seconds; then end it."""
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

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        command = [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            "serve",
            "--worker-of",
            str(os.getpid()),
        ]
        while not self._stopping.is_set():
            self._process = subprocess.Popen(  # noqa: S603
                command,
                cwd=settings.BASE_DIR,
                start_new_session=True,  # Ctrl-C in a terminal is for the parent, which tells the worker once
            )
            if self._stopping.is_set():
                self._process.terminate()
            status = self._process.wait()
            if self._stopping.is_set():
                return
            logger.warning("worker_died", status=status, starting_again_in_seconds=pause)
            self._stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def run(parent: int) -> None:
    """Work through every queue until SIGTERM, or until the process `parent` is gone."""
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
    worker.run()


def take_back(name: str) -> int:
    """Put back what the worker `name` had begun when it was killed; returns how many tasks."""
    with transaction.atomic():
        begun = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).only("pk", "worker_ids")
        lost = [task.pk for task in begun if task.worker_ids and task.worker_ids[-1] == name]
        return DBTaskResult.objects.filter(pk__in=lost).update(status=TaskResultStatus.READY, started_at=None)
