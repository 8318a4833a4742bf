"""Runs the set-based expressions on an embedded DuckDB that lives as long as one computation."""

from types import TracebackType
from typing import Self

import pyarrow as pa


class DayBook:
    """The day rows of a ledger, kept in an in-memory database so that many windows can be asked of them.

    A context manager; everything in it is gone afterwards.
    """

    def __init__(self, rows: pa.Table) -> None:
        """`rows`: numbered events (`events.Ledger.rows`), or day rows as `days` gave them."""
        import ibis  # here: a page that only shows a score must not load a database engine

        self._engine = ibis.duckdb.connect()
        self._rows = rows

    def __enter__(self) -> Self:
        from deining.insight.relationship import expressions

        given = self._engine.create_table("given", self._rows, temp=True)
        if "fresh" in self._rows.column_names:
            self._days = given
        else:
            self._days = self._engine.create_table("day_rows", expressions.day_rows(given), temp=True)
            self._engine.drop_table("given")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.disconnect()

    def days(self) -> pa.Table:
        """The day rows (`expressions.day_rows`)."""
        return self._engine.to_pyarrow(self._days)

    def states(self, until: int | None = None) -> pa.Table:
        """`expressions.state_rows` of the days on or before `until` (None: all)."""
        from deining.insight.relationship import expressions

        days = self._days if until is None else self._days.filter(self._days["day"] <= until)
        return self._engine.to_pyarrow(expressions.state_rows(days))
