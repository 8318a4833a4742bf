"""Runs the set-based expressions where a ledger is too large for one process: any Ibis backend."""

from typing import TYPE_CHECKING

import pyarrow as pa

from deining.insight.relationship import expressions

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir


def states_on(backend: "ibis.BaseBackend", events: "ir.Table") -> pa.Table:
    """The state of everybody in `events`, a table of `backend` with the columns of `events.Ledger.rows`."""
    return backend.to_pyarrow(expressions.state_rows(expressions.day_rows(events)))
