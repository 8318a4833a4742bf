"""What is remembered of each person: one row of small numbers, enough to score them and to go on from.

A new event changes one row. `states(all)` and `advance(states(some), the rest)` give the same numbers; where
the row alone cannot know (an event on a day long before the person's last), the row says `needs_recount`.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from deining.insight.relationship.counting import MASK_BITS, NEVER, Columns, DayBook, states_of_rows, week_of
from deining.insight.relationship.events import Ledger, read_events

DECAYS: Final = {
    "d7": 7, "d30": 30, "d90": 90, "d365": 365, "e30": 30, "e365": 365, "r365": 365, "v365": 365, "t90": 90,
}  # fmt: skip
"""Decayed counts and their half-lives in days: active days (d), events (e), replies (r), being answered (v),
our touches (t); each anchored at `anchor_day`."""
COUNTS: Final = (
    "theirs",
    "replies",
    "answered",
    "asks",
    "touches",
    "received",
    "active_days",
    "active_weeks",
)
MASKS: Final = ("days_mask", "weeks_mask", "kinds_mask")
STATE_COLUMNS: Final = ("first_day", "last_day", "anchor_day", *COUNTS, *MASKS, *DECAYS, "needs_recount")


def states(events: Any, tz: str = "UTC") -> pa.Table:
    """The state of everybody in `events` (docs/relationship.md), one row a person, `STATE_COLUMNS`.

    `last_day` and `first_day` are null for somebody we only ever touched. Raises `UnusableEvents`.
    """
    return states_of(read_events(events, tz))


def states_of(ledger: Ledger) -> pa.Table:
    """`states` for events that were already numbered; keys are the brand's own again."""
    counted = states_of_rows(ledger.rows)
    counted["needs_recount"] = np.zeros(len(counted["person"]), dtype=bool)
    return _with_keys(_as_states(counted, counted["person"]), ledger.people)


def _with_keys(table: pa.Table, people: pa.Array) -> pa.Table:
    keys = people.take(pc.cast(table["person"].combine_chunks(), pa.int64()))
    return table.set_column(table.column_names.index("person"), "person", keys)


def advance(states: pa.Table, events: Any, tz: str = "UTC") -> pa.Table:
    """The new state of everybody touched by `events`; nobody else is in the result.

    `states`: rows as `states()` made them (people who are not in it are new). `events`: new events only, in
    any order, in any number of batches. A row with `needs_recount` true was not changed: an event fell on a
    day of which the state no longer knows whether it was counted; make that person's state again from the
    ledger.
    """
    ledger = read_events(events, tz)
    days = DayBook.of(ledger.rows).days
    before = _rows_by_number(states, ledger.people)
    days["fresh"], days["fresh_week"], unsure = _freshness(days, before)
    batch = DayBook(days).states()
    person = batch["person"].astype(np.int64)
    merged = _merged({name: column[person] for name, column in before.items()}, batch)
    merged["needs_recount"] = before["needs_recount"][person] | np.isin(person, unsure)
    for name in (*COUNTS, *MASKS, *DECAYS, "first_day", "last_day", "anchor_day"):
        merged[name] = np.where(
            merged["needs_recount"] & before["known"][person], before[name][person], merged[name]
        )
    return _with_keys(_as_states(merged, person), ledger.people)


def columns_of(table: pa.Table) -> Columns:
    """The columns as numpy; a day that never was is `NEVER`."""
    columns: Columns = {}
    for name in table.column_names:
        column = table[name]
        if name in ("first_day", "last_day", "anchor_day"):
            column = pc.fill_null(column, int(NEVER))
        columns[name] = column.to_numpy()
    return columns


