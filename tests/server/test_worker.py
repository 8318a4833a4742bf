"""The worker does each job once, gives a killed one another try, and tells what went wrong."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Installation, until

pytestmark = pytest.mark.slow


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "data")
    made.migrate()
    yield made
    made.close()


def enqueue(installation: Installation, task: str, **arguments: Any) -> None:
    installation.python(f"from tests.server import tasks; tasks.{task}.enqueue(**{arguments!r})")


def job(installation: Installation) -> Any:
    return installation.python(
        "from deining.core.models import Job; job = Job.objects.get(task__startswith='tests.server')\n"
        "print(json.dumps([job.state, job.attempts, job.last_error, job.result, job.progress_done]))"
    )


def test_a_job_is_done_once_and_its_result_kept(installation: Installation, tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    enqueue(installation, "write_line", path=str(lines), text="done")
    installation.start("work")
    assert until(lambda: job(installation)[0] == "done")
    assert lines.read_text() == "done\n"
    assert job(installation)[3] == "done"


def test_a_refusal_is_final_and_in_words(installation: Installation) -> None:
    enqueue(installation, "refuse")
    installation.start("work")
    assert until(lambda: job(installation)[0] == "failed")
    assert job(installation)[1:3] == [1, "The file is not there any more. Upload it again."]


def test_a_job_whose_process_dies_waits_for_another_try(installation: Installation) -> None:
    enqueue(installation, "die")
    installation.start("work")
    assert until(lambda: job(installation)[2] == "its process was ended by SIGKILL")
    assert job(installation)[0] == "waiting"


def test_killing_the_worker_loses_nothing(installation: Installation, tmp_path: Path) -> None:
    cursor = tmp_path / "cursor"
    enqueue(installation, "slow_count", path=str(cursor), steps=40)
    worker = installation.start("work")
    assert until(lambda: cursor.exists() and int(cursor.read_text()) > 3)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    reached = int(cursor.read_text())
    installation.python(
        "from deining.core import clock; from deining.core.models import Job\n"
        "Job.objects.update(locked_until=clock.now())"
    )
    installation.start("work")
    assert until(lambda: job(installation)[0] == "done", 30)
    assert reached < 40
    assert cursor.read_text() == "40"
    assert job(installation)[1] == 2
