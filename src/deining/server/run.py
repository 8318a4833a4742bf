"""`deining run`: one command, two processes. This one is the worker; the web server is its child.

The child dies with us (Linux: parent-death signal), so that a `kill -9` leaves no stray server on the port.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

import deining
from deining.config import Config, config
from deining.server.prepare import CannotStart, Say, check_folder, check_port, is_prepared, prepare

PATIENCE = 30.0


def run(*, say: Say) -> int:
    """Start everything and stay until told to stop. Returns the exit code."""
    settings = config()
    try:
        return _run(settings, say)
    except CannotStart as problem:
        say(str(problem))
        return 2


def _run(settings: Config, say: Say) -> int:
    from deining.translations import compile_changed

    check_folder(settings.data_dir)
    check_port(settings.host, settings.port)
    compile_changed()
    web = start_web(settings) if is_prepared(settings) else None
    try:
        _set_up_django()
        if web is None:
            prepare(settings, say)
            web = start_web(settings)
        return _serve(settings, web, say)
    finally:
        if web is not None:
            stop_child(web)


def _serve(settings: Config, web: subprocess.Popen[bytes], say: Say) -> int:
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    wait_until_ready(settings, web)
    say(f"Deining {deining.__version__} is ready: {settings.address}")
    say_start_code(settings, say)
    say("Stop with Ctrl C.")
    from deining.server.worker import Worker

    worker = Worker(stopping)
    watcher = threading.Thread(target=_watch, args=(web, stopping), daemon=True)
    watcher.start()
    worker.run()
    return 0 if web.poll() is None else 1


def _watch(web: subprocess.Popen[bytes], stopping: threading.Event) -> None:
    """Without the web server there is no point in going on: whoever supervises us restarts the whole."""
    web.wait()
    stopping.set()


def start_web(settings: Config) -> subprocess.Popen[bytes]:
    """The web server as a child process."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
        *("--host", settings.host, "--port", str(settings.port), "--workers", "1"),
        *("--runtime-mode", "st", "--blocking-threads", str(settings.web_threads)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
        "deining.web.wsgi:application",
    ]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "deining.settings",
        "PYTHONPATH": str(Path(deining.__file__).resolve().parents[1]),
        "MALLOC_ARENA_MAX": "2",
    }
    return subprocess.Popen(command, env=environment, preexec_fn=die_with_parent)  # noqa: PLW1509, S603


def die_with_parent() -> None:
    """In the child, before it becomes another program: ask Linux to end it when we end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
        os.setpgid(0, 0)


def stop_child(child: subprocess.Popen[bytes]) -> None:
    """End the child politely, then firmly."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait_until_ready(settings: Config, web: subprocess.Popen[bytes]) -> None:
    """Ask the health page until it answers. Raises `CannotStart` when the server ends or stays silent."""
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/health"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if web.poll() is not None:
            raise CannotStart("The web server stopped while starting; the lines above say why.")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.03)
    raise CannotStart(f"The web server did not answer at {url} within {PATIENCE:.0f} seconds.")


def say_start_code(settings: Config, say: Say) -> None:
    """On a fresh installation that others can reach, the first visitor must know a code."""
    from deining.core.queries.users import has_real_users
    from deining.core.start_code import listens_to_itself_only, start_code

    if not listens_to_itself_only(settings) and not has_real_users():
        say(f"The first page asks for this start code: {start_code(settings.data_dir)}")


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deining.settings")
    import django

    django.setup()
