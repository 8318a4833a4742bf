"""The set-based expressions, as a database runs them, give the numbers that numpy gives."""

import duckdb
import ibis
import numpy as np
import pyarrow as pa

from deining.insight.relationship.counting import DayBook
from deining.insight.relationship.engine import states_on
from deining.insight.relationship.events import read_events
from deining.insight.relationship.state import columns_of
from tests.insight.relationship.community import START, make_community


def rich_events(rows: int = 3000, seed: int = 3) -> pa.Table:
    """Events of all sorts: both directions, several kinds, asks, answers to others, a day in 1965."""
    rng = np.random.default_rng(seed)
    day = np.where(rng.random(rows) < 0.001, -1700, START + rng.integers(0, 900, rows))
    return pa.table(
        {
            "person": [f"p{number}" for number in rng.integers(0, 90, rows)],
            "day": pa.array(day, pa.int32()),
            "kind": [["post", "reply", "ask", None, "juggling"][place] for place in rng.integers(0, 5, rows)],
            "direction": [["they", "they", "we"][place] for place in rng.integers(0, 3, rows)],
            "asked": list(rng.random(rows) < 0.2),
            "answers_person": [f"p{number}" for number in rng.integers(0, 120, rows)],
        }
    )


def assert_same_on_duckdb(events: pa.Table) -> None:
    ledger = read_events(events)
    backend = ibis.duckdb.from_connection(duckdb.connect())
    theirs = columns_of(states_on(backend, ibis.memtable(ledger.rows)).sort_by("person"))
    ours = DayBook.of(ledger.rows).states()
    assert set(ours) == set(theirs)
    for name, column in ours.items():
        assert np.allclose(column.astype(np.float64), theirs[name].astype(np.float64), rtol=1e-9), name


def test_all_columns_of_a_rich_ledger_agree() -> None:
    assert_same_on_duckdb(rich_events())


def test_the_barest_ledger_agrees() -> None:
    assert_same_on_duckdb(make_community(50, 400))
