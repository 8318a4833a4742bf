"""What the relationship model reads: a table of who did what when, brought to small numeric columns.

Nothing here looks at text. A person may be a string or an integer; inside the room people are numbered
0..n-1 (`Ledger.people` turns the number back into the brand's own key).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deining.insight.relationship.notes import Note

KINDS: Final = (
    "mention", "post", "reply", "reaction", "share", "quote", "follow", "review", "question", "answer",
    "idea", "vote", "contest_entry", "survey_answer", "order", "click", "unsubscribe", "referral",
    "contribution", "visit", "sign_up", "message", "mailing", "ask", "other",
)  # fmt: skip
"""The kinds of spec P2 in their stored order; a test holds this equal to the ledger's own list."""

ANSWERING_KINDS: Final = ("reply", "answer")
CLOSE_TOGETHER: Final = 4
"""Whole-numbered keys are numbered by their value when they span at most this many times the rows."""

COUNT_COLUMNS: Final = ("theirs", "replies", "answered", "asks", "touches", "received", "kind_bit")


class UnusableEvents(ValueError):
    """The table cannot be read as events; the message says which column and what to do."""


@dataclass(frozen=True)
class Ledger:
    """Events in numbers.

    `rows`: person int64 (0..n-1), day int32 (days since 1970-01-01 in the brand's own time), and for each
    name of `COUNT_COLUMNS` that occurs an int32 (1 when the row counts as such). `people`: the keys by
    number.
    """

    rows: pa.Table
    people: pa.Array
    notes: tuple[Note, ...] = ()

    def last_day(self) -> int | None:
        """The last day on which anybody of the audience did something; None when nobody ever did."""
        theirs = self.rows.filter(pc.equal(self.rows["theirs"], 1))
        value = pc.max(theirs["day"]).as_py()
        return None if value is None else int(value)

    def until(self, day: int) -> "Ledger":
        """The same ledger without what happened after `day`."""
        return Ledger(self.rows.filter(pc.less_equal(self.rows["day"], day)), self.people, self.notes)


def read_events(events: Any, tz: str = "UTC", people: pa.Array | None = None) -> Ledger:
    """Number the people and the days of `events`.

    `events`: anything Arrow can read (pa.Table, RecordBatchReader, DuckDB relation, pandas frame) with the
    columns of docs/relationship.md. `tz`: the brand's time zone, used when `day` is absent. `people`: number
    people by this array instead (rows of anybody else are left out). Raises `UnusableEvents`.
    """
    table = as_table(events)
    _demand(table, "person")
    notes: list[Note] = []
    day = _days(table, tz)
    if table["person"].null_count or day.null_count:
        usable = pc.and_(pc.is_valid(table["person"]), pc.is_valid(day))
        table, day = table.filter(usable), day.filter(usable)
        notes.append(Note("rows_without_person_or_time", {"rows": len(usable) - table.num_rows}))
    if people is None and "answers_person" not in table.column_names:
        people, person = _numbered(table["person"].combine_chunks())
    else:
        people = _everybody(table) if people is None else people
        person = pc.index_in(table["person"], value_set=people)
    rows = pa.table({"person": pc.cast(person, pa.int64()), "day": day, **_counts(table)})
    rows = _with_received(table, rows, people)
    if rows["person"].null_count:
        rows = rows.filter(pc.is_valid(rows["person"]))
    return Ledger(rows, people, tuple(notes))


