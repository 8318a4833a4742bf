"""How fast a file comes into the ledger: a million CSV rows with their people, once and again.

The whole way is measured, as a job of the server does it: reading the CSV, accounts and people, equal rows,
fingerprints, the transactions with their cursor. In a process and a data folder of its own; on PostgreSQL
when DEINING_DATABASE_URL names an empty database to use.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from deining.bench.rows import Beside, Row, skipped

ROWS: Final = 1_000_000
PEOPLE: Final = 50_000
GOAL_S: Final = 20
SMALL: Final = "small"


def run(data: Path, only: Sequence[str] | None = None) -> list[Row]:
    """The rows of this part; `data` is not needed. `only` with "small" in it takes a tenth of the size."""
    del data
    rows = ROWS // 10 if only and SMALL in only else ROWS
    with tempfile.TemporaryDirectory(prefix="deining-bench-imports-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DEINING_")}
        kept |= {"DEINING_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "deining.settings"}
        kept["DEINING_DATABASE_URL"] = os.environ.get("DEINING_DATABASE_URL", "")
        command = [sys.executable, "-m", "deining.bench.people.imports", str(rows)]
        done = subprocess.run(command, env=kept, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return [skipped("imports", f"the measuring process ended with code {done.returncode}", "s")]
    return [Row(**row) for row in json.loads(done.stdout)]


def write_log(path: Path, rows: int, people: int) -> None:
    """A log as shops have them: few people did much, in order of time; made from a fixed seed."""
    import numpy as np

    rng = np.random.default_rng(2026)
    weight = rng.pareto(1.2, people)
    person = rng.choice(people, rows, p=weight / weight.sum())
    moment = np.sort(rng.integers(1_600_000_000, 1_760_000_000, rows)).astype("datetime64[s]")
    kind = np.array(["post", "reply", "reaction", "order"])[rng.integers(0, 4, rows)]
    about = rng.integers(1, 2_000, rows)
    with path.open("w") as file:
        file.write("customer,name,time,kind,topic\n")
        for who, when, what, topic in zip(person, np.datetime_as_string(moment), kind, about, strict=True):
            file.write(f"k{who},Naam {who},{when},{what},topic {topic}\n")


def measure(rows: int) -> list[Row]:
    """Import, import again, import a longer file; in this process, so that its memory can be read."""
    folder = Path(os.environ["DEINING_DATA_DIR"])
    log, longer = folder / "log.csv", folder / "longer.csv"
    for path, times in ((log, 1), (longer, 3)):  # apart, so that making them is no memory of ours
        writing = [sys.executable, "-m", __spec__.name, "write", str(path), str(times * rows)]
        subprocess.run(writing, check=True)
    _imported(_warm_up(folder))
    with Memory() as memory:
        first, added = _imported(log)
    again, twice = _imported(log)
    with Memory() as memory_of_longer:
        more, _ = _imported(longer)
    grown = memory_of_longer.peak_mb - memory.peak_mb
    size: Beside = {
        "rows": rows,
        "people": PEOPLE,
        "database": _vendor(),
        "load": round(os.getloadavg()[0], 1),
    }
    per_million = 1_000_000 / rows
    goal = f"<= {GOAL_S} s"
    return [
        Row("a million CSV rows into the ledger", round(first * per_million, 1), "s", goal,
            first * per_million <= GOAL_S, {**size, "added": added}),
        Row("the same file again, rows added", twice, "rows", "0", twice == 0,
            {**size, "seconds": round(again, 1)}),
        Row("memory that a file three times as long takes on top", round(grown, 1), "MB", "< 150 MB",
            grown < 150, {**size, "first file's peak MB": round(memory.peak_mb), "seconds": round(more, 1)}),
    ]  # fmt: skip


def _imported(log: Path) -> tuple[float, int]:
    """Seconds from the open file to the finished import, and the rows it added."""
    from deining.channels.imports.actions import drafts, runs
    from deining.channels.imports.models import Import
    from deining.channels.imports.running import run_file
    from deining.core.actors import system_actor
    from deining.core.models import Brand

    brand, _ = Brand.objects.get_or_create(slug="bench-imports", defaults={"name": "Bench"})
    actor = system_actor(brand, "bench")
    draft = drafts.draft_from_path(actor=actor, path=str(log), within=None)
    run = runs.start(actor=actor, run=draft)
    Import.objects.filter(pk=run.pk).update(state="running")
    run = Import.objects.select_related("brand", "batch").get(pk=run.pk)
    started = time.perf_counter()
    run_file(actor, run)
    return time.perf_counter() - started, Import.objects.get(pk=run.pk).rows_added


def _warm_up(folder: Path) -> Path:
    """A small file, after which everything is loaded that an import needs."""
    path = folder / "small.csv"
    write_log(path, 1_000, 10)
    return path


class Memory(threading.Thread):
    """The most memory of its own that this process holds while the block runs, in MB; looked at ten times a
    second. Pages of the database file that SQLite maps are not counted: the system takes them back at will.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0
        self._stopped = threading.Event()

    def __enter__(self) -> "Memory":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self.join()

    def run(self) -> None:
        """Look until the block ends."""
        while True:
            words = Path("/proc/self/status").read_text().split("RssAnon:")[1].split()
            self.peak_mb = max(self.peak_mb, int(words[0]) / 1024)
            if self._stopped.wait(0.1):
                return


def _vendor() -> str:
    from django.db import connection

    return connection.display_name


def main(rows: int) -> None:
    """Print the rows as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    print(json.dumps([asdict(row) for row in measure(rows)]))


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write_log(Path(sys.argv[2]), int(sys.argv[3]), PEOPLE)
    else:
        main(int(sys.argv[1]))
