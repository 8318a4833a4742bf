"""What the server counts of each person beside the relationship room's own state: when they came and went to
the microsecond, and how much of what they did was for a benefit (spec P4)."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deining.core.kinds import KIND_CODES, Kind
from deining.people.scoring.reading import Rows

FOR_A_BENEFIT: Final = (Kind.CONTEST_ENTRY, Kind.CLICK)
"""Done for what is in it, however it came about; anything else counts when we asked for it."""

SCHEMA: Final = pa.schema(
    [("person", pa.int64()), ("gains", pa.int64()), ("first_at", pa.int64()), ("last_at", pa.int64())]
)


def tally_of(rows: Rows) -> pa.Table:
    """One row for each person who did something: `SCHEMA`. `gains`: own rows that were for a benefit or in
    answer to us. `first_at`, `last_at`: microseconds since 1970 UTC."""
    theirs = rows.theirs
    benefit = np.isin(rows.kind, [KIND_CODES[kind] for kind in FOR_A_BENEFIT]) | (rows.asked == 1)
    table = pa.table(
        {
            "person": rows.person[theirs],
            "gains": benefit[theirs].astype(np.int64),
            "moment": rows.moment[theirs],
        }
    )
    counted = table.group_by("person").aggregate([("gains", "sum"), ("moment", "min"), ("moment", "max")])
    return pa.table(
        {
            "person": counted["person"],
            "gains": counted["gains_sum"],
            "first_at": counted["moment_min"],
            "last_at": counted["moment_max"],
        },
        schema=SCHEMA,
    )


def together(tallies: Iterable[pa.Table]) -> pa.Table:
    """Tallies of different rows of, maybe, the same people, as one."""
    both = pa.concat_tables(tallies)
    counted = both.group_by("person").aggregate([("gains", "sum"), ("first_at", "min"), ("last_at", "max")])
    return pa.table(
        {
            "person": counted["person"],
            "gains": counted["gains_sum"],
            "first_at": counted["first_at_min"],
            "last_at": counted["last_at_max"],
        },
        schema=SCHEMA,
    )


def lined_up(table: pa.Table, keys: pa.Array | pa.ChunkedArray) -> pa.Table:
    """The rows of `table` for these people, in this order; nulls where there is none."""
    if isinstance(keys, pa.ChunkedArray):
        keys = keys.combine_chunks()
    place = pc.index_in(keys, value_set=table["person"].combine_chunks())
    rows = table.take(place)
    return rows.set_column(rows.column_names.index("person"), "person", keys)
