"""How soon `./deining run` answers when all is prepared, and what it takes while nobody asks anything."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from deining.bench.rows import Beside, Row, skipped
from deining.config import PROJECT_ROOT

STARTS: Final = 3
LONGEST: Final = 120.0
IDLE: Final = 20.0
GOAL_SECONDS, GOAL_MB = 2.0, 220.0


def run(data: Path, only: Sequence[str] | None = None) -> list[Row]:
    """The rows of this part; `data` and `only` are not needed."""
    del data, only
    with tempfile.TemporaryDirectory() as folder:
        try:
            with _server(Path(folder)):
                pass  # the first start makes the database
            times = []
            for _ in range(STARTS):
                with _server(Path(folder)) as (seconds, _process):
                    times.append(seconds)
            with _server(Path(folder)) as (_seconds, process):
                time.sleep(IDLE)
                pss, rss, names = _memory(process)
        except RuntimeError as problem:
            return [skipped("warm start", str(problem), "s"), skipped("idle memory", str(problem), "MB")]
    middle = sorted(times)[len(times) // 2]
    beside: Beside = {"RSS summed MB": round(rss, 1), "processes": len(names), "idle for s": IDLE}
    return [
        Row("warm start until it answers", round(middle, 2), "s", "< 2 s", middle < GOAL_SECONDS,
            {"longest s": round(max(times), 2), "starts": STARTS}),
        Row("idle memory, everything (PSS)", round(pss, 1), "MB", "< 220 MB", pss < GOAL_MB, beside),
    ]  # fmt: skip


@contextmanager
def _server(folder: Path) -> Iterator[tuple[float, "subprocess.Popen[bytes]"]]:
    """`./deining run` on a free port, until it answers; stopped as a person would, with one interrupt."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEINING_")}
    environment |= {"DEINING_DATA_DIR": str(folder), "DEINING_PORT": str(port), "DEINING_LOG_LEVEL": "ERROR"}
    environment["DEINING_VENV"] = sys.prefix
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(PROJECT_ROOT / "deining"), "run"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(process, f"http://127.0.0.1:{port}/health", started)
        yield time.perf_counter() - started, process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(process: "subprocess.Popen[bytes]", address: str, started: float) -> None:
    while time.perf_counter() - started < LONGEST:
        if process.poll() is not None:
            raise RuntimeError(f"./deining run ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"./deining run did not answer within {LONGEST:.0f} s")


def _memory(process: "subprocess.Popen[bytes]") -> tuple[float, float, list[str]]:
    """Megabytes of the whole tree of processes: shared pages counted once (PSS), and for each (RSS)."""
    import psutil

    root = psutil.Process(process.pid)
    tree = [root, *root.children(recursive=True)]
    full = [each.memory_full_info() for each in tree]
    million = 1_000_000
    return sum(m.pss for m in full) / million, sum(m.rss for m in full) / million, [p.name() for p in tree]
