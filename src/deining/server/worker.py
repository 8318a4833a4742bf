"""The worker: claims jobs and runs each in a process of its own; calls what is due every so often.

A job's memory goes back to the machine when it ends, a crash takes only the job along, and while its
process lives the worker keeps the job's lease. Whoever kills the worker finds the job resumed later.
"""

import os
import signal
import subprocess
import sys
import threading
import time

import structlog
from django.db import Error, close_old_connections
from django.utils.module_loading import autodiscover_modules

from deining.core import clock, duties, jobs
from deining.core.models import Job
from deining.server.run import die_with_parent, stop_child

log = structlog.get_logger("deining.worker")
LOOK_EVERY = 0.5
KEEP_EVERY = 10.0
AT_ONCE = 2
LIMIT_IN_ALL = jobs.MAX_ATTEMPTS * 2


class Worker:
    """Runs until `stopping` is set. Several may run beside each other, on one machine or on many."""

    def __init__(self, stopping: threading.Event) -> None:
        self.stopping = stopping
        self.running: dict[int, tuple[Job, subprocess.Popen[bytes]]] = {}
        self.kept_at = 0.0
        autodiscover_modules("duties")
        self.due: dict[int, float] = {}

    def run(self) -> None:
        """Look, claim, wait; a database that is away for a moment is no reason to stop."""
        while not self.stopping.is_set():
            try:
                close_old_connections()
                self.step()
            except Error as problem:
                log.warning("the database did not answer, trying again", problem=str(problem))
                self.stopping.wait(5)
            self.stopping.wait(LOOK_EVERY)
        for _job, child in self.running.values():
            stop_child(child)

    def step(self) -> None:
        """One look: end what ended, keep what runs, start what waits, call what is due."""
        self._collect()
        self._keep()
        self._call_periodic()
        while len(self.running) < AT_ONCE:
            job = duties.claim(Job.objects.order_by("-priority", "id"))
            if job is None:
                return
            self._start(job)

    def _start(self, job: Job) -> None:
        if job.attempts > LIMIT_IN_ALL:
            words = f"given up after {LIMIT_IN_ALL} tries, {job.last_error or 'its process ended each time'}"
            duties.fail(job, words, retry=False, finished_at=clock.now())
            return
        self.running[job.pk] = (job, spawn(job))

    def _collect(self) -> None:
        for job_id, (job, child) in list(self.running.items()):
            code = child.poll()
            if code is None:
                continue
            del self.running[job_id]
            if code != 0 and duties.fail(job, _ending(code), retry=True):
                log.warning("a job's process ended early", job=job.pk, task=job.task, ending=_ending(code))

    def _keep(self) -> None:
        if time.monotonic() - self.kept_at < KEEP_EVERY:
            return
        self.kept_at = time.monotonic()
        for job, child in self.running.values():
            if not duties.keep(job):
                stop_child(child)

    def _call_periodic(self) -> None:
        for index, (seconds, function) in enumerate(jobs.periodic_functions()):
            if time.monotonic() >= self.due.get(index, 0):
                self.due[index] = time.monotonic() + seconds
                try:
                    function()
                except Exception:
                    log.exception("a periodic function failed", function=function.__qualname__)


def spawn(job: Job) -> subprocess.Popen[bytes]:
    """A process that runs this one job."""
    command = [sys.executable, "-m", "deining", "work-job", str(job.pk), job.claim_token]
    return subprocess.Popen(command, env={**os.environ}, preexec_fn=die_with_parent)  # noqa: PLW1509, S603


def work_job(job_id: int, token: str) -> int:
    """In the job's own process: run it if it is still ours. Returns the exit code."""
    job = Job.objects.filter(pk=job_id, claim_token=token, state="claimed").first()
    if job is None:
        return 0
    started = time.monotonic()
    try:
        jobs.run_job(job)
    except jobs.LeaseLost:
        return 0
    except Exception:
        log.exception("a job failed", job=job_id, task=job.task)
        return 0
    log.info("a job ended", job=job_id, task=job.task, seconds=round(time.monotonic() - started, 2))
    return 0


def _ending(code: int) -> str:
    if code < 0:
        return f"its process was ended by {signal.Signals(-code).name}"
    return f"its process ended with code {code}"
