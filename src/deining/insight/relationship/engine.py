"""Runs the set-based expressions on an embedded DuckDB that lives as long as one computation.

The expressions are Ibis (`expressions`), turned into SQL once a process for each set of columns; what
remains for a computation is an in-memory connection, a millisecond.
"""

from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import pyarrow as pa

if TYPE_CHECKING:
    import ibis.expr.types as ir

SQL_TYPES: Final = {"int32": "INTEGER", "int64": "BIGINT", "float64": "DOUBLE"}


class DayBook:
    """The day rows of a ledger, counted once, so that many windows can be asked of them.

    A context manager around an in-memory database; everything in it is gone afterwards.
    """

    def __init__(self, rows: pa.Table) -> None:
        """`rows`: numbered events (`events.Ledger.rows`), or day rows as `days` gave them."""
        import duckdb  # here: a page that only shows a score must not load a database engine

        self._engine = duckdb.connect(":memory:")
        self._days = rows

    def __enter__(self) -> Self:
        if "fresh" not in self._days.column_names:
            self._engine.register("events", self._days)
            self._days = self._engine.sql(_day_rows_sql(tuple(self._days.column_names))).to_arrow_table()
            self._engine.unregister("events")
        self._engine.register("all_days", self._days)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.close()

    def days(self) -> pa.Table:
        """The day rows (`expressions.day_rows`)."""
        return self._days

    def states(self, until: int | None = None) -> pa.Table:
        """`expressions.state_rows` of the days on or before `until` (None: all)."""
        known = "" if until is None else f" WHERE day <= {int(until)}"
        self._engine.execute(f"CREATE OR REPLACE TEMP VIEW known_days AS SELECT * FROM all_days{known}")  # noqa: S608
        return self._engine.sql(_state_rows_sql(tuple(self._days.column_names))).to_arrow_table()


@cache
def _day_rows_sql(columns: tuple[str, ...]) -> str:
    from deining.insight.relationship import expressions

    return _typed(expressions.day_rows(_table("events", columns)))


@cache
def _state_rows_sql(columns: tuple[str, ...]) -> str:
    from deining.insight.relationship import expressions

    return _typed(expressions.state_rows(_table("known_days", columns)))


def _typed(expression: "ir.Table") -> str:
    """The SQL of an expression with its column types spelled out: DuckDB sums whole numbers into 128 bits."""
    import ibis

    columns = (
        f'CAST("{name}" AS {SQL_TYPES[str(kind)]}) AS "{name}"' for name, kind in expression.schema().items()
    )
    return f"SELECT {', '.join(columns)} FROM ({ibis.to_sql(expression, dialect='duckdb')})"  # noqa: S608


def _table(name: str, columns: tuple[str, ...]) -> "ir.Table":
    import ibis

    types = {column: "int64" if column == "person" else "int32" for column in columns}
    return ibis.table(types, name=name)
