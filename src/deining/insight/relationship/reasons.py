"""Why somebody's score is what it is: the largest contributions, each with the person's own numbers.

The score is linear in its inputs, so the contribution of a group of inputs is exactly the sum of its terms. A
reason is only given when its fact says the same as its effect: many weeks raise, a long silence lowers.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from deining.insight.relationship.counting import Columns
from deining.insight.relationship.features import (  # fmt: skip
    GROUPS,
    NAMES,
    Matrix,
    days_known,
    days_silent,
    kinds_seen,
    recent_days,
    weeks_active,
)

CODES: Final = ("recent", "seen", "silence", "weeks", "year", *dict.fromkeys(
    group for group in GROUPS.values() if group not in ("recent", "weeks")
))  # fmt: skip
"""What a reason can say. `recent`, `seen` and `silence` speak for the group recent, `weeks` and `year` for
weeks."""

GROUP_NAMES: Final = tuple(dict.fromkeys(GROUPS.values()))
LEAST_EFFECT: Final = 0.15
SILENT_FROM: Final = 14
SPANS: Final = {"recent": 30, "weeks": 12, "year": 52}
REASON: Final = pa.struct(
    [("code", pa.string()), ("effect", pa.int8()), ("n", pa.int32()), ("of", pa.int32()), ("day", pa.int32())]
)
"""`effect`: +1 raises, -1 lowers. `n`, `of`: the numbers of the phrase. `day`: of the person's last event."""

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def facts(state: Columns, at: int) -> dict[str, Whole]:
    """For each code the person's own number."""
    asked = np.maximum(state["asks"], state["answered"])
    return {
        "recent": recent_days(state, at, SPANS["recent"]),
        "seen": days_silent(state, at),
        "silence": days_silent(state, at),
        "weeks": weeks_active(state, at, SPANS["weeks"]),
        "year": weeks_active(state, at, SPANS["year"]),
        "tenure": days_known(state, at),
        "volume": state["theirs"].astype(np.int64),
        "replies": state["replies"].astype(np.int64),
        "received": state["received"].astype(np.int64),
        "breadth": kinds_seen(state),
        "answering": np.minimum(state["answered"], asked).astype(np.int64),
        "touches": state["touches"].astype(np.int64),
    }


def typical_facts(state: Columns, at: int) -> dict[str, float]:
    """The median of each fact, against which somebody's fact is high or low."""
    return {code: float(np.median(number)) for code, number in facts(state, at).items()}


def contributions(design: Matrix, beta: npt.NDArray[np.float64]) -> Matrix:
    """How much each group (`GROUP_NAMES`) moves the log-odds away from the usual, people x groups."""
    belongs = np.array([[GROUPS[name] == group for group in GROUP_NAMES] for name in NAMES], dtype=np.float64)
    return np.asarray(design[:, 1:] @ (beta[1:, None] * belongs), dtype=np.float64)


@dataclass(frozen=True)
class Told:
    """What could be said of each group for each person: people x groups."""

    code: Whole
    number: Whole
    out_of: Whole
    fits: Flags


def reason_column(
    state: Columns, at: int, design: Matrix, beta: npt.NDArray[np.float64], typical: dict[str, float]
) -> pa.Array:
    """For each person a list of `REASON`: at most two that carry the score, then at most one against it."""
    moved = contributions(design, beta)
    told = _told(state, at, moved, typical)
    strength = np.where(told.fits & (np.abs(moved) >= LEAST_EFFECT), np.abs(moved), 0.0)
    up, down = np.where(moved > 0, strength, 0.0), np.where(moved < 0, strength, 0.0)
    rising = (moved.sum(axis=1) >= 0)[:, None]
    main, other = np.where(rising, up, down), np.where(rising, down, up)
    first, second, against = _strongest(main), _second(main), _strongest(other)
    places = np.column_stack([first, second, against])
    kept = np.column_stack([_at(main, places[:, :2]), _at(other, places[:, 2:])]) > 0
    return _as_lists(places, kept, moved, told, state["last_day"])


def _told(state: Columns, at: int, moved: Matrix, typical: dict[str, float]) -> Told:
    known = facts(state, at)
    people = len(moved)
    code = np.zeros((people, len(GROUP_NAMES)), dtype=np.int64)
    for place, group in enumerate(GROUP_NAMES):
        code[:, place] = _code_for(group, moved[:, place] > 0, known)
    numbers = np.column_stack([known[name] for name in CODES]).astype(np.int64)
    usual = np.array([typical.get(name, 0.0) for name in CODES])
    number = np.take_along_axis(numbers, code, axis=1)
    asked = np.maximum(state["asks"], state["answered"]).astype(np.int64)
    out_of = np.array([SPANS.get(name, 0) for name in CODES], dtype=np.int64)[code]
    out_of = np.where(code == CODES.index("answering"), asked[:, None], out_of)
    above, below = number >= usual[code], number <= usual[code]
    agrees = np.where((moved > 0) ^ (code == CODES.index("seen")), above, below)
    agrees = np.where(code == CODES.index("silence"), moved < 0, agrees)
    return Told(code, number, out_of, agrees & _tellable(code, number, out_of))


def _code_for(group: str, raises: Flags, known: dict[str, Whole]) -> Whole:
    """Which of its phrases a group takes for each person."""
    place = {name: CODES.index(name) for name in CODES}
    if group == "recent":
        here = np.where(known["recent"] > 0, place["recent"], place["seen"])
        return np.where(raises | (known["silence"] < SILENT_FROM), here, place["silence"])
    if group == "weeks":
        return np.where(known["weeks"] > 0, place["weeks"], place["year"])
    return np.full(len(raises), place[group])


def _tellable(code: Whole, number: Whole, out_of: Whole) -> Flags:
    """Nothing is said of what never happened: no answers, no asks, a single kind."""
    told = np.ones(code.shape, dtype=bool)
    for name in ("replies", "received", "touches", "year", "recent"):
        told &= (code != CODES.index(name)) | (number > 0)
    told &= (code != CODES.index("answering")) | (out_of > 0)
    told &= (code != CODES.index("breadth")) | (number > 1)
    return told


def _strongest(strength: Matrix) -> Whole:
    place: Whole = np.argmax(strength, axis=1).astype(np.int64)
    return place


def _second(strength: Matrix) -> Whole:
    """The place of the second largest of each row."""
    rest = strength.copy()
    rest[np.arange(len(rest)), _strongest(strength)] = -1.0
    return _strongest(rest)


def _at(values: Matrix, places: Whole) -> Matrix:
    return np.take_along_axis(values, places, axis=1)


def _as_lists(places: Whole, kept: Flags, moved: Matrix, told: Told, last_day: npt.NDArray[Any]) -> pa.Array:
    rows, slots = np.nonzero(kept)
    group = places[rows, slots]
    limit = np.iinfo(np.int32).max
    values = pa.StructArray.from_arrays(
        [
            pa.array(CODES).take(pa.array(told.code[rows, group])),
            pa.array(np.sign(moved[rows, group]).astype(np.int8)),
            pa.array(np.minimum(told.number[rows, group], limit).astype(np.int32)),
            pa.array(np.minimum(told.out_of[rows, group], limit).astype(np.int32)),
            pa.array(last_day[rows].astype(np.int32)),
        ],
        fields=list(REASON),
    )
    offsets = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)
