"""Columns of written moments to instants, vectorised: no Python datetime per row.

Calendar arithmetic is numpy's datetime64; local times become instants by Arrow's own time zone tables.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from deining.channels.files.date_shapes import (
    AMBIGUOUS,
    ISO_PLAIN,
    ISO_ZONED,
    MONTHS,
    SHAPES,
    ZONE_MINUTES,
    DateShape,
)
from deining.channels.files.happenings import INSTANT

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NAIVE: Final = pa.timestamp("us")
MINUTE: Final = 60_000_000
LOCAL: Final = -9_999
"""Zone offset of a time that names no zone."""


@dataclass(frozen=True, slots=True)
class Times:
    """Parsed moments: `instants` is timestamp[us, UTC], null where unreadable.

    `ambiguous` counts local times that came twice (the first is taken), `nonexistent` those the clock skipped
    (the moment right after the jump is taken), `naive` those that named no zone.
    """

    instants: pa.Array
    ambiguous: int = 0
    nonexistent: int = 0
    naive: int = 0


def parse_times(column: pa.Array, tz: str, *, day_first: bool = True) -> Times:
    """Read a column of text, numbers, dates or timestamps; naive times are local times of `tz`.

    Whole numbers are seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size,
    or a date as YYYYMMDD.
    """
    kind = column.type
    if pa.types.is_timestamp(kind):
        return _from_timestamps(column, tz)
    if pa.types.is_date(kind):
        return localise(column.cast(pa.date32()).cast(NAIVE), tz)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        column = as_text(column)
    return _from_text(pc.utf8_trim_whitespace(column.cast(pa.string())), tz, day_first)


def as_text(column: pa.Array) -> pa.Array:
    """Numbers as text, whole ones without a decimal point (1082040961, not 1.08e9)."""
    if pa.types.is_floating(column.type) or pa.types.is_decimal(column.type):
        numbers = column.cast(pa.float64(), safe=False)
        finite = pc.is_finite(numbers)
        small = pc.less(pc.abs(numbers), 2.0**53)
        whole = pc.and_(pc.and_(finite, small), pc.equal(pc.floor(numbers), numbers))
        ints = pc.if_else(whole, numbers, pa.scalar(None, pa.float64())).cast(pa.int64(), safe=False)
        shown = pc.if_else(finite, numbers, pa.scalar(None, pa.float64())).cast(pa.string())
        return pc.coalesce(ints.cast(pa.string()), shown)
    return column.cast(pa.string())


def _from_timestamps(column: pa.Array, tz: str) -> Times:
    if column.type.tz is not None:
        return Times(column.cast(INSTANT, safe=False))
    return localise(column.cast(NAIVE, safe=False), tz)


def localise(naive: pa.Array, tz: str) -> Times:
    """Local times of `tz` to instants: a doubled hour takes its first pass, a skipped one the moment after."""
    count = len(naive) - naive.null_count
    first = pc.assume_timezone(naive, tz, ambiguous="earliest", nonexistent="latest")
    last = pc.assume_timezone(naive, tz, ambiguous="latest", nonexistent="latest")
    before = pc.assume_timezone(naive, tz, ambiguous="earliest", nonexistent="earliest")
    return Times(first.cast(INSTANT), _differ(first, last), _differ(first, before), count)


def _differ(left: pa.Array, right: pa.Array) -> int:
    return int(pc.sum(pc.not_equal(left, right)).as_py() or 0)


def _from_text(text: pa.Array, tz: str, day_first: bool) -> Times:
    text = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    quick = _quick_iso(text, tz)
    if quick is not None:
        return quick
    local = np.full(len(text), np.datetime64("NaT"), "M8[us]")
    offsets = np.full(len(text), LOCAL, np.int64)
    left: Ints = np.flatnonzero(np.asarray(pc.is_valid(text)))
    for shape in SHAPES:
        if not left.size:
            break
        rest = text.take(pa.array(left))
        groups = pc.extract_regex(rest, shape.pattern)
        hit = np.flatnonzero(np.asarray(pc.is_valid(groups)))
        if not hit.size:
            continue
        found, zone = _moments(_Groups(groups.take(pa.array(hit)), shape), day_first)
        readable = ~np.isnat(found)
        local[left[hit[readable]]] = found[readable]
        offsets[left[hit[readable]]] = zone[readable]
        left = np.delete(left, hit[readable])
    return _join(local, offsets, tz)


def _join(local: NDArray[np.datetime64], offsets: Ints, tz: str) -> Times:
    """Times with their own offset beside times of `tz`."""
    zoned = offsets != LOCAL
    naive = localise(pa.array(np.where(zoned, np.datetime64("NaT"), local), NAIVE), tz)
    shifted = local - (np.where(zoned, offsets, 0) * MINUTE).astype("m8[us]")
    absolute = pa.array(np.where(zoned, shifted, np.datetime64("NaT")), NAIVE)
    instants = pc.coalesce(naive.instants, absolute.cast(INSTANT))
    return Times(instants, naive.ambiguous, naive.nonexistent, naive.naive)


def _quick_iso(text: pa.Array, tz: str) -> Times | None:
    """Arrow's own ISO 8601 parser, five times as fast, when every value suits it."""
    for pattern, zoned in ((ISO_PLAIN, False), (ISO_ZONED, True)):
        if not pc.all(pc.match_substring_regex(text, pattern), min_count=0).as_py():
            continue
        try:
            parsed = text.cast(INSTANT if zoned else NAIVE)
        except pa.ArrowInvalid:  # such as 31 February: let the slower way find which rows
            return None
        return Times(parsed) if zoned else localise(parsed, tz)
    return None


