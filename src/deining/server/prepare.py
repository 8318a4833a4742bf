"""What must be true before anything is served: a folder to write in, a database, static files."""

import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import deining
from deining.config import Config

STAMP = "prepared.txt"
_PACKAGE = Path(deining.__file__).resolve().parent
Say = Callable[[str], None]


class CannotStart(Exception):
    """Something outside must be mended first; the text says what."""


def check_folder(folder: Path) -> None:
    """Raise `CannotStart` unless files can be made in the data folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".writable-"):
            pass
    except OSError as problem:
        raise CannotStart(
            f"The data folder {folder} cannot be written to ({problem.strerror}). "
            "Make it writable for the user that runs Deining, or choose another with DEINING_DATA_DIR."
        ) from problem


def check_port(host: str, port: int) -> None:
    """Raise `CannotStart` when something listens there already, or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CannotStart(
                f"Cannot listen on {host}:{port} ({problem.strerror}). Is Deining running already? "
                "Otherwise choose another port: DEINING_PORT=8331 ./deining run"
            ) from problem


def is_prepared(config: Config) -> bool:
    """Whether this very code has prepared this data folder before (then a start need not wait for Django)."""
    stamp = config.data_dir / STAMP
    has_database = bool(config.database_url) or config.sqlite_path.exists()
    return has_database and stamp.exists() and stamp.read_text() == _fingerprint(config)


def prepare(config: Config, say: Say) -> None:
    """Migrate and collect static files. Django must be set up. Raises `CannotStart` with a sentence."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if steps:
            say(f"Preparing the database ({len(steps)} steps)")
            call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as problem:
        raise CannotStart(_database_sentence(config, str(problem).strip())) from problem
    call_command("collectstatic", interactive=False, verbosity=0)
    (config.data_dir / STAMP).write_text(_fingerprint(config))


def _database_sentence(config: Config, problem: str) -> str:
    where = "PostgreSQL" if config.database_url else str(config.sqlite_path)
    return f"The database ({where}) cannot be opened: {problem}. Nothing was changed."


def _fingerprint(config: Config) -> str:
    """The version, the newest file that preparing depends on, and which database was prepared."""
    newest = 0
    for pattern in ("*/migrations/*.py", "*/*/migrations/*.py", "web/static/**/*"):
        newest = max([newest, *(path.stat().st_mtime_ns for path in _PACKAGE.glob(pattern))])
    database = "postgresql" if config.database_url else "sqlite"
    return f"{deining.__version__} {newest} {database} {os.path.realpath(_PACKAGE)}\n"
