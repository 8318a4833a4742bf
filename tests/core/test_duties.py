"""Work is claimed once, recovered after a crash, and never finished by somebody who lost it."""

from datetime import timedelta

import pytest

from deining.core import clock, duties, jobs
from deining.core.models import Job

pytestmark = pytest.mark.django_db


def make_job(**fields: object) -> Job:
    return Job.objects.create(task="nowhere.at_all", **fields)


def test_of_two_claims_one_gets_the_job() -> None:
    make_job()
    first = duties.claim(Job.objects.all())
    assert first is not None
    assert first.attempts == 1
    assert duties.claim(Job.objects.all()) is None


def test_a_lease_that_runs_out_is_a_crash_that_recovered() -> None:
    make_job()
    crashed = duties.claim(Job.objects.all())
    later = clock.now() + duties.LEASE + timedelta(seconds=1)
    recovered = duties.claim(Job.objects.all(), at=later)
    assert crashed is not None
    assert recovered is not None
    assert recovered.attempts == 2
    assert not duties.finish(crashed), "who lost the lease must not finish the work"
    assert duties.finish(recovered)
    assert Job.objects.get().state == "done"


def test_a_failure_waits_longer_each_time_and_says_why() -> None:
    make_job()
    pauses = []
    at = clock.now()
    for _ in range(3):
        job = duties.claim(Job.objects.all(), at=at)
        assert job is not None
        duties.fail(job, "the disk is full", retry=True)
        stored = Job.objects.get()
        assert stored.last_error == "the disk is full"
        pauses.append(stored.next_attempt_at - clock.now())
        at = stored.next_attempt_at + timedelta(seconds=1)
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[1] < pauses[2]


def test_one_open_job_per_key() -> None:
    class Task:
        module_path = "nowhere.at_all"

    first = jobs.enqueue_once(Task, key="score:1")
    assert jobs.enqueue_once(Task, key="score:1").pk == first.pk
    claimed = duties.claim(Job.objects.all())
    assert claimed is not None
    duties.finish(claimed)
    assert jobs.enqueue_once(Task, key="score:1").pk != first.pk