class _Groups:
    """The named groups of one shape over many rows; a group that is absent or empty reads as its default."""

    def __init__(self, struct: Any, shape: DateShape) -> None:
        self._struct = struct
        self._names = shape.groups
        self.size = len(struct)

    def has(self, name: str) -> bool:
        return name in self._names

    def text(self, name: str) -> pa.Array:
        return pc.struct_field(self._struct, name)

    def ints(self, name: str, default: int = 0) -> Ints:
        if not self.has(name):
            return np.full(self.size, default, np.int64)
        text = self.text(name)
        filled = pc.if_else(pc.equal(text, ""), str(default), text)
        return np.asarray(filled.cast(pa.int64()))

    def lookup(self, name: str, table: dict[str, int], default: int) -> Ints:
        """Words to numbers by `table`, one look-up per different word."""
        if not self.has(name):
            return np.full(self.size, default, np.int64)
        words = pc.utf8_lower(self.text(name)).dictionary_encode()
        values = np.array([table.get(word, default) for word in words.dictionary.to_pylist()], np.int64)
        return values[np.asarray(words.indices)]


def _moments(groups: _Groups, day_first: bool) -> tuple[NDArray[np.datetime64], Ints]:
    """Local moments (NaT where the calendar has no such day or hour) and zone offsets in minutes."""
    if groups.has("epoch"):
        return _epochs(groups.ints("epoch")), np.zeros(groups.size, np.int64)
    year = groups.ints("y")
    year = np.where(year < 100, np.where(year < 70, year + 2000, year + 1900), year)
    month, day = _month_and_day(groups, day_first)
    days, known = _days(year, month, day)
    hour, minute, second = groups.ints("h"), groups.ints("mi"), groups.ints("s")
    hour, known_hour = _half_days(groups, hour)
    known &= known_hour & (hour < 24) & (minute < 60) & (second < 61)
    micros = ((hour * 60 + minute) * 60 + second) * 1_000_000 + _fraction(groups)
    moments = days.astype("M8[us]") + micros.astype("m8[us]")
    moments[~known] = np.datetime64("NaT")
    return moments, _zones(groups)