def _numbered(keys: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The distinct keys and the number of each row's: whole numbers that lie close together are numbered in
    their own order, without a hash; other keys as they come."""
    if not pa.types.is_integer(keys.type) or not len(keys):
        encoded = keys.dictionary_encode()
        return encoded.dictionary, encoded.indices
    least, most = (int(value.as_py()) for value in pc.min_max(keys).values())
    span = most - least + 1
    if span > CLOSE_TOGETHER * len(keys) or max(abs(least), abs(most)) >= 1 << 62:
        encoded = keys.dictionary_encode()
        return encoded.dictionary, encoded.indices
    offset = keys.to_numpy().astype(np.int64, copy=False)
    offset = offset - least if least else offset
    occurs = np.zeros(span, dtype=bool)
    occurs[offset] = True
    people = pa.array(np.flatnonzero(occurs) + least).cast(keys.type)
    return people, pa.array(offset if len(people) == span else (np.cumsum(occurs) - 1)[offset])


def _everybody(table: pa.Table) -> pa.Array:
    """Those who did something, then those who only were answered."""
    people = table["person"].combine_chunks().unique()
    answered = pc.cast(table["answers_person"], people.type).combine_chunks().unique().drop_null()
    return pa.concat_arrays([people, answered]).unique()


def as_table(events: Any) -> pa.Table:
    """Anything Arrow can read, as one table. Raises `UnusableEvents`."""
    if isinstance(events, pa.Table):
        return events
    if isinstance(events, pa.RecordBatch):
        return pa.Table.from_batches([events])
    if isinstance(events, Mapping):
        return pa.table(dict(events))
    if hasattr(events, "__arrow_c_stream__"):
        return pa.table(events)
    raise UnusableEvents("events must be an Arrow table, or something Arrow can read as one.")


def _demand(table: pa.Table, name: str) -> None:
    if name not in table.column_names:
        raise UnusableEvents(
            f'The events have no column "{name}"; they have: {", ".join(table.column_names)}.'
        )


def _days(table: pa.Table, tz: str) -> pa.ChunkedArray:
    if "day" in table.column_names:
        return pc.cast(table["day"], pa.int32())
    _demand(table, "happened_at")
    return days_of(table["happened_at"], tz)


def days_of(moments: pa.ChunkedArray, tz: str) -> pa.ChunkedArray:
    """The calendar day (int32, days since 1970-01-01) of each moment in the time zone `tz`.

    An event at 00:30 in Amsterdam belongs to that local day although it is still yesterday in UTC. A moment
    without a time zone is taken as UTC. Raises `UnusableEvents` for an unknown time zone.
    """
    if not pa.types.is_timestamp(moments.type):
        raise UnusableEvents(f"The column happened_at must hold moments in time, not {moments.type}.")
    try:
        local = pc.local_timestamp(pc.cast(_in_utc(moments), pa.timestamp("us", tz)))
        return pc.cast(pc.cast(pc.floor_temporal(local, unit="day"), pa.date32()), pa.int32())
    except pa.ArrowInvalid as error:
        raise UnusableEvents(
            f'The time zone "{tz}" is not known here; try one like "Europe/Amsterdam".'
        ) from error


def _in_utc(moments: pa.ChunkedArray) -> pa.ChunkedArray:
    if moments.type.tz is None:
        moments = pc.cast(moments, pa.timestamp("us"))
        return pc.assume_timezone(moments, "UTC")
    return pc.cast(moments, pa.timestamp("us", "UTC"))


def _counts(table: pa.Table) -> dict[str, pa.ChunkedArray]:
    names = table.column_names
    ours = pc.fill_null(pc.equal(table["direction"], "we"), False) if "direction" in names else None
    theirs = pc.invert(ours) if ours is not None else pa.repeat(True, table.num_rows)
    counts: dict[str, Any] = {"theirs": theirs}
    kind = pc.cast(table["kind"], pa.string()) if "kind" in names else None
    if kind is not None:
        place = pc.fill_null(pc.index_in(kind, value_set=pa.array(KINDS)), len(KINDS) - 1)
        bit = pc.shift_left(pa.scalar(1, pa.int32()), pc.cast(place, pa.int32()))
        counts["kind_bit"] = pc.if_else(pc.and_(theirs, pc.is_valid(kind)), bit, 0)
        counts["replies"] = pc.and_(theirs, pc.is_in(kind, value_set=pa.array(ANSWERING_KINDS)))
    if "asked" in names:
        counts["answered"] = pc.and_(theirs, pc.fill_null(pc.cast(table["asked"], pa.bool_()), False))
    if ours is not None:
        counts["touches"] = ours
        if kind is not None:
            counts["asks"] = pc.and_(ours, pc.fill_null(pc.equal(kind, "ask"), False))
    return {name: pc.cast(column, pa.int32()) for name, column in counts.items()}


def _with_received(table: pa.Table, rows: pa.Table, people: pa.Array) -> pa.Table:
    """Being answered is a fact about the person answered: one more row, on that day, for them."""
    if "answers_person" not in table.column_names:
        return rows
    answered = pc.index_in(pc.cast(table["answers_person"], people.type), value_set=people)
    other = pc.fill_null(pc.not_equal(answered, pc.cast(rows["person"], pa.int32())), True)
    keep = pc.and_(pc.is_valid(answered), other)
    day = rows["day"].filter(keep)
    zero, one = pa.repeat(pa.scalar(0, pa.int32()), len(day)), pa.repeat(pa.scalar(1, pa.int32()), len(day))
    columns = {name: zero for name in rows.column_names if name in COUNT_COLUMNS}
    received = pa.table(
        {"person": pc.cast(answered.filter(keep), pa.int64()), "day": day, **columns, "received": one}
    )
    nothing = pa.repeat(pa.scalar(0, pa.int32()), rows.num_rows)
    return pa.concat_tables([rows.append_column("received", nothing), received])
