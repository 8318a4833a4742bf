"""A PostgreSQL server for the tests: its own folder, its own free port on loopback, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ACCOUNT = "postgres"


@contextmanager
def postgresql(programs: str) -> Iterator[str]:
    """Start a server and yield its address for `DEINING_DATABASE_URL`.

    PostgreSQL refuses to run as root; then it runs as the `postgres` account that its package makes.
    """
    folder = Path(tempfile.mkdtemp(prefix="deining-postgresql-"))
    port = _free_port()
    try:
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = folder / "data"
        _run(
            f"{programs}/initdb",
            "-D",
            str(data),
            "-U",
            "deining",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        options = (
            f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c full_page_writes=off "
            "-c synchronous_commit=off -c max_connections=40 -c shared_buffers=128MB"
        )
        _run(f"{programs}/pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            _run(f"{programs}/createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "deining", "deining")
            yield f"postgresql://deining@127.0.0.1:{port}/deining"
        finally:
            _run(f"{programs}/pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str) -> None:
    as_account = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(  # type: ignore[call-overload]  # noqa: S603
        command,
        cwd="/",
        text=True,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **as_account,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
