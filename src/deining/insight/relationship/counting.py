"""The ledger's features on one machine: from events to one row a person, in numpy over sorted days.

The same numbers as `expressions` (which a database or a cluster runs), held equal by tests. Sorting one
64-bit key a row is many times faster than grouping by hash, and needs no database to be loaded; measured in
docs/decisions/012-counting.md.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Columns = dict[str, npt.NDArray[Any]]
Whole = npt.NDArray[np.int64]

ADDED: Final = ("theirs", "replies", "answered", "asks", "touches", "received")
FADED: Final = {"e30": "theirs", "e365": "theirs", "r365": "replies", "v365": "received", "t90": "touches"}
DAY_HALF_LIVES: Final = (7, 30, 90, 365)
MASK_BITS: Final = 62
NEVER: Final = np.iinfo(np.int32).min
"""Stands for a day that never was."""

DAY_BITS: Final = 22
EARLIEST: Final = -(1 << 20)


class DayBook:
    """The day rows of a ledger, counted once, so that many windows can be asked of them.

    `days`: person, day (ascending by person, then day), week, those of `ADDED` that the events have, kinds
    when they have any, and `fresh` and `fresh_week`: 1 where the day and the week are to be counted.
    """

    def __init__(self, days: Columns) -> None:
        self.days = days

    @classmethod
    def of(cls, rows: pa.Table) -> "DayBook":
        """The book of numbered events (`events.Ledger.rows`)."""
        return cls(day_rows(rows))

    def only(self, people: Whole) -> "DayBook":
        """The book of some of the people."""
        keep = np.isin(self.days["person"], people)
        return DayBook({name: column[keep] for name, column in self.days.items()})

    def states(self, until: int | None = None) -> Columns:
        """The state of everybody by the days on or before `until` (None: all), ordered by person."""
        if until is None:
            return state_rows(self.days)
        known = self.days["day"] <= until
        return state_rows({name: column[known] for name, column in self.days.items()})


def day_rows(rows: pa.Table) -> Columns:
    """One row a (person, day), like `expressions.day_rows`."""
    key = rows["person"].to_numpy() << DAY_BITS
    key |= rows["day"].to_numpy().astype(np.int64) - EARLIEST
    only_theirs = rows.column_names == ["person", "day", "theirs"]
    order = None if only_theirs else np.argsort(key)
    key = np.sort(key) if order is None else key[order]
    start = _starts(key)
    days: Columns = {"person": key[start] >> DAY_BITS}
    days["day"] = (key[start] & ((1 << DAY_BITS) - 1)) + EARLIEST
    if order is None:
        days["theirs"] = np.diff(start, append=len(key))
    else:
        for name in (name for name in ADDED if name in rows.column_names):
            days[name] = _sums(rows[name].to_numpy().astype(np.int64)[order], start)
        if "kind_bit" in rows.column_names:
            kinds = rows["kind_bit"].to_numpy().astype(np.int64)[order]
            days["kinds"] = np.bitwise_or.reduceat(kinds, start) if len(start) else kinds
    days["week"] = week_of(days["day"])
    days["fresh"] = (days["theirs"] > 0).astype(np.int64)
    days["fresh_week"] = days["fresh"]
    return days


def state_rows(days: Columns) -> Columns:
    """One row a person, like `expressions.state_rows`; a day that never was is `NEVER`."""
    start = _starts(days["person"])
    size = np.diff(start, append=len(days["person"]))
    acted = days["theirs"] > 0
    out: Columns = {"person": days["person"][start]}
    out["anchor_day"] = days["day"][start + size - 1]
    out["last_day"] = _extreme(np.maximum, np.where(acted, days["day"], NEVER), start)
    first = _extreme(np.minimum, np.where(acted, days["day"], np.iinfo(np.int32).max), start)
    out["first_day"] = np.where(out["last_day"] == NEVER, NEVER, first)
    out |= _faded(days, start, np.repeat(out["anchor_day"], size) - days["day"])
    for name in ADDED:
        out[name] = _sums(days[name], start) if name in days else np.zeros(len(start), dtype=np.int64)
    out["active_days"] = _sums(days["fresh"], start)
    out["days_mask"] = _sums(days["fresh"] * _bit(np.repeat(out["last_day"], size) - days["day"]), start)
    out["kinds_mask"] = np.zeros(len(start), dtype=np.int64)
    if "kinds" in days and len(start):
        out["kinds_mask"] = np.bitwise_or.reduceat(days["kinds"], start)
    return out | _weeks(days, out["last_day"])


def _faded(days: Columns, start: Whole, age: Whole) -> Columns:
    """The decayed sums: of fresh days for each half-life, and of the counts of `FADED`."""
    out: Columns = {}
    waning = {half_life: np.exp2(age * (-1.0 / half_life)) for half_life in DAY_HALF_LIVES}
    for half_life, weight in waning.items():
        out[f"d{half_life}"] = _sums(days["fresh"] * weight, start)
    for name, count in FADED.items():
        known = count in days
        weight = waning[int(name[1:])]
        out[name] = _sums(days[count] * weight, start) if known else np.zeros(len(start))
    return out


def _weeks(days: Columns, last_day: Whole) -> Columns:
    """Distinct weeks and their mask: by (person, week), then by person."""
    start = _starts((days["person"] << DAY_BITS) + days["week"])
    person = days["person"][start]
    fresh = _extreme(np.maximum, days["fresh_week"], start)
    of_person = _starts(person)
    last_week = np.repeat(week_of(last_day), np.diff(of_person, append=len(person)))
    bits = fresh * _bit(last_week - days["week"][start])
    return {"active_weeks": _sums(fresh, of_person), "weeks_mask": _sums(bits, of_person)}


def week_of(day: npt.NDArray[Any]) -> Whole:
    """The number of the week (Monday first) a day lies in; 1970-01-01 was a Thursday."""
    return np.asarray((day.astype(np.int64) + 3 + 7 * 200_000) // 7, dtype=np.int64)


def _bit(back: Whole) -> Whole:
    """2^back for the last 62 days or weeks, 0 for anything older (or not theirs)."""
    kept = (back >= 0) & (back < MASK_BITS)
    return np.where(kept, np.int64(1) << np.where(kept, back, 0), 0)


def _starts(ordered: Whole) -> Whole:
    """Where each new value begins."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([[0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1])


def _sums(values: npt.NDArray[Any], start: Whole) -> npt.NDArray[Any]:
    return np.add.reduceat(values, start) if len(start) else values[:0]


def _extreme(function: np.ufunc, values: Whole, start: Whole) -> Whole:
    return np.asarray(function.reduceat(values, start) if len(start) else values[:0], dtype=np.int64)
