"""From a person's state to the inputs of the score, at a given day.

Every input is a number one could say aloud: active days that fade, weeks with activity, days since. Each
belongs to a group (`GROUPS`), and a sentence speaks of groups.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from deining.insight.relationship.counting import MASK_BITS, Columns, week_of
from deining.insight.relationship.state import DECAYS

Matrix = npt.NDArray[np.float64]

WEEK_SPANS: Final = (4, 12, 26, 52)

GROUPS: Final[dict[str, str]] = {
    "days_7": "recent",
    "days_30": "recent",
    "weeks_4": "recent",
    "silence": "recent",
    "days_90": "weeks",
    "days_365": "weeks",
    "weeks_12": "weeks",
    "weeks_26": "weeks",
    "weeks_52": "weeks",
    "spells": "weeks",
    "known_for": "tenure",
    "days_ever": "volume",
    "events_30": "volume",
    "events_365": "volume",
    "intensity": "volume",
    "answers_given": "replies",
    "answers_got": "received",
    "kinds": "breadth",
    "asks_answered": "answering",
    "asks_unanswered": "answering",
    "touches_90": "touches",
}
"""The inputs in their order, and the group each belongs to."""

NAMES: Final = tuple(GROUPS)


def inputs(state: Columns, at: int) -> Matrix:
    """The inputs (people x `NAMES`) of people whose state is `state`, as it stands on day `at`.

    Counts enter as ln(1 + count): the tenth visit says less than the second. States must not hold anything
    after `at`; a clock that runs behind counts as no time passed.
    """
    age = np.maximum(at - state["anchor_day"], 0).astype(np.float64)
    waned = {half_life: np.exp2(-age / half_life) for half_life in set(DECAYS.values())}
    faded = {name: np.log1p(state[name] * waned[half_life]) for name, half_life in DECAYS.items()}
    weeks = _weeks_back(state, at)
    columns = {
        "silence": np.log1p(days_silent(state, at)),
        "known_for": np.log1p(days_known(state, at)),
        "spells": np.log1p(_runs(_latest(weeks, 52))),
        "days_ever": np.log1p(state["active_days"]),
        "intensity": faded["e365"] - faded["d365"],
        "answers_given": faded["r365"],
        "answers_got": faded["v365"],
        "kinds": np.log1p(kinds_seen(state)),
        "asks_answered": np.log1p(state["answered"]),
        "asks_unanswered": np.log1p(np.maximum(state["asks"] - state["answered"], 0)),
        "touches_90": faded["t90"],
    }
    columns |= {f"days_{half_life}": faded[f"d{half_life}"] for half_life in (7, 30, 90, 365)}
    columns |= {f"events_{half_life}": faded[f"e{half_life}"] for half_life in (30, 365)}
    columns |= {
        f"weeks_{span}": np.log1p(np.bitwise_count(_latest(weeks, span)).astype(np.int64))
        for span in WEEK_SPANS
    }
    by_input = np.empty((len(NAMES), len(age)))
    for place, name in enumerate(NAMES):
        by_input[place] = columns[name]
    return by_input.T


def days_known(state: Columns, at: int) -> npt.NDArray[np.int64]:
    """Days since the person's first own event."""
    return np.asarray(np.maximum(at - state["first_day"].astype(np.int64), 0), dtype=np.int64)


def days_silent(state: Columns, at: int) -> npt.NDArray[np.int64]:
    """Days since the person's last own event, 0 on the day itself."""
    return np.asarray(np.maximum(at - state["last_day"].astype(np.int64), 0), dtype=np.int64)


def _weeks_back(state: Columns, at: int) -> npt.NDArray[np.int64]:
    """The mask of weeks as seen from the week `at` lies in, which is bit 0."""
    now = int(week_of(np.array([at]))[0])
    gap = np.maximum(now - week_of(state["last_day"]), 0)
    mask: npt.NDArray[np.int64] = state["weeks_mask"].astype(np.int64, copy=False)
    return np.where(gap < MASK_BITS, mask << np.minimum(gap, MASK_BITS - 1), 0)


def _latest(weeks: npt.NDArray[np.int64], span: int) -> npt.NDArray[np.int64]:
    return weeks & np.int64((1 << span) - 1)


def _runs(weeks: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    starts: npt.NDArray[np.int64] = weeks & ~(weeks << 1)
    return np.bitwise_count(starts).astype(np.int64)


def weeks_active(state: Columns, at: int, span: int) -> npt.NDArray[np.int64]:
    """In how many of the last `span` calendar weeks (at most 62) the person did something."""
    return np.bitwise_count(_latest(_weeks_back(state, at), span)).astype(np.int64)


def spells(state: Columns, at: int) -> npt.NDArray[np.int64]:
    """How many unbroken runs of active weeks lie in the last year: coming back after a pause."""
    return _runs(_latest(_weeks_back(state, at), 52))


def recent_days(state: Columns, at: int, span: int) -> npt.NDArray[np.int64]:
    """On how many of the last `span` days (at most 61) the person did something."""
    gap = np.clip(days_silent(state, at), 0, 61)
    kept = np.clip(span - gap, 0, 61).astype(np.int64)
    mask: npt.NDArray[np.int64] = state["days_mask"] & ((np.int64(1) << kept) - 1)
    return np.bitwise_count(mask).astype(np.int64)


def kinds_seen(state: Columns) -> npt.NDArray[np.int64]:
    """How many different kinds of things the person ever did."""
    mask: npt.NDArray[np.int64] = state["kinds_mask"].astype(np.int64)
    return np.bitwise_count(mask).astype(np.int64)
