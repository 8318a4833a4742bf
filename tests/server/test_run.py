"""`deining run` for real: it starts, says where, refuses with a sentence, and leaves nothing behind."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import on_sqlite_only
from tests.installation import Installation, is_listening, until

pytestmark = pytest.mark.slow


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "data")
    yield made
    made.close()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    seen = ""
    for line in process.stdout or ():
        seen += line
        if words in line:
            return seen
    raise AssertionError(f"{words!r} never came; instead: {seen}")


def test_the_first_start_makes_everything_and_the_second_finds_it(installation: Installation) -> None:
    first = installation.start("run")
    said = read_until(first, "is ready")
    assert f"http://127.0.0.1:{installation.port}" in said
    assert "Preparing the database" in said
    assert installation.get("/health")[0] == 200
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=20) == 0
    assert not is_listening(installation.port)
    again = read_until(installation.start("run"), "is ready")
    assert "Preparing" not in again


def test_a_killed_run_leaves_no_server_on_the_port(installation: Installation) -> None:
    process = installation.start("run")
    read_until(process, "is ready")
    process.kill()
    assert until(lambda: not is_listening(installation.port))
    read_until(installation.start("run"), "is ready")


def test_a_port_in_use_is_said_and_nothing_is_touched(installation: Installation) -> None:
    read_until(installation.start("run"), "is ready")
    second = installation.command("run")
    assert second.returncode == 2
    assert f"Cannot listen on 127.0.0.1:{installation.port}" in second.stderr
    assert "DEINING_PORT=" in second.stderr
    assert installation.get("/health")[0] == 200


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    installation = Installation(folder)
    with read_only(folder):
        refused = installation.command("run")
    installation.close()
    assert refused.returncode == 2
    assert f"The data folder {folder} cannot be written to" in refused.stderr
    assert "Traceback" not in refused.stderr


@on_sqlite_only
def test_a_database_file_that_is_none_is_said(installation: Installation) -> None:
    installation.folder.mkdir()
    (installation.folder / "deining.sqlite3").write_text("this is a shopping list, not a database\n" * 100)
    refused = installation.command("run")
    assert refused.returncode == 2
    assert "cannot be opened" in refused.stderr
    assert "shopping list" in (installation.folder / "deining.sqlite3").read_text()


def test_a_wrong_setting_is_said_by_name(tmp_path: Path) -> None:
    installation = Installation(tmp_path, DEINING_TIME_ZONE="Europe/Atlantis")
    refused = installation.command("run")
    installation.close()
    assert refused.returncode == 2
    assert "DEINING_TIME_ZONE" in refused.stderr
    assert "Traceback" not in refused.stderr


class read_only:  # noqa: N801
    """Makes a folder read-only, also for root (a read-only mount); skips loudly where that is not allowed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        if os.geteuid() != 0:
            self.folder.chmod(0o500)
            return
        command = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(self.folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("root writes everywhere, and a read-only mount is not allowed here")

    def __exit__(self, *_: object) -> None:
        if os.geteuid() == 0:
            subprocess.run(["umount", str(self.folder)], capture_output=True, check=False)
        else:
            self.folder.chmod(0o700)
