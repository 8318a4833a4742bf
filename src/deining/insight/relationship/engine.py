"""Runs the set-based expressions on an embedded DuckDB that lives as long as one computation."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir


@contextmanager
def engine() -> "Iterator[ibis.BaseBackend]":
    """An in-memory database; everything in it is gone afterwards."""
    import ibis  # here: a page that only shows a score must not load a database engine

    backend = ibis.duckdb.connect()
    try:
        yield backend
    finally:
        backend.disconnect()


def day_rows_of(rows: pa.Table) -> pa.Table:
    """`expressions.day_rows` of numbered events, as Arrow."""
    import ibis

    from deining.insight.relationship import expressions

    with engine() as backend:
        return backend.to_pyarrow(expressions.day_rows(ibis.memtable(rows)))


def state_rows_of(days: pa.Table, until: int | None = None) -> pa.Table:
    """`expressions.state_rows` of day rows (those on or before `until`), as Arrow."""
    import ibis

    from deining.insight.relationship import expressions

    with engine() as backend:
        table: ir.Table = ibis.memtable(days)
        if until is not None:
            table = table.filter(table["day"] <= until)
        return backend.to_pyarrow(expressions.state_rows(table))
