"""Checks that belong to no layer: background tasks that stand still, a disk that fills up."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.health.checking import Problem

PATIENCE = dt.timedelta(minutes=10)
LEAST_ROOM = 200 * 1024 * 1024  # bytes


def check_tasks() -> Iterator[Problem]:
    """Find tasks that wait, or run, far longer than any should."""
    limit = timezone.now() - PATIENCE
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__lt=limit)
    ready = ready.filter(enqueued_at__lt=limit)
    if count := ready.count():
        words = ngettext(
            "%(count)d pekerjaan menunggu lebih dari 10 menit: pekerja tidak berjalan atau macet.",
            "%(count)d pekerjaan menunggu lebih dari 10 menit: pekerja tidak berjalan atau macet.",
            count,
        )
        oldest = ready.order_by("enqueued_at", "pk").values_list("enqueued_at", flat=True).first()
        yield Problem(words % {"count": count}, oldest)
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=limit)
    for task in running.order_by("started_at", "pk").only("task_path", "started_at")[:20]:
        name = task.task_path.rpartition(".")[2]
        yield Problem(_("Pekerjaan %(name)s tidak selesai-selesai.") % {"name": name}, task.started_at)


def check_room() -> Iterator[Problem]:
    """Find a disk of ours that is nearly full."""
    seen: set[int] = set()
    for folder in (settings.VAR_ROOT, settings.PUBLIC_ROOT, settings.MEDIA_ROOT):
        path = _existing(Path(folder))
        device = path.stat().st_dev
        if device in seen:
            continue
        seen.add(device)
        free = shutil.disk_usage(path).free
        if free < LEAST_ROOM:
            said = {"folder": folder, "free": free // 1024 // 1024}
            yield Problem(_("Ruang di %(folder)s tinggal %(free)d MB.") % said)


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
