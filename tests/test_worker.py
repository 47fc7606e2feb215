"""Background work outlives the worker that had it."""

import threading

from django_tasks_db.models import DBTaskResult

from cms.publishing import worker
from tests.serving import until


def test_a_task_that_was_cut_off_is_taken_up_again(db):
    ours, others = (
        DBTaskResult.objects.create(
            task_path="home.tasks.any",
            args_kwargs={"args": [], "kwargs": {}},
            queue_name="default",
            backend_name="default",
            run_after=None,
            exception_class_path="",
            traceback="",
            status="RUNNING",
            worker_ids=["earlier", name],
        )
        for name in ("us", "them")
    )
    assert worker.take_back("us") == 1
    ours.refresh_from_db()
    others.refresh_from_db()
    assert (ours.status, others.status) == ("READY", "RUNNING")


class Dying:
    """A child that lives for so many seconds; the last one until it is told to stop."""

    def __init__(self, seconds: float | None, clock: list[float]) -> None:
        self._seconds, self._clock, self._told = seconds, clock, threading.Event()

    def wait(self, _patience: float | None = None) -> int:
        if self._seconds is None:
            self._told.wait()
        self._clock[0] += self._seconds or 0
        return 1

    def poll(self) -> int | None:
        return None if self._seconds is None else 1

    def terminate(self) -> None:
        self._told.set()


def test_child_that_was_well_for_a_while_is_started_again_as_soon_as_at_first(monkeypatch, caplog):
    clock = [0.0]
    lives = iter([Dying(seconds, clock) for seconds in (0, 0, worker.HEALTHY, 0, None)])
    monkeypatch.setattr(worker, "monotonic", lambda: clock[0])
    monkeypatch.setattr(worker, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(worker.Child, "_begin", lambda _child: next(lives))
    child = worker.Child("worker")
    child.start()
    until(lambda: len(caplog.records) == 4)
    child.stop()
    assert [record.msg["starting_again_in_seconds"] for record in caplog.records] == [
        0.001, 0.002, 0.001, 0.002,
    ]  # fmt: skip
