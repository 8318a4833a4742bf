"""Ad-hoc background work through Django's task API, kept in our own duty rows.

    @task()
    def score_brand(brand_id: int) -> dict[str, int]: ...

    score_brand.enqueue(brand_id=3)                     # the plain way
    enqueue_once(score_brand, key="score:3", brand=brand, brand_id=3)   # at most one open at a time

A job runs in a process of its own, so that its memory is given back, and a crash takes nothing along.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import IntegrityError, transaction
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from deining.core import clock, duties
from deining.core.models import Brand, Job, User

MAX_ATTEMPTS = 5
_current: ContextVar[Job | None] = ContextVar("current_job", default=None)


class DutyBackend(BaseTaskBackend):
    """A task backend whose queue is the `Job` table: leases instead of a job that runs for ever."""

    task_class = Task
    supports_defer = True
    supports_get_result = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        self.validate_task(task)
        if args:
            raise TypeError("jobs take keyword arguments only, so that a stored job can be read")
        job = Job.objects.create(
            task=task.module_path,
            arguments=kwargs,
            priority=task.priority,
            next_attempt_at=task.run_after or clock.now(),
        )
        return _result_of(job, task, self.alias)

    def get_result(self, result_id: str) -> Any:
        job = Job.objects.filter(pk=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return _result_of(job, load_task(job.task), self.alias)


def load_task(path: str) -> Any:
    """The task object that a stored job names."""
    from django.utils.module_loading import import_string

    return import_string(path)


def enqueue_once(
    task: Any,
    *,
    key: str,
    brand: Brand | None = None,
    created_by: User | None = None,
    priority: int = 0,
    **arguments: Any,
) -> Job:
    """Put a job in the queue unless one with this key is still open; returns the open one."""
    try:
        with transaction.atomic():
            return Job.objects.create(
                task=task.module_path,
                arguments=arguments,
                key=key,
                brand=brand,
                created_by=created_by,
                priority=priority,
            )
    except IntegrityError:
        return Job.objects.get(key=key, state__in=["waiting", "claimed"])


def run_job(job: Job) -> None:
    """Run a claimed job in this process, and write down how it ended."""
    token = _current.set(job)
    try:
        result = load_task(job.task).func(**job.arguments)
    except JobRefused as refusal:
        duties.fail(job, str(refusal), retry=False, finished_at=clock.now())
    except Exception as error:
        again = job.attempts < MAX_ATTEMPTS
        duties.fail(
            job, f"{type(error).__name__}: {error}", retry=again, finished_at=None if again else clock.now()
        )
        raise
    else:
        duties.finish(job, result=result, finished_at=clock.now())
    finally:
        _current.reset(token)


class JobRefused(Exception):
    """The work cannot be done, and trying again will not help. The text is for the person who asked."""


class LeaseLost(Exception):
    """Another worker took this job over; stop without writing anything more."""


def progress(done: int, total: int, note: str = "") -> None:
    """Say how far the running job is, and keep its lease. Outside a job this does nothing.

    Raises `LeaseLost` when somebody else holds the job by now.
    """
    job = _current.get()
    if job is None:
        return
    if not duties.keep(job):
        raise LeaseLost(f"job {job.pk} was taken over")
    Job.objects.filter(pk=job.pk).update(progress_done=done, progress_total=total, progress_note=note[:200])


def _result_of(job: Job, task: Any, alias: str) -> Any:
    status = {
        "waiting": TaskResultStatus.READY,
        "claimed": TaskResultStatus.RUNNING,
        "done": TaskResultStatus.SUCCESSFUL,
        "failed": TaskResultStatus.FAILED,
    }[job.state]
    result: Any = TaskResult(
        task=task,
        id=str(job.pk),
        status=status,
        enqueued_at=job.created_at,
        started_at=None,
        finished_at=job.finished_at,
        last_attempted_at=None,
        args=[],
        kwargs=job.arguments,
        backend=alias,
        errors=[],
        worker_ids=[],
    )
    object.__setattr__(result, "_return_value", job.result)
    return result


Periodic = Callable[[], None]
_periodic: list[tuple[float, Periodic]] = []


def every(*, minutes: float) -> Callable[[Periodic], Periodic]:
    """Have the worker call the decorated function about this often. It should only put jobs in the queue."""

    def register(function: Periodic) -> Periodic:
        _periodic.append((minutes * 60, function))
        return function

    return register


def periodic_functions() -> list[tuple[float, Periodic]]:
    """What the worker calls, with the seconds between two calls."""
    return list(_periodic)
