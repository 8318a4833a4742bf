"""From a person's state to the inputs of the score, at a given day.

Every input is a number one could say aloud: active days that fade, weeks with activity, days since. Each
belongs to a group (`GROUPS`), and a sentence speaks of groups.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from deining.insight.relationship.state import DECAYS, week_of

Columns = dict[str, npt.NDArray[Any]]
Matrix = npt.NDArray[np.float64]

WEEK_SPANS: Final = (4, 12, 26, 52)

GROUPS: Final[dict[str, str]] = {
    "days_7": "recent", "days_30": "recent", "days_90": "weeks", "days_365": "weeks",
    "weeks_4": "recent", "weeks_12": "weeks", "weeks_26": "weeks", "weeks_52": "weeks",
    "spells": "regularity", "silence": "silence", "known_for": "tenure", "events_30": "volume",
    "events_365": "volume", "answers_given": "replies", "answers_got": "received", "kinds": "breadth",
    "asks_answered": "answering", "asks_unanswered": "answering", "touches_90": "touches",
}  # fmt: skip
"""The inputs in their order, and the group each belongs to."""

NAMES: Final = tuple(GROUPS)


def inputs(state: Columns, at: int) -> Matrix:
    """The inputs (people x `NAMES`) of people whose state is `state`, as it stands on day `at`.

    States must not hold anything after `at`; a clock that runs behind counts as no time passed.
    """
    age = np.maximum(at - state["anchor_day"], 0).astype(np.float64)
    faded = {name: state[name] * np.exp2(-age / half_life) for name, half_life in DECAYS.items()}
    weeks = {span: weeks_active(state, at, span) for span in WEEK_SPANS}
    missed = np.maximum(state["asks"] - state["answered"], 0)
    columns = {
        "days_7": np.log1p(faded["d7"]), "days_30": np.log1p(faded["d30"]),
        "days_90": np.log1p(faded["d90"]), "days_365": np.log1p(faded["d365"]),
        **{f"weeks_{span}": np.log1p(count) for span, count in weeks.items()},
        "spells": np.log1p(spells(state, at)),
        "silence": np.log1p(days_silent(state, at)),
        "known_for": np.log1p(np.maximum(at - state["first_day"], 0)),
        "events_30": np.log1p(faded["e30"]), "events_365": np.log1p(faded["e365"]),
        "answers_given": np.log1p(faded["r365"]), "answers_got": np.log1p(faded["v365"]),
        "kinds": np.log1p(kinds_seen(state)),
        "asks_answered": np.log1p(state["answered"]), "asks_unanswered": np.log1p(missed),
        "touches_90": np.log1p(faded["t90"]),
    }  # fmt: skip
    return np.column_stack([columns[name] for name in NAMES]).astype(np.float64)


def days_silent(state: Columns, at: int) -> npt.NDArray[np.int64]:
    """Days since the person's last own event, 0 on the day itself."""
    return np.maximum(at - state["last_day"].astype(np.int64), 0)


def recent_weeks(state: Columns, at: int, span: int) -> npt.NDArray[np.int64]:
    """A mask of the last `span` calendar weeks up to the one `at` lies in; bit 0 is that week."""
    now = int(week_of(np.array([at]))[0])
    gap = np.clip(now - week_of(state["last_day"]), 0, 62)
    kept = np.clip(span - gap, 0, 62)
    window = (np.int64(1) << kept.astype(np.int64)) - 1
    return np.where(gap >= span, 0, (state["weeks_mask"] & window) << np.minimum(gap, 61)).astype(np.int64)


def weeks_active(state: Columns, at: int, span: int) -> npt.NDArray[np.int64]:
    """In how many of the last `span` calendar weeks (at most 62) the person did something."""
    return np.bitwise_count(recent_weeks(state, at, span)).astype(np.int64)


def spells(state: Columns, at: int) -> npt.NDArray[np.int64]:
    """How many unbroken runs of active weeks lie in the last year: coming back after a pause."""
    mask = recent_weeks(state, at, 52)
    return np.bitwise_count(mask & ~(mask << 1)).astype(np.int64)


def kinds_seen(state: Columns) -> npt.NDArray[np.int64]:
    """How many different kinds of things the person ever did."""
    return np.bitwise_count(state["kinds_mask"].astype(np.int64)).astype(np.int64)
