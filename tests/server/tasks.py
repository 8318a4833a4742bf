"""Work for the worker's tests."""

import os
import time
from pathlib import Path

from django_tasks import task

from deining.core import jobs


@task()
def write_line(path: str, text: str) -> str:
    """Append a line: two lines mean that the job ran twice."""
    with Path(path).open("a") as file:
        file.write(f"{text}\n")
    return text


@task()
def slow_count(path: str, steps: int) -> int:
    """Count with the file as the cursor, so that a killed count goes on where it was."""
    cursor = Path(path)
    for step in range(int(cursor.read_text() or 0) if cursor.exists() else 0, steps):
        jobs.progress(step, steps, "counting")
        draft = cursor.with_suffix(".new")
        draft.write_text(str(step + 1))
        draft.replace(cursor)
        time.sleep(0.1)
    return steps


@task()
def refuse() -> None:
    raise jobs.JobRefused("The file is not there any more. Upload it again.")


@task()
def die() -> None:
    """End as the out-of-memory killer would end us."""
    os.kill(os.getpid(), 9)