def _epochs(numbers: Ints) -> NDArray[np.datetime64]:
    scale = np.select([numbers < 10**10, numbers < 10**13], [1_000_000, 1_000], 1)
    result: NDArray[np.datetime64] = (numbers * scale).astype("M8[us]")
    return result


def _month_and_day(groups: _Groups, day_first: bool) -> tuple[Ints, Ints]:
    if groups.has("month"):
        return groups.lookup("month", MONTHS, 0), groups.ints("d")
    if not groups.has("a"):
        return groups.ints("mo"), groups.ints("d")
    a, b = groups.ints("a"), groups.ints("b")
    return (b, a) if day_first else (a, b)


def _days(year: Ints, month: Ints, day: Ints) -> tuple[NDArray[np.datetime64], Bools]:
    """Calendar days, and which of them exist."""
    inside = (month >= 1) & (month <= 12) & (year >= 1) & (year <= 9998)
    months = np.where(inside, (year - 1970) * 12 + month - 1, 0)
    first = months.astype("M8[M]").astype("M8[D]")
    length = ((months + 1).astype("M8[M]").astype("M8[D]") - first).astype(np.int64)
    return first + (day - 1).astype("m8[D]"), inside & (day >= 1) & (day <= length)


def _half_days(groups: _Groups, hour: Ints) -> tuple[Ints, Bools]:
    half = groups.lookup("ap", {"am": 1, "a.m.": 1, "pm": 2, "p.m.": 2}, 0)
    known = (half == 0) | ((hour >= 1) & (hour <= 12))
    return np.where(half == 0, hour, hour % 12 + np.where(half == 2, 12, 0)), known


def _fraction(groups: _Groups) -> Ints:
    if not groups.has("frac"):
        return np.zeros(groups.size, np.int64)
    digits = pc.utf8_slice_codeunits(pc.utf8_rpad(groups.text("frac"), 6, "0"), 0, 6)
    return np.asarray(digits.cast(pa.int64()))


def _zones(groups: _Groups) -> Ints:
    if not groups.has("zone"):
        return np.full(groups.size, LOCAL, np.int64)
    words = groups.text("zone").dictionary_encode()
    values = np.array([_zone_minutes(word) for word in words.dictionary.to_pylist()], np.int64)
    return values[np.asarray(words.indices)]


def _zone_minutes(word: str) -> int:
    if word[:1] in {"+", "-"}:
        digits = word[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return -minutes if word[0] == "-" else minutes
    return ZONE_MINUTES.get(word.lower(), LOCAL)


@dataclass(frozen=True, slots=True)
class DayOrder:
    """What a column of numeric dates says about its order; add up over batches with `merged`."""

    first_max: int = 0
    second_max: int = 0
    first_over: int = 0
    second_over: int = 0
    example: str = ""

    def merged(self, other: "DayOrder") -> "DayOrder":
        """The two together."""
        return DayOrder(
            max(self.first_max, other.first_max),
            max(self.second_max, other.second_max),
            self.first_over + other.first_over,
            self.second_over + other.second_over,
            self.example or other.example,
        )

    @property
    def sure(self) -> bool:
        """Some date can be read only one way."""
        return self.first_over != self.second_over

    @property
    def day_first(self) -> bool:
        """Day first unless the column proves otherwise, as everywhere in the low countries."""
        return self.first_over >= self.second_over


def day_order(column: pa.Array) -> DayOrder:
    """How often the first and the second number of dates like 03-11-2024 exceed 12."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return DayOrder()
    text = pc.utf8_trim_whitespace(column.cast(pa.string())).drop_null()
    groups = pc.extract_regex(text, AMBIGUOUS)
    seen = groups.drop_null()
    if not len(seen):
        return DayOrder()
    a = np.asarray(pc.struct_field(seen, "a").cast(pa.int64()))
    b = np.asarray(pc.struct_field(seen, "b").cast(pa.int64()))
    example = text.filter(pc.is_valid(groups))[0].as_py()
    return DayOrder(int(a.max()), int(b.max()), int((a > 12).sum()), int((b > 12).sum()), example)
