"""The whole test suite: fast tests on both databases, then slow ones and the browser; counted at the end."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from deining.checking.postgresql import postgresql
from deining.checking.system import install_missing, postgresql_folder, say
from deining.config import PROJECT_ROOT

COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)")
FAST = "not slow and not browser"
SLOW = "slow or browser"


@dataclass
class Tally:
    """What all the runs came to."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def line(self) -> str:
        failed = self.counts["failed"] + self.counts["error"] + self.counts["errors"] + len(self.broken)
        return f"{self.counts['passed']} passed, {failed} failed, {self.counts['skipped']} skipped"


def run_suite(*, quick: bool, extra: list[str]) -> int:
    """Run everything (or, quick, the fast tests on SQLite). Returns the exit code."""
    tally = Tally()
    if quick:
        _pytest("fast tests, SQLite", FAST, "", extra, tally)
    else:
        missing = install_missing()
        _pytest("fast tests, SQLite", FAST, "", extra, tally)
        _pytest("slow and browser tests, SQLite", SLOW, "", extra, tally, workers=1)
        _on_postgresql(extra, tally)
        for name in missing:
            say(f"Not tested here: {name} is missing.")
    for name in tally.broken:
        say(f"Did not run properly: {name}")
    print(tally.line(), flush=True)  # noqa: T201
    return 1 if " 0 failed" not in tally.line() else 0


def _on_postgresql(extra: list[str], tally: Tally) -> None:
    programs = postgresql_folder()
    if programs is None:
        say("SKIPPED LOUDLY: no PostgreSQL here, so the suite ran on SQLite alone.")
        return
    with postgresql(programs) as url:
        _pytest("fast tests, PostgreSQL", FAST, url, extra, tally)
        _pytest("slow tests, PostgreSQL", "slow and not browser", url, extra, tally, workers=1)


def _pytest(
    name: str, marks: str, database_url: str, extra: list[str], tally: Tally, workers: int = 2
) -> None:
    started = time.monotonic()
    environment = {**os.environ, "DEINING_DATABASE_URL": database_url, "PYTHONDONTWRITEBYTECODE": "1"}
    for unwanted in ("DJANGO_SETTINGS_MODULE", "DEINING_DATA_DIR"):
        environment.pop(unwanted, None)
    command = [sys.executable, "-m", "pytest", "-m", marks, "-p", "no:cacheprovider", "-rs", *extra]
    command += ["-n", str(workers)] if workers > 1 else []
    say(f"== {name}")
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=Path(PROJECT_ROOT),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)  # noqa: T201
        last = line if COUNT.search(line) else last
    code = process.wait()
    for count, word in COUNT.findall(last):
        tally.counts[word] += int(count)
    if code not in {0, 1, 5} or (code == 1 and "failed" not in last and "error" not in last):
        tally.broken.append(f"{name} (exit code {code})")
    say(f"== {name}: {time.monotonic() - started:.0f} s")
