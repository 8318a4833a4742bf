"""What the values of a column look like: how many differ, whether they are dates, words, addresses, yes or
no.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deining.channels.files.dates import as_text, parse_times
from deining.channels.files.words import kind_of, yes_or_no
from deining.core.kinds import Kind

_CLOCK: Final = r"^\s*([01]?\d|2[0-3])[:u][0-5]\d([:.]\d{2})?( ?[AaPp][Mm])?( uur)?\s*$"
_EMAIL: Final = r"^\s*[^@\s<>]+@[^@\s<>]+\.[A-Za-z]{2,}\s*$"
_NUMBER: Final = r"^\s*[-+]?\d+\s*$"
_FRACTION: Final = r"^\s*[-+]?\d+[.,]\d+\s*$"
_COMMA: Final = r"^\s*[-+]?[\d.]*\d,\d+\s*$"
EARLIEST: Final = 1970
FEW: Final = 60


@dataclass(frozen=True, slots=True)
class Look:
    """One column of a sample; shares are of the `filled` values. `dates` are moments that may have been,
    `moments` also those far in the future."""

    name: str
    place: int
    rows: int
    filled: int
    distinct: int
    dates: float
    moments: float
    midnight: float
    clocks: float
    emails: float
    numbers: float
    fractions: float
    decimal_commas: float
    yes_no: float
    kinds: float
    length: float
    example: str
    typed_time: bool

    @property
    def repeats(self) -> float:
        """Rows per different value."""
        return self.filled / self.distinct if self.distinct else 0.0


def looks_of(table: pa.Table, tz: str, now: datetime) -> list[Look]:
    """A look at each column of a sample."""
    return [
        look_at(name, place, table.column(name).combine_chunks(), tz, now)
        for place, name in enumerate(table.column_names)
    ]


def look_at(name: str, place: int, column: pa.Array, tz: str, now: datetime) -> Look:
    """A look at one column."""
    text = pc.utf8_trim_whitespace(as_text(column)) if not _is_time(column) else None
    if text is None:
        return _time_look(name, place, column, tz)
    filled = text.filter(pc.fill_null(pc.not_equal(text, ""), False))
    values = pc.value_counts(filled) if len(filled) else pa.array([], pa.struct([("values", pa.string())]))
    distinct = values.field(0).to_pylist() if len(values) else []
    few = distinct if len(distinct) <= FEW else []
    dates, moments, midnight = _date_shares(filled, tz, now)
    return Look(
        name=name,
        place=place,
        rows=len(column),
        filled=len(filled),
        distinct=len(distinct),
        dates=dates,
        moments=moments,
        midnight=midnight,
        clocks=_share(filled, _CLOCK),
        emails=_share(filled, _EMAIL),
        numbers=_share(filled, _NUMBER),
        fractions=_share(filled, _FRACTION),
        decimal_commas=_share(filled, _COMMA),
        yes_no=_mean([yes_or_no(value) is not None for value in few if len(few) <= 4]),
        kinds=_mean([kind_of(value) is not Kind.OTHER for value in few]),
        length=float(pc.mean(pc.utf8_length(filled)).as_py() or 0.0) if len(filled) else 0.0,
        example=few[0] if few else "",
        typed_time=False,
    )


def _is_time(column: pa.Array) -> bool:
    return bool(pa.types.is_temporal(column.type))


def _time_look(name: str, place: int, column: pa.Array, tz: str) -> Look:
    filled = column.drop_null()
    share = 1.0 if not pa.types.is_time(column.type) and not pa.types.is_duration(column.type) else 0.0
    times = parse_times(filled, tz).instants if share and len(filled) else pa.array([], pa.int64())
    count = len(pc.unique(filled)) if len(filled) else 0
    midnight = float(pa.types.is_date(column.type))
    dated = share if len(times) else 0.0
    return Look(
        name=name,
        place=place,
        rows=len(column),
        filled=len(filled),
        distinct=count,
        dates=dated,
        moments=dated,
        midnight=midnight,
        clocks=0.0,
        emails=0.0,
        numbers=0.0,
        fractions=0.0,
        decimal_commas=0.0,
        yes_no=0.0,
        kinds=0.0,
        length=20.0,
        example="",
        typed_time=True,
    )


def _date_shares(filled: pa.Array, tz: str, now: datetime) -> tuple[float, float, float]:
    """Shares of moments that may have been, of any moments, and of dates without a time of day."""
    if not len(filled):
        return 0.0, 0.0, 0.0
    instants = parse_times(filled, tz).instants
    if instants.null_count and not len(instants.drop_null()):
        instants = parse_times(filled, tz, day_first=False).instants
    micros = np.asarray(instants.drop_null().cast(pa.int64()))
    limit = now.timestamp() * 1e6 + 366 * 86_400e6
    good = micros[(micros > -366 * 86_400e6 * 60) & (micros < limit)]
    midnight = float(_share(filled, r"^\D*[\d]{1,4}\D+\w+\D+\d{1,4}$|^\d{8}$"))
    return len(good) / len(filled), len(micros) / len(filled), midnight


def _share(filled: pa.Array, pattern: str) -> float:
    return float(pc.mean(pc.match_substring_regex(filled, pattern)).as_py() or 0.0) if len(filled) else 0.0


def _mean(flags: list[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0
