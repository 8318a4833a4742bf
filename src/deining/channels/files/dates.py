"""Columns of written moments to instants, vectorised: no Python datetime per row.

Values written alike are read together: one regular expression per way of writing, then arithmetic on the
digits of all its rows at once, in numpy's datetime64.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from deining.channels.files.date_shapes import AMBIGUOUS, MONTHS, ZONE_MINUTES, shape_of
from deining.channels.files.date_templates import Fields, Ints, alike
from deining.channels.files.happenings import INSTANT
from deining.channels.files.zones import Moments, to_utc

Bools = NDArray[np.bool_]

NAIVE: Final = pa.timestamp("us")
MINUTE: Final = 60_000_000
LOCAL: Final = -9_999
"""Zone offset of a time that names no zone."""
NULL: Final = np.iinfo(np.int64).min


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
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
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


def _from_text(text: pa.Array, tz: str, day_first: bool) -> Times:
    local = np.full(len(text), np.datetime64("NaT"), "M8[us]")
    offsets = np.full(len(text), LOCAL, np.int64)
    for group in alike(text):
        found = shape_of(group.example)
        if found is not None:
            local[group.rows], offsets[group.rows] = _moments(Fields(group, found), day_first)
    return _join(local, offsets, tz)


def _join(local: Moments, offsets: Ints, tz: str) -> Times:
    """Times with their own offset beside times of `tz`."""
    named = offsets != LOCAL
    instants = local - (np.where(named, offsets, 0) * MINUTE).astype("m8[us]")
    naive = ~named & ~np.isnat(local)
    ambiguous = nonexistent = 0
    if naive.any():
        instants[naive], ambiguous, nonexistent = to_utc(local[naive], tz)
    count = int(naive.sum())
    return Times(pa.array(instants, NAIVE).cast(INSTANT), ambiguous, nonexistent, count)


def localise(naive: pa.Array, tz: str) -> Times:
    """Local times of `tz` (timestamp[us]) to instants: a doubled hour takes its first pass, a skipped one
    its end.
    """
    local = np.asarray(pc.fill_null(naive.cast(pa.int64()), NULL)).astype("M8[us]")
    return _join(local, np.full(len(local), LOCAL, np.int64), tz)


def _moments(fields: Fields, day_first: bool) -> tuple[Moments, Ints]:
    """Local moments (NaT where the calendar has no such day or hour) and zone offsets in minutes."""
    if fields.has("epoch"):
        return _epochs(fields.ints("epoch")), np.zeros(fields.size, np.int64)
    year = fields.ints("y")
    year = np.where(year < 100, np.where(year < 70, year + 2000, year + 1900), year)
    month, day = _month_and_day(fields, day_first)
    days, known = _days(year, month, day)
    minute, second = fields.ints("mi"), fields.ints("s")
    hour, known_hour = _half_days(fields, fields.ints("h"))
    known &= known_hour & (hour < 24) & (minute < 60) & (second < 61)
    micros = ((hour * 60 + minute) * 60 + second) * 1_000_000 + fields.fraction("frac")
    moments = days.astype("M8[us]") + micros.astype("m8[us]")
    moments[~known] = np.datetime64("NaT")
    return moments, _zones(fields)


def _epochs(numbers: Ints) -> Moments:
    scale = np.select([numbers < 10**10, numbers < 10**13], [1_000_000, 1_000], 1)
    result: Moments = (numbers * scale).astype("M8[us]")
    return result


def _month_and_day(fields: Fields, day_first: bool) -> tuple[Ints, Ints]:
    if fields.has("month"):
        number = MONTHS.get(fields.word("month"), 0)
        return np.full(fields.size, number, np.int64), fields.ints("d")
    if not fields.has("a"):
        return fields.ints("mo"), fields.ints("d")
    a, b = fields.ints("a"), fields.ints("b")
    return (b, a) if day_first else (a, b)


def _days(year: Ints, month: Ints, day: Ints) -> tuple[Moments, Bools]:
    """Calendar days, and which of them exist."""
    inside = (month >= 1) & (month <= 12) & (year >= 1) & (year <= 9998)
    months = np.where(inside, (year - 1970) * 12 + month - 1, 0)
    first = months.astype("M8[M]").astype("M8[D]")
    length = ((months + 1).astype("M8[M]").astype("M8[D]") - first).astype(np.int64)
    return first + (day - 1).astype("m8[D]"), inside & (day >= 1) & (day <= length)


def _half_days(fields: Fields, hour: Ints) -> tuple[Ints, Bools]:
    half = fields.word("ap").replace(".", "")
    if not half:
        return hour, np.ones(fields.size, np.bool_)
    return hour % 12 + (12 if half == "pm" else 0), (hour >= 1) & (hour <= 12)


def _zones(fields: Fields) -> Ints:
    word = fields.word("zone")
    if word[:1] not in {"+", "-"}:
        return np.full(fields.size, ZONE_MINUTES.get(word, LOCAL), np.int64)
    digits = fields.ints("zone")
    minutes = digits * 60 if len(word) == 3 else digits // 100 * 60 + digits % 100
    return -minutes if word[0] == "-" else minutes


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
