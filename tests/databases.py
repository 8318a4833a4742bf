"""A database for tests that start processes: one on the run's PostgreSQL server, else a SQLite file."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest

ADDRESS = os.environ.get("DEINING_DATABASE_URL", "")
on_sqlite_only = pytest.mark.skipif(bool(ADDRESS), reason="is about the SQLite file")


@contextmanager
def own_database() -> Iterator[str]:
    """Empty for a SQLite file in the data folder, else the address of a PostgreSQL database of its own."""
    if not ADDRESS:
        yield ""
        return
    import psycopg

    name = f"deining_{os.getpid()}_{secrets.token_hex(4)}"
    with psycopg.connect(ADDRESS, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(ADDRESS)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(ADDRESS, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
