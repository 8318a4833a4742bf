"""A worker killed in the middle, a disk that runs full: nothing half, nothing twice, nothing lost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.databases import own_database

pytestmark = pytest.mark.slow
DRIVER = Path(__file__).with_name("killing.py")
ROWS, PEOPLE, BAD = 80_000, 2_000, 7


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows with and without an id of their own, equal rows far apart, some bad ones."""
    path = tmp_path_factory.mktemp("log") / "log.csv"
    with path.open("w") as file:
        file.write("klant,tijd,soort,message_id\n")
        for row in range(ROWS):
            minute = (row // 2) % 40_000  # each row comes back twice and more, near and far
            day, left = divmod(minute, 1440)
            number = f"m{row}" if row % 3 == 0 else ""
            person = f"k{(row // 2) % PEOPLE}"
            file.write(f"{person},2026-01-{day + 1:02d} {left // 60:02d}:{left % 60:02d},post,{number}\n")
        file.writelines(f"k{row},no date,post,\n" for row in range(BAD))
    return path


@pytest.fixture
def database() -> Iterator[str]:
    """Empty for a SQLite file in the data folder, else the address of a PostgreSQL database of its own."""
    with own_database() as address:
        yield address


def story(folder: Path, database: str, log: Path, *arguments: str) -> dict[str, Any]:
    environment = {**os.environ, "DEINING_DATA_DIR": str(folder), "DEINING_DATABASE_URL": database}
    environment |= {"DJANGO_SETTINGS_MODULE": "deining.settings", "DEINING_LANGUAGE": "en"}
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(log), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def is_whole(found: dict[str, Any]) -> bool:
    return (
        found
        | {
            "state": "done",
            "error": "",
            "rows_done": ROWS,
            "rows_added": ROWS,
            "rows_known": 0,
            "rows_rejected": BAD,
            "people_added": PEOPLE,
            "ledger": ROWS,
            "identities": PEOPLE,
            "people": PEOPLE,
            "report_lines": BAD + 1,
        }
        == found
    )


def test_killed_again_and_again_nothing_is_half_and_nothing_twice(
    tmp_path: Path, database: str, log: Path
) -> None:
    found = story(tmp_path, database, log, "kill", "0,1,50000")
    assert is_whole(found), found
    assert found["killed_at"] == sorted(found["killed_at"]), "what was in stays in"
    assert 0 < found["killed_at"][1] < ROWS, "the story needs a kill half-way"


def test_two_imports_of_one_file_at_the_same_time_count_everything_once(
    tmp_path: Path, database: str, log: Path
) -> None:
    found = story(tmp_path, database, log, "twice", "-")
    assert found["twin"] == {"state": "done", "added": ROWS, "known": ROWS}
    assert (found["ledger"], found["identities"], found["people"]) == (ROWS, PEOPLE, PEOPLE)
    assert found["state"] == "done"


def test_a_full_disk_is_a_sentence_and_nothing_is_lost(tmp_path: Path, log: Path) -> None:
    if os.environ.get("DEINING_DATABASE_URL"):
        pytest.skip("the disk of a PostgreSQL server is not ours to fill")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("a small disk can only be mounted as root")
    try:
        found = story(disk, "", log, "fill", "5")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert found["full"]["state"] == "failed", found
    assert found["full"]["error"].startswith("The disk is full. What was imported so far is safe.")
    assert found["full"]["rows"] == found["full"]["kept"] < ROWS
    assert is_whole(found), found
