"""Rows by the ten thousand into a table, past the ORM: `executemany` on SQLite, COPY on PostgreSQL.

Why past the ORM, and what was measured: docs/decisions/031-writing-a-million-rows.md.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import repeat
from typing import Any, Final, Protocol

from django.db import connection, models

Columns = Mapping[str, Sequence[Any]]
"""Column name -> its values, all of one length. Values as the database stores them."""


class Tables(Protocol):
    """What a database must offer to the write path."""

    def bulk(self) -> Any:
        """A context within which many rows are written; enter it outside a transaction."""
        ...

    def reserve(self, model: type[models.Model], count: int) -> list[int]:
        """Ids for that many new rows; inside the transaction that writes them."""
        ...

    def insert(self, model: type[models.Model], columns: Columns, same: Mapping[str, Any]) -> int:
        """Write rows, leaving out those that a unique constraint refuses; gives how many went in.

        `same`: the columns that have one value in all of these rows.
        """
        ...

    def among(self, values: Sequence[Any], kind: str) -> tuple[str, list[Any]]:
        """SQL for a set of values (`… IN (<sql>)`) and its parameters. `kind`: "bigint" or "text"."""
        ...


def tables() -> Tables:
    """The tables of the database in use."""
    return _SQLite() if connection.vendor == "sqlite" else _PostgreSQL()


def stored_values(row: models.Model, *, without: Iterable[str]) -> dict[str, Any]:
    """An unsaved row's values by column, as the database stores them, without the id and these columns."""
    return {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in type(row)._meta.concrete_fields
        if field.column and field.column not in without and not field.primary_key
    }


def table_of(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def all_there(tables: Tables, model: type[models.Model], ids: Sequence[int]) -> bool:
    """Whether every one of these rows (distinct ids) still exists."""
    if not ids:
        return True
    among, parameters = tables.among(ids, "bigint")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table_of(model)} WHERE id IN ({among})", parameters)  # noqa: S608
        return bool(cursor.fetchone()[0] == len(ids))


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in columns)


class _SQLite:
    @contextmanager
    def bulk(self) -> Iterator[None]:
        """A larger cache, fewer checkpoints, and no foreign key looked up row by row: the write path checks
        each step's distinct accounts and subjects once instead, in the same transaction.
        """
        raw = self._raw()
        before = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in _BULK_PRAGMAS}
        for name, value in _BULK_PRAGMAS.items():
            raw.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            for name, value in before.items():
                raw.execute(f"PRAGMA {name} = {value}")

    def reserve(self, model: type[models.Model], count: int) -> list[int]:
        name = model._meta.db_table
        found = self._raw().execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [name]).fetchone()
        last = found[0] if found else 0
        return list(range(last + 1, last + 1 + count))

    def insert(self, model: type[models.Model], columns: Columns, same: Mapping[str, Any]) -> int:
        literal = {name: _LITERALS.get(value, value) for name, value in same.items() if _is_plain(value)}
        bound = {name: repeat(value) for name, value in same.items() if name not in literal}
        values = ", ".join([*("?" * (len(columns) + len(bound))), *map(str, literal.values())])
        raw = self._raw()
        before = raw.total_changes
        raw.executemany(
            f"INSERT INTO {table_of(model)} ({_listed([*columns, *bound, *literal])}) "  # noqa: S608
            f"VALUES ({values}) ON CONFLICT DO NOTHING",
            zip(*columns.values(), *bound.values(), strict=False),
        )
        return int(raw.total_changes - before)

    def among(self, values: Sequence[Any], kind: str) -> tuple[str, list[Any]]:  # noqa: ARG002
        return "SELECT value FROM json_each(%s)", [json.dumps(list(values))]

    def _raw(self) -> Any:
        connection.ensure_connection()
        return connection.connection


_LITERALS: Final[dict[Any, str]] = {None: "NULL", True: "1", False: "0"}


def _is_plain(value: Any) -> bool:
    """Whether SQL can say it without a parameter: binding is half the cost of a row."""
    return value is None or isinstance(value, int)


_BULK_PRAGMAS: Final = {"foreign_keys": 0, "cache_size": -65_536, "wal_autocheckpoint": 16_000}


class _PostgreSQL:
    @contextmanager
    def bulk(self) -> Iterator[None]:
        yield

    def reserve(self, model: type[models.Model], count: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table_of(model), count],
            )
            return [row[0] for row in cursor.fetchall()]

    def insert(self, model: type[models.Model], columns: Columns, same: Mapping[str, Any]) -> int:
        """COPY into a table of this session, then one INSERT that passes over what is there already."""
        waiting = connection.ops.quote_name("incoming_" + model._meta.db_table)
        listed, constants = _listed(columns), "".join(", %s" for _ in same)
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE IF NOT EXISTS {waiting} ON COMMIT DELETE ROWS AS "  # noqa: S608
                f"SELECT * FROM {table_of(model)} WITH NO DATA"
            )
            cursor.execute(f"DELETE FROM {waiting}")  # noqa: S608
            with cursor.copy(f"COPY {waiting} ({listed}) FROM STDIN") as copy:
                copy.write(_copy_text(columns))
            cursor.execute(
                f"INSERT INTO {table_of(model)} ({_listed([*columns, *same])}) "  # noqa: S608
                f"SELECT {listed}{constants} FROM {waiting} ON CONFLICT DO NOTHING",
                list(same.values()),
            )
            return int(cursor.rowcount)

    def among(self, values: Sequence[Any], kind: str) -> tuple[str, list[Any]]:
        return f"SELECT unnest(%s::{kind}[])", [list(values)]


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copy_text(columns: Columns) -> str:
    """Rows in COPY's text format (PostgreSQL's manual, "COPY: file formats")."""
    written = [_column_text(values) for values in columns.values()]
    return "".join("\t".join(row) + "\n" for row in zip(*written, strict=True))


def _column_text(values: Sequence[Any]) -> list[str]:
    return ["\\N" if value is None else str(value).translate(_ESCAPES) for value in values]
