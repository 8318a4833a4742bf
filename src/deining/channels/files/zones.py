"""Local times to instants, whole columns at a time, by the jumps of a time zone's clock.

At each jump, local times before the old clock's reading belong to the old offset. So an hour that comes
twice is taken at its first pass, and a time that the clock skips is read with the new offset and moved up to
the jump.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Moments = NDArray[np.datetime64]
Ints = NDArray[np.int64]

SECOND: Final = 1_000_000


def to_utc(local: Moments, tz: str) -> tuple[Moments, int, int]:
    """(instants, how many came twice, how many were skipped by the clock) of local times without NaT."""
    micros = local.astype("M8[us]").astype(np.int64)
    years = local.astype("M8[Y]").astype(np.int64) + 1970
    first, last = int(np.clip(years.min(), 2, 9997)), int(np.clip(years.max(), 2, 9997))
    jumps, offsets = clock(tz, first - 1, last + 1)
    before, after = offsets[:-1], offsets[1:]
    which = np.searchsorted(jumps + before, micros, side="right")
    instants = micros - offsets[which]
    twice = skipped = 0
    if len(jumps):
        last_jump = np.maximum(which - 1, 0)
        early = (which > 0) & (instants < jumps[last_jump])
        skipped = int(early.sum())
        instants = np.where(early, jumps[last_jump], instants)
        next_jump = np.minimum(which, len(jumps) - 1)
        again = (which < len(jumps)) & (micros >= (jumps + np.minimum(before, after))[next_jump])
        twice = int((again & (after < before)[next_jump]).sum())
    return instants.astype("M8[us]"), twice, skipped


@cache
def clock(tz: str, first: int, last: int) -> tuple[Ints, Ints]:
    """The jumps of a zone's clock in the years given, in microseconds UTC, and the offsets around them."""
    zone = ZoneInfo(tz)
    jumps: list[int] = []
    moment, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    offset = _offset(zone, moment)
    offsets = [offset]
    while moment < end:
        # two jumps within five days have never been decreed for long enough to matter
        later = moment + timedelta(days=5)
        if _offset(zone, later) != offset:
            jumps.append(_jump(zone, moment, later))
            offset = _offset(zone, later)
            offsets.append(offset)
        moment = later
    return np.array(jumps, np.int64), np.array(offsets, np.int64)


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    gap = moment.astimezone(zone).utcoffset() or timedelta()
    return int(gap.total_seconds()) * SECOND


def _jump(zone: ZoneInfo, low: datetime, high: datetime) -> int:
    """The first second at which the new offset holds."""
    old = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if middle in {low, high}:
            break
        low, high = (middle, high) if _offset(zone, middle) == old else (low, middle)
    return int(high.timestamp()) * SECOND
