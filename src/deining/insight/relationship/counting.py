"""The ledger's features on one machine: from events to one row a person, in numpy over sorted days.

The same numbers as `expressions` (which a database or a cluster runs), held equal by tests. Sorting one
64-bit key a row is many times faster than grouping by hash, and needs no database to be loaded; measured in
docs/decisions/012-counting.md.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeVar

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
ROWS_AT_A_TIME: Final = 131_072
THREADS: Final = 2
_BITS: Final[Whole] = np.append(np.int64(1) << np.arange(MASK_BITS), 0)

Part = TypeVar("Part")
Made = TypeVar("Made")


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
        wanted = np.zeros(int(self.days["person"].max(initial=-1)) + 1, dtype=bool)
        wanted[people[people < len(wanted)]] = True
        keep = wanted[self.days["person"]]
        return DayBook({name: column[keep] for name, column in self.days.items()})

    def states(self, until: int | None = None) -> Columns:
        """The state of everybody by the days on or before `until` (None: all), ordered by person."""
        if until is None:
            return state_rows(self.days)
        known = self.days["day"] <= until
        return state_rows({name: column[known] for name, column in self.days.items()})


def day_rows(rows: pa.Table) -> Columns:
    """One row a (person, day), like `expressions.day_rows`."""
    return SortedRows.of(rows).days()


def states_of_rows(rows: pa.Table) -> Columns:
    """`DayBook.of(rows).states()` without keeping the book: some people at a time, near the processor."""
    ordered = SortedRows.of(rows)
    return _in_parts(lambda part: _state_part(ordered.days(part)), ordered.parts())


@dataclass(frozen=True)
class SortedRows:
    """Numbered events by person, then day. `key` holds both; `order` and `counts` are absent when the events
    say nothing but who and when."""

    key: Whole
    day_bits: int
    earliest: int
    order: Whole | None
    counts: Columns

    @classmethod
    def of(cls, rows: pa.Table) -> "SortedRows":
        """One sort, of keys as short as the people and days allow."""
        person, day = rows["person"].to_numpy(), rows["day"].to_numpy()
        earliest, latest = (int(day.min()), int(day.max())) if len(day) else (0, 0)
        day_bits = (latest - earliest).bit_length()
        bits = int(person.max(initial=0)).bit_length() + day_bits
        kind = np.int32 if bits < 32 else np.int64
        key = (person.astype(kind) << kind(day_bits)) | (day.astype(kind) - kind(earliest))
        if rows.column_names == ["person", "day", "theirs"]:
            return cls(np.sort(key), day_bits, earliest, None, {})
        key, order = _sorted_with_places(key.astype(np.int64), bits)
        counts = {name: rows[name].to_numpy() for name in rows.column_names if name not in ("person", "day")}
        return cls(key, day_bits, earliest, order, counts)

    def parts(self) -> list[slice]:
        """Stretches of about `ROWS_AT_A_TIME` rows that hold whole people."""
        ends = [0]
        while ends[-1] < len(self.key):
            last = int(self.key[min(ends[-1] + ROWS_AT_A_TIME, len(self.key)) - 1]) | (1 << self.day_bits) - 1
            ends.append(int(np.searchsorted(self.key, self.key.dtype.type(last), side="right")))
        return [slice(start, end) for start, end in pairwise(ends)] or [slice(0, 0)]

    def days(self, part: slice = slice(None)) -> Columns:
        """One row a (person, day) of a part of the rows that holds whole days."""
        key = self.key[part]
        start = _starts(key)
        first = key[start].astype(np.int64)
        days: Columns = {"person": first >> self.day_bits}
        days["day"] = (first & ((1 << self.day_bits) - 1)) + self.earliest
        if self.order is None:
            days["theirs"] = np.diff(start, append=len(key))
        else:
            order = self.order[part]
            for name in (name for name in ADDED if name in self.counts):
                days[name] = _sums(self.counts[name][order].astype(np.int64), start)
            if "kind_bit" in self.counts:
                days["kinds"] = _any_bit(self.counts["kind_bit"][order].astype(np.int64), start)
        days["week"] = week_of(days["day"])
        days["fresh"] = (days["theirs"] > 0).astype(np.int64)
        days["fresh_week"] = days["fresh"]
        return days


def _sorted_with_places(key: Whole, bits: int) -> tuple[Whole, Whole]:
    """The keys in order and where each stood. A key and its place in one number sort far faster than places
    by their keys, where both fit."""
    place_bits = len(key).bit_length()
    if bits + place_bits > 62:
        order = np.argsort(key)
        return key[order], order
    both = np.sort((key << place_bits) | np.arange(len(key)))
    return both >> place_bits, both & ((1 << place_bits) - 1)


def state_rows(days: Columns) -> Columns:
    """One row a person, like `expressions.state_rows`; a day that never was is `NEVER`."""
    start = _starts(days["person"])
    ends = [*start[:: max(1, ROWS_AT_A_TIME // 4)].tolist(), len(days["person"])]
    parts = [slice(first, last) for first, last in pairwise(ends)] or [slice(0, 0)]
    return _in_parts(lambda part: _state_part({name: days[name][part] for name in days}), parts)


def _in_parts(state_of: Callable[[slice], Columns], parts: list[slice]) -> Columns:
    done = in_threads(state_of, parts)
    return {name: np.concatenate([part[name] for part in done]) for name in done[0]}


def _state_part(days: Columns) -> Columns:
    """`state_rows` of few enough people."""
    start = _starts(days["person"])
    size = np.diff(start, append=len(days["person"]))
    whose = np.repeat(np.arange(len(start)), size)
    out: Columns = {"person": days["person"][start]}
    out["anchor_day"] = days["day"][start + size - 1]
    out["first_day"], out["last_day"] = _ends(days, start, size)
    out |= _faded(days, whose, np.repeat(out["anchor_day"], size) - days["day"])
    for name in ADDED:
        out[name] = _totals(days[name], whose) if name in days else np.zeros(len(start), dtype=np.int64)
    out["active_days"] = _totals(days["fresh"], whose)
    out["days_mask"] = _sums(days["fresh"] * _bit(np.repeat(out["last_day"], size) - days["day"]), start)
    kinds = _any_bit(days["kinds"], start) if "kinds" in days else np.zeros(len(start), dtype=np.int64)
    out["kinds_mask"] = kinds
    return out | _weeks(days, whose, out["last_day"])


def _ends(days: Columns, start: Whole, size: Whole) -> tuple[Whole, Whole]:
    """The first and the last day on which each person did something themselves."""
    day, acted = days["day"], days["theirs"] > 0
    if acted.all():
        return day[start], day[start + size - 1]
    last = _extreme(np.maximum, np.where(acted, day, NEVER), start)
    first = _extreme(np.minimum, np.where(acted, day, np.iinfo(np.int32).max), start)
    return np.where(last == NEVER, NEVER, first), last


def _faded(days: Columns, whose: Whole, age: Whole) -> Columns:
    """The decayed sums: of fresh days for each half-life, and of the counts of `FADED`."""
    people = int(whose[-1]) + 1 if len(whose) else 0
    out: Columns = {}
    waning = {half_life: _waned(age, half_life) for half_life in DAY_HALF_LIVES}
    all_fresh = bool(days["fresh"].all())
    for half_life, weight in waning.items():
        out[f"d{half_life}"] = _weighed(whose, weight if all_fresh else days["fresh"] * weight, people)
    for name, count in FADED.items():
        if count in days:
            out[name] = _weighed(whose, days[count] * waning[int(name[1:])], people)
        else:
            out[name] = np.zeros(people)
    return out


def _weighed(whose: Whole, weight: npt.NDArray[Any], people: int) -> npt.NDArray[np.float64]:
    """Sums of weights by person; of nobody too it is an array of doubles, which `bincount` forgets."""
    return np.bincount(whose, weight, people).astype(np.float64, copy=False)


def _waned(age: Whole, half_life: int) -> npt.NDArray[np.float64]:
    """2^(-age / half_life); ages are few, so mostly read from a table."""
    oldest = int(age.max(initial=0))
    if oldest > len(age):
        return np.asarray(np.exp2(age * (-1.0 / half_life)), dtype=np.float64)
    return np.asarray(np.exp2(np.arange(oldest + 1) * (-1.0 / half_life))[age], dtype=np.float64)


def _weeks(days: Columns, whose: Whole, last_day: Whole) -> Columns:
    """Distinct weeks and their mask: by (person, week), then by person."""
    week = days["week"]
    start = _starts(whose * (1 << DAY_BITS) + week)
    person = whose[start]
    fresh = _extreme(np.maximum, days["fresh_week"], start)
    bits = fresh * _bit(week_of(last_day)[person] - week[start])
    return {"active_weeks": _totals(fresh, person), "weeks_mask": _sums(bits, _starts(person))}


def in_threads(work: Callable[[Part], Made], parts: Sequence[Part]) -> list[Made]:
    """`work` of each part, in order, on two threads: numpy lets go of the interpreter while it counts."""
    if len(parts) < 2:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, parts))


def week_of(day: npt.NDArray[Any]) -> Whole:
    """The number of the week (Monday first) a day lies in; 1970-01-01 was a Thursday."""
    return np.asarray((day.astype(np.int64) + 3 + 7 * 200_000) // 7, dtype=np.int64)


def _bit(back: Whole) -> Whole:
    """2^back for the last 62 days or weeks, 0 for anything older (or not theirs)."""
    place = np.minimum(back.view(np.uint64), np.uint64(MASK_BITS))  # what is below 0 counts as very old
    return _BITS[place.view(np.int64)]


def _starts(ordered: Whole) -> Whole:
    """Where each new value begins."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([[0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1])


def _sums(values: npt.NDArray[Any], start: Whole) -> npt.NDArray[Any]:
    return np.add.reduceat(values, start) if len(start) else values[:0]


def _totals(values: npt.NDArray[Any], whose: Whole) -> Whole:
    """Sums of whole numbers below 2^53 for each of 0..n-1 in `whose`."""
    return np.bincount(whose, values).astype(np.int64)


def _any_bit(values: Whole, start: Whole) -> Whole:
    return np.asarray(np.bitwise_or.reduceat(values, start) if len(start) else values[:0], dtype=np.int64)


def _extreme(function: np.ufunc, values: Whole, start: Whole) -> Whole:
    return np.asarray(function.reduceat(values, start) if len(start) else values[:0], dtype=np.int64)
