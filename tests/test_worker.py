"""Background work outlives the worker that had it."""

from django_tasks_db.models import DBTaskResult

from cms.publishing import worker


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