def _rows_by_number(states: pa.Table, people: pa.Array) -> Columns:
    """The state of person 0..n-1 of `people`; empty where there was none (`known` false)."""
    where = pc.index_in(people, value_set=states["person"].combine_chunks().cast(people.type))
    known = pc.is_valid(where).to_numpy(zero_copy_only=False)
    rows = columns_of(states.drop_columns("person").take(pc.fill_null(where, 0))) if states.num_rows else {}
    empty: Columns = {}
    for name in STATE_COLUMNS:
        day = name in ("first_day", "last_day", "anchor_day")
        kind: Any = np.int64 if day or name in COUNTS or name in MASKS else np.float64
        blank = np.full(len(people), NEVER if day else 0, dtype=bool if name == "needs_recount" else kind)
        empty[name] = np.where(known, rows[name], blank) if rows else blank
    empty["known"] = known
    return empty


def _freshness(days: Columns, before: Columns) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    """For each day row: is the day new, is the week new; and the people for whom the state cannot tell."""
    day, person, acted = days["day"], days["person"], days["theirs"] > 0
    first, last = before["first_day"][person].astype(np.int64), before["last_day"][person].astype(np.int64)
    outside = (day > last) | (day < first) | (last == NEVER)
    new_day = outside | ~_has_bit(before["days_mask"][person], last - day)
    week, first_week, last_week = week_of(day), week_of(first), week_of(last)
    new_week = outside & ((week != first_week) & (week != last_week) | (last == NEVER))
    new_week |= ~outside & ~_has_bit(before["weeks_mask"][person], last_week - week)
    unsure = acted & ~outside & (last - day >= MASK_BITS)
    return (acted & new_day).astype(np.int64), (acted & new_week).astype(np.int64), np.unique(person[unsure])


def _has_bit(mask: npt.NDArray[Any], place: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    inside = (place >= 0) & (place < MASK_BITS)
    return np.asarray(inside & ((mask >> np.clip(place, 0, MASK_BITS - 1)) & 1).astype(bool), dtype=bool)


def _shifted(mask: npt.NDArray[Any], places: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The mask seen from `places` later; what falls out of 62 is forgotten."""
    kept = np.clip(places, 0, MASK_BITS)
    full = np.int64((1 << MASK_BITS) - 1)
    return np.where(kept >= MASK_BITS, 0, (mask & (full >> kept)) << np.minimum(kept, MASK_BITS - 1)).astype(
        np.int64
    )


def _merged(before: Columns, batch: Columns) -> Columns:
    """Two states of the same people whose fresh days do not overlap, made one."""
    out: Columns = {name: before[name] + batch[name] for name in COUNTS}
    out["anchor_day"] = np.maximum(before["anchor_day"], batch["anchor_day"]).astype(np.int64)
    out["last_day"] = np.maximum(before["last_day"], batch["last_day"]).astype(np.int64)
    both = (before["first_day"] != NEVER) & (batch["first_day"] != NEVER)
    smallest = np.minimum(before["first_day"], batch["first_day"])
    out["first_day"] = np.where(both, smallest, np.maximum(before["first_day"], batch["first_day"]))
    for name, half_life in DECAYS.items():
        out[name] = _aged(before, out, name, half_life) + _aged(batch, out, name, half_life)
    for name, unit in (("days_mask", lambda day: day.astype(np.int64)), ("weeks_mask", week_of)):
        out[name] = sum(
            (
                _shifted(part[name], unit(out["last_day"]) - unit(part["last_day"]))
                for part in (before, batch)
            ),
            start=np.zeros_like(out["last_day"]),
        )
    out["kinds_mask"] = before["kinds_mask"] | batch["kinds_mask"]
    return out


def _aged(part: Columns, out: Columns, name: str, half_life: int) -> npt.NDArray[np.float64]:
    age = (out["anchor_day"] - part["anchor_day"]).astype(np.float64)
    return np.asarray(part[name] * np.exp(-age * np.log(2) / half_life), dtype=np.float64)


def _as_states(columns: Columns, person: npt.NDArray[Any]) -> pa.Table:
    out: dict[str, Any] = {"person": pa.array(person)}
    for name in STATE_COLUMNS:
        if name in ("first_day", "last_day", "anchor_day"):
            out[name] = pa.array(columns[name].astype(np.int32), mask=columns[name] == NEVER)
        else:
            out[name] = pa.array(columns[name])
    return pa.table(out)
