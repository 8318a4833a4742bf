"""A small invented community, for tests: people with a hidden wish who come, pause and leave.

Not the demo's simulator: only enough of a process that some people keep coming and the rest do not.
"""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

START = 19_000
"""The first day (days since 1970-01-01)."""


def make_events(*rows: tuple[object, int], **columns: list[object]) -> pa.Table:
    """Events out of (person, day) pairs; further columns by name."""
    people, days = [row[0] for row in rows], [row[1] for row in rows]
    return pa.table({"person": people, "day": pa.array(days, pa.int32()), **columns})


def make_community(people: int = 300, days: int = 1400, seed: int = 1, text_keys: bool = True) -> pa.Table:
    """A log of `days` days: one in four people has the wish and comes most weeks, the rest drop by a few
    times."""
    rng = np.random.default_rng(seed)
    who, when = [], []
    for person in range(people):
        first = int(rng.integers(0, days - 20))
        wish = rng.random() < 0.25
        stays = int(rng.exponential(500 if wish else 20)) + 1
        rate = rng.gamma(4, 0.08) if wish else rng.gamma(1, 0.05)
        last = min(days, first + stays)
        active = np.flatnonzero(rng.random(last - first) < min(rate, 0.9)) + first
        for day in [first, *active]:
            who.append(f"person {person}" if text_keys else person)
            when.append(START + int(day))
    return pa.table({"person": who, "day": pa.array(when, pa.int32())})


def moment(day: int, hour: int = 12) -> datetime:
    """Noon (or another hour, UTC) of a day."""
    return datetime(1970, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)


def shuffled(events: pa.Table, seed: int = 0) -> pa.Table:
    """The same rows in another order."""
    return events.take(pa.array(np.random.default_rng(seed).permutation(events.num_rows)))


def row_of(table: pa.Table, person: object) -> dict[str, object]:
    """The one row of `person` as a dict."""
    (row,) = [row for row in table.to_pylist() if row["person"] == person]
    return row
