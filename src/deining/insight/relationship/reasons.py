"""Why somebody's score is what it is: the largest contributions, each with the person's own numbers.

The score is linear in its inputs, so the contribution of a group of inputs is exactly the sum of its terms. A
reason is only given when its fact says the same as its effect: many weeks raise, a long silence lowers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
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
LEAST_TOLD: Final = {"replies": 1, "received": 1, "touches": 1, "year": 1, "recent": 1, "breadth": 2}
"""The smallest numbers that are worth a sentence."""
SLOTS: Final = 3
NOTHING: Final = -1
LAST_BITS: Final = 15
"""Room for the number of a group in the last bits of a strength."""
SPANS: Final = {"recent": 30, "weeks": 12, "year": 52}
REASON: Final = pa.struct(
    [("code", pa.string()), ("effect", pa.int8()), ("n", pa.int32()), ("of", pa.int32()), ("day", pa.int32())]
)
"""`effect`: +1 raises, -1 lowers. `n`, `of`: the numbers of the phrase. `day`: of the person's last event."""

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def facts(state: Columns, at: int) -> dict[str, Whole]:
    """For each code the person's own number."""
    asked, silent = np.maximum(state["asks"], state["answered"]), days_silent(state, at)
    return {
        "recent": recent_days(state, at, SPANS["recent"]),
        "seen": silent,
        "silence": silent,
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
    belongs = np.array([[GROUPS[name] == group for name in NAMES] for group in GROUP_NAMES], dtype=np.float64)
    return np.asarray((belongs * beta[1:]) @ design[:, 1:].T, dtype=np.float64).T


@dataclass(frozen=True)
class Reasons:
    """For each person `SLOTS` places: at most two reasons that carry the score, then at most one against it.

    `code`: a place in `CODES`, `NOTHING` where there is no reason; `effect`, `n`, `of`: see `REASON`.
    """

    code: npt.NDArray[np.int8]
    effect: npt.NDArray[np.int8]
    n: npt.NDArray[np.int32]
    of: npt.NDArray[np.int32]

    @classmethod
    def none(cls, people: int) -> "Reasons":
        """No reason for anybody."""
        nothing = np.zeros((people, SLOTS))
        code = np.full((people, SLOTS), NOTHING, dtype=np.int8)
        return cls(code, nothing.astype(np.int8), nothing.astype(np.int32), nothing.astype(np.int32))

    @classmethod
    def joined(cls, parts: Sequence["Reasons"]) -> "Reasons":
        """Those of several parts of the people, one after the other."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))

    def as_column(self, order: Whole, last_day: npt.NDArray[Any]) -> pa.Array:
        """A list of `REASON` for each person, people in `order`; `last_day` is in the order of `self`."""
        kept = (self.code != NOTHING)[order]
        per_person = kept.sum(axis=1)
        taken = (order[:, None] * SLOTS + np.arange(SLOTS))[kept]
        values = pa.StructArray.from_arrays(
            [
                pa.array(CODES).take(pa.array(self.code.ravel()[taken])),
                pa.array(self.effect.ravel()[taken]),
                pa.array(self.n.ravel()[taken]),
                pa.array(self.of.ravel()[taken]),
                pa.array(np.repeat(last_day[order].astype(np.int32), per_person)),
            ],
            fields=list(REASON),
        )
        offsets = np.concatenate([[0], np.cumsum(per_person)]).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), values)


@dataclass(frozen=True)
class Told:
    """What could be said of each group for each person: groups x people."""

    code: npt.NDArray[np.int8]
    number: Whole
    out_of: Whole
    fits: Flags


def reasons_of(
    state: Columns, at: int, design: Matrix, beta: npt.NDArray[np.float64], typical: dict[str, float]
) -> Reasons:
    """The reasons of people whose standardised inputs are `design`."""
    moved = contributions(design, beta).T
    rising = moved.sum(axis=0) >= 0
    strong = np.abs(moved) >= LEAST_EFFECT
    live = np.flatnonzero(strong.any(axis=1))
    if not len(live):
        return Reasons.none(len(rising))
    moved = moved[live]
    known = facts(state, at) | {"asked": np.maximum(state["asks"], state["answered"])}
    told = _told(known, [GROUP_NAMES[group] for group in live], moved, typical)
    signed = np.where(told.fits & strong[live], moved, 0.0)
    signed = np.where(rising, signed, -signed)
    main, other = _ranked(np.maximum(signed, 0.0)), _ranked(np.maximum(-signed, 0.0))
    first, against = np.maximum.reduce(main, axis=0), np.maximum.reduce(other, axis=0)
    second = np.maximum.reduce(np.where(main == first, 0, main), axis=0)
    return _picked(np.stack([first, second, against], axis=1), moved, told)


def _ranked(strength: Matrix) -> Whole:
    """Strengths (groups x people, none below 0) as whole numbers in the same order that end in their group:
    of equals the first group wins. The bits of floats of one sign are in the order of the floats."""
    last = np.arange(LAST_BITS, LAST_BITS - len(strength), -1)[:, None]
    return (strength.view(np.int64) & ~LAST_BITS) | last


def _picked(ranked: Whole, moved: Matrix, told: Told) -> Reasons:
    """`ranked`: people x `SLOTS`, what `_ranked` made."""
    people = len(ranked)
    group = np.minimum(LAST_BITS - (ranked & LAST_BITS), len(moved) - 1)
    flat = group * people + np.arange(people)[:, None]
    limit = np.iinfo(np.int32).max
    return Reasons(
        code=np.where(ranked > LAST_BITS, told.code.ravel()[flat], NOTHING).astype(np.int8),
        effect=np.where(moved.ravel()[flat] > 0, 1, -1).astype(np.int8),
        n=np.minimum(told.number.ravel()[flat], limit).astype(np.int32),
        of=np.minimum(told.out_of.ravel()[flat], limit).astype(np.int32),
    )


def _told(known: dict[str, Whole], groups: list[str], moved: Matrix, typical: dict[str, float]) -> Told:
    shape = moved.shape
    told = Told(np.empty(shape, np.int8), np.empty(shape, np.int64), np.empty(shape, np.int64), moved > 0)
    for place, group in enumerate(groups):
        raises, lowers = moved[place] > 0, moved[place] < 0
        for code, here in _phrases_for(group, raises, known):
            out_of = known["asked"] if code == "answering" else SPANS.get(code, 0)
            fits = _agrees(code, known[code], raises, lowers, typical.get(code, 0.0))
            np.copyto(
                told.fits[place], fits & (known["asked"] > 0) if code == "answering" else fits, where=here
            )
            np.copyto(told.code[place], CODES.index(code), where=here)
            np.copyto(told.number[place], known[code], where=here)
            np.copyto(told.out_of[place], out_of, where=here)
    return told


def _phrases_for(group: str, raises: Flags, known: dict[str, Whole]) -> list[tuple[str, Flags | bool]]:
    """Which of its phrases a group takes, and for whom."""
    if group == "recent":
        lately = raises | (known["silence"] < SILENT_FROM)
        some = known["recent"] > 0
        return [("recent", lately & some), ("seen", lately & ~some), ("silence", ~lately)]
    if group == "weeks":
        some = known["weeks"] > 0
        return [("weeks", some), ("year", ~some)]
    return [(group, True)]


def _agrees(code: str, number: Whole, raises: Flags, lowers: Flags, usual: float) -> Flags:
    """Whether the fact says the same as its effect, and is worth saying: nothing is said of what never
    happened, no answers, no asks, a single kind."""
    if code == "silence":
        return lowers
    high = ~raises if code == "seen" else raises
    agrees = np.where(high, number >= usual, number <= usual)
    if code in LEAST_TOLD:
        agrees &= number >= LEAST_TOLD[code]
    return agrees
