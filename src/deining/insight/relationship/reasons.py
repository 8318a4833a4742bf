"""Why somebody's score is what it is: the largest contributions, each with the person's own numbers.

The score is linear in its inputs, so the contribution of a group of inputs is exactly the sum of its terms. A
reason is only given when its fact says the same as its effect: many weeks raise, a long silence lowers.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from deining.insight.relationship.features import (
    GROUPS,
    NAMES,
    Columns,
    Matrix,
    days_silent,
    kinds_seen,
    spells,
    weeks_active,
)  # fmt: skip

CODES: Final = tuple(dict.fromkeys(GROUPS.values()))
PICTURED_WEEKS: Final = 12
LEAST_EFFECT: Final = 0.15
REASON: Final = pa.struct(
    [("code", pa.string()), ("effect", pa.int8()), ("n", pa.int32()), ("of", pa.int32()), ("day", pa.int32())]
)


def facts(state: Columns, at: int) -> dict[str, tuple[npt.NDArray[Any], npt.NDArray[Any]]]:
    """For each group the person's own numbers, (n, of); `of` is 0 where a single number says it."""
    zero = np.zeros(len(state["last_day"]), dtype=np.int64)
    month = np.bitwise_count(_recent_days(state, at, 30)).astype(np.int64)
    return {
        "recent": (month, zero + 30),
        "weeks": (weeks_active(state, at, PICTURED_WEEKS), zero + PICTURED_WEEKS),
        "regularity": (spells(state, at), zero),
        "silence": (days_silent(state, at), zero),
        "tenure": (np.maximum(at - state["first_day"].astype(np.int64), 0), zero),
        "volume": (state["theirs"], zero),
        "replies": (state["replies"], zero),
        "received": (state["received"], zero),
        "breadth": (kinds_seen(state), zero),
        "answering": (np.minimum(state["answered"], np.maximum(state["asks"], state["answered"])),
                      np.maximum(state["asks"], state["answered"])),
        "touches": (state["touches"], zero),
    }  # fmt: skip


def _recent_days(state: Columns, at: int, span: int) -> npt.NDArray[np.int64]:
    gap = np.clip(days_silent(state, at), 0, 61)
    kept = np.clip(span - gap, 0, 61).astype(np.int64)
    return np.asarray(state["days_mask"] & ((np.int64(1) << kept) - 1), dtype=np.int64)


def contributions(design: Matrix, beta: npt.NDArray[np.float64]) -> Matrix:
    """How much each group (`CODES`) moves the log-odds away from the usual, people x groups."""
    terms = design[:, 1:] * beta[1:]
    belongs = np.array([[GROUPS[name] == code for code in CODES] for name in NAMES], dtype=np.float64)
    return np.asarray(terms @ belongs, dtype=np.float64)


def reason_column(
    state: Columns, at: int, design: Matrix, beta: npt.NDArray[np.float64], typical: dict[str, float]
) -> pa.Array:
    """For each person a list of at most three reasons: two that raise, one that lowers (or the reverse)."""
    people = len(design)
    told = facts(state, at)
    moved = contributions(design, beta)
    number = np.column_stack([told[code][0] for code in CODES]).astype(np.int64)
    out_of = np.column_stack([told[code][1] for code in CODES]).astype(np.int64)
    usual = np.array([typical.get(code, 0.0) for code in CODES])
    higher, falling = number > usual, np.array([code == "silence" for code in CODES])
    fits = np.where(moved > 0, higher ^ falling, ~higher ^ falling) & (np.abs(moved) >= LEAST_EFFECT)
    fits &= _tellable(number, out_of)
    strength = np.where(fits, np.abs(moved), 0.0)
    chosen, kept = _chosen(strength, moved)
    return _as_lists(people, chosen, kept, moved, number, out_of, _since(state))


def _tellable(number: npt.NDArray[Any], out_of: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """A group without a fact (nobody asked, one kind) has nothing to tell."""
    told = np.ones(number.shape, dtype=bool)
    for code in ("replies", "received", "regularity", "touches"):
        told[:, CODES.index(code)] = number[:, CODES.index(code)] > 0
    told[:, CODES.index("answering")] = out_of[:, CODES.index("answering")] > 0
    told[:, CODES.index("breadth")] = number[:, CODES.index("breadth")] > 1
    return told


def _chosen(strength: Matrix, moved: Matrix) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The two strongest of the direction that carries the score, and the strongest against it."""
    raising, lowering = np.where(moved > 0, strength, 0.0), np.where(moved < 0, strength, 0.0)
    up = raising.sum(axis=1) >= lowering.sum(axis=1)
    main = np.where(up[:, None], raising, lowering)
    other = np.where(up[:, None], lowering, raising)
    two = np.argsort(-main, axis=1, kind="stable")[:, :2]
    one = np.argsort(-other, axis=1, kind="stable")[:, :1]
    kept = [np.take_along_axis(main, two, axis=1) > 0, np.take_along_axis(other, one, axis=1) > 0]
    return np.column_stack([two, one]).astype(np.int64), np.column_stack(kept)


def _since(state: Columns) -> npt.NDArray[np.int32]:
    return state["last_day"].astype(np.int32)


def _as_lists(
    people: int, chosen: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_], moved: Matrix,
    number: npt.NDArray[Any], out_of: npt.NDArray[Any], since: npt.NDArray[np.int32],
) -> pa.Array:  # fmt: skip
    rows, places = np.nonzero(kept)
    code = chosen[rows, places]
    limit = np.iinfo(np.int32).max
    values = pa.StructArray.from_arrays(
        [
            pa.array(CODES).take(pa.array(code)),
            pa.array(np.sign(moved[rows, code]).astype(np.int8)),
            pa.array(np.minimum(number[rows, code], limit).astype(np.int32)),
            pa.array(np.minimum(out_of[rows, code], limit).astype(np.int32)),
            pa.array(since[rows]),
        ],
        fields=list(REASON),
    )
    offsets = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets[: people + 1]), values)
