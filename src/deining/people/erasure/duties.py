"""What is left to do after an erasure when somebody was reading at that moment."""

from datetime import timedelta

from django_tasks import task

from deining.core import clock, jobs
from deining.people.erasure.removing import empty_write_ahead_log
from deining.people.models import Erased


@task()
def sweep() -> dict[str, bool]:
    """Empty the database's write-ahead log, in which erased rows may still be read."""
    return {"emptied": empty_write_ahead_log()}


@jobs.every(minutes=60)
def ask_for_sweep() -> None:
    """Queue a sweep when somebody was erased within a day: by then every reader has let go."""
    if Erased.objects.filter(erased_at__gt=clock.now() - timedelta(days=1)).exists():
        jobs.enqueue_once(sweep, key="erasure:sweep")
