"""The whole installation in one file, and back again.

What goes in: a consistent copy of the database (SQLite: `VACUUM INTO`; PostgreSQL: `pg_dump`), the keys,
and the files that imports still need. The backup can read every secret: keep it as safe as the data folder.
"""

import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import deining
from deining.config import Config
from deining.core.keyring import FILE_NAME as KEYS

MANIFEST = "manifest.json"
SQLITE_NAME = "deining.sqlite3"
POSTGRES_NAME = "deining.pgdump"
FOLDERS = ("uploads", "imports")
ERASURES = "erasures.jsonl"


class BackupFailed(Exception):
    """Nothing was changed; the text says why."""


def backup(config: Config, target: Path) -> Path:
    """Write the backup and return its path. The running installation need not stop.

    An existing file is replaced only when the new backup is complete.
    """
    if not (config.data_dir / KEYS).exists() or not (config.database_url or config.sqlite_path.exists()):
        raise BackupFailed(f"There is no installation in {config.data_dir} to back up.")
    if target.is_dir():
        target = target / f"deining-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar.gz"
    draft = target.with_name(target.name + ".part")
    try:
        with _workroom(config.data_dir) as room, tarfile.open(draft, "w:gz", compresslevel=6) as archive:
            database = _dump(config, room)
            manifest = room / MANIFEST
            manifest.write_text(json.dumps(_manifest(database.name), indent=1))
            archive.add(manifest, MANIFEST)
            archive.add(database, database.name)
            archive.add(config.data_dir / KEYS, KEYS)
            for folder in (*FOLDERS, ERASURES):
                if (config.data_dir / folder).exists():
                    archive.add(config.data_dir / folder, folder)
        draft.chmod(0o600)
        return draft.replace(target)
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise BackupFailed(
            f"The backup {target} could not be written: {problem.strerror or problem}."
        ) from problem


def restore(config: Config, source: Path, *, force: bool = False) -> dict[str, str]:
    """Put a backup back. Refuses when there is an installation here already, unless forced: then the old
    files are kept beside, in a folder named `before-restore-…`. Returns the backup's manifest."""
    if not force and _is_installed(config):
        raise BackupFailed(
            f"There is an installation in {config.data_dir} already. Add --force to replace it; "
            "its files are then kept in a folder named before-restore-…"
        )
    config.data_dir.mkdir(parents=True, exist_ok=True)
    with _workroom(config.data_dir) as room:
        manifest = _unpack(source, room)
        wants_postgres = manifest["database"] == POSTGRES_NAME
        if wants_postgres != bool(config.database_url):
            raise BackupFailed(
                "This backup was made on "
                + (
                    "PostgreSQL; set DEINING_DATABASE_URL"
                    if wants_postgres
                    else "SQLite; unset DEINING_DATABASE_URL"
                )
                + " and try again."
            )
        if wants_postgres:
            _run(
                [
                    "pg_restore",
                    "--clean",
                    "--if-exists",
                    "--no-owner",
                    "-d",
                    config.database_url,
                    str(room / POSTGRES_NAME),
                ]
            )
        _set_aside(config.data_dir)
        _join_erasures(config.data_dir / ERASURES, room / ERASURES)
        for name in (KEYS, SQLITE_NAME, *FOLDERS):
            if (room / name).exists():
                shutil.move(room / name, config.data_dir / name)
    return manifest


def _is_installed(config: Config) -> bool:
    """Whether a restore would replace something: keys, a database file, or tables on the server."""
    if (config.data_dir / KEYS).exists() or config.sqlite_path.exists():
        return True
    if not config.database_url:
        return False
    import psycopg

    try:
        with psycopg.connect(config.database_url) as connection:
            found = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    except psycopg.Error as problem:
        raise BackupFailed(f"The database cannot be reached: {str(problem).strip()}") from problem
    return bool(found and found[0])


def _dump(config: Config, room: Path) -> Path:
    if config.database_url:
        target = room / POSTGRES_NAME
        _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}", config.database_url])
        return target
    target = room / SQLITE_NAME
    connection = sqlite3.connect(f"file:{config.sqlite_path}?mode=ro", uri=True, timeout=30)
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as problem:
        raise BackupFailed(f"The database could not be copied: {problem}.") from problem
    finally:
        connection.close()
    return target


def _unpack(source: Path, room: Path) -> dict[str, str]:
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(room, filter="data")
        manifest: dict[str, str] = json.loads((room / MANIFEST).read_text())
    except FileNotFoundError as problem:
        raise BackupFailed(f"There is no file {source}, or it is not a backup made by Deining.") from problem
    except (tarfile.TarError, OSError, EOFError, ValueError) as problem:
        raise BackupFailed(f"{source} is not a complete backup made by Deining ({problem}).") from problem
    if manifest.get("program") != "deining":
        raise BackupFailed(f"{source} was not made by Deining.")
    return manifest


def _set_aside(folder: Path) -> None:
    old = [
        folder / name for name in (KEYS, SQLITE_NAME, SQLITE_NAME + "-wal", SQLITE_NAME + "-shm", *FOLDERS)
    ]
    old = [path for path in old if path.exists()]
    if not old:
        return
    aside = folder / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    aside.mkdir()
    for path in old:
        shutil.move(path, aside / path.name)


def _join_erasures(here: Path, there: Path) -> None:
    """Who was erased since the backup stays erased: this list is only ever added to."""
    lists = [path.read_text().splitlines() for path in (there, here) if path.exists()]
    if lists:
        here.write_text(
            "".join(f"{line}\n" for line in dict.fromkeys(line for known in lists for line in known))
        )


def _manifest(database: str) -> dict[str, str]:
    return {
        "program": "deining",
        "version": deining.__version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": database,
    }


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as problem:
        raise BackupFailed(
            f"The program {command[0]} is needed for PostgreSQL and was not found. "
            "On Debian and Ubuntu: apt install postgresql-client"
        ) from problem
    if done.returncode:
        raise BackupFailed(f"{command[0]} failed: {done.stderr.strip()[-600:]}")


@contextmanager
def _workroom(data_dir: Path) -> Iterator[Path]:
    """A folder on the data folder's own disk, so that moving into place is one step."""
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=".backup-") as room:
        yield Path(room)
