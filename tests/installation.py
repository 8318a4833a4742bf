"""An installation for tests that start real processes: a data folder, a free port, real commands."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.databases import own_database

ROOT = Path(__file__).resolve().parents[1]


class Installation:
    """Real processes on a data folder of their own. Every process it started is ended by `close`."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.database = own_database()
        database_url = self.database.__enter__()
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("DEINING_", "DJANGO_"))
            },
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DEINING_DATA_DIR": str(folder),
            "DEINING_PORT": str(self.port),
            "DEINING_LANGUAGE": "en",
            "DEINING_DATABASE_URL": database_url,
            **settings,
        }
        self.processes: list[subprocess.Popen[str]] = []

    def command(self, *words: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run `deining WORDS` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "deining", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start `deining WORDS` and leave it running."""
        process = subprocess.Popen(
            [sys.executable, "-m", "deining", *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.processes.append(process)
        return process

    def python(self, code: str) -> Any:
        """Run Python with Django set up in this installation; what it prints last is read as JSON."""
        program = "import django, json; django.setup()\n" + code
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**self.environment, "DJANGO_SETTINGS_MODULE": "deining.settings"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines else None

    def migrate(self) -> None:
        self.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    process.kill()
            if process.stdout:
                process.stdout.close()
            process.wait()
        self.database.__exit__(None, None, None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(true: Any, seconds: float = 20) -> bool:
    """Ask again and again until the answer is true, at most this long; returns the last answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return bool(true())
