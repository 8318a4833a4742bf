"""Past windows: what was known on an earlier day, and what came of it.

At each cutoff the people who were active in the `lookback` days up to it are described by events on or before
it, and labelled by the `horizon` days after it. Nothing after a cutoff is in its inputs.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from deining.insight.relationship import engine
from deining.insight.relationship.features import Columns, Matrix, inputs
from deining.insight.relationship.state import NEVER, _columns

LEAST_POSITIVE = 5
LEAST_PEOPLE = 20


@dataclass(frozen=True)
class Plan:
    """How far the label looks ahead, who counts as present, and what "keeps coming" means (all in days, but
    `weeks_needed`: distinct weeks with activity within the horizon)."""

    horizon: int
    lookback: int
    weeks_needed: int
    step: int


def plan_for(span: int) -> Plan | None:
    """The plan for a log of `span` days: 180 days ahead where there is room, scaled down for a short log.

    None when even the shortest horizon (two weeks) would leave no window whose outcome is known.
    """
    horizon = 180 if span >= 900 else max(14, span // 5 // 7 * 7)
    if span < 3 * horizon:
        return None
    scale = horizon / 180
    return Plan(horizon, round(365 * scale), max(2, round(3 * scale)), max(7, horizon // 2))


@dataclass(frozen=True)
class Window:
    """The people present at `cutoff` (numbers), their inputs, and whether they kept coming (None: not known)."""

    cutoff: int
    person: npt.NDArray[np.int64]
    state: Columns
    inputs: Matrix
    outcome: npt.NDArray[np.bool_]

    @property
    def rate(self) -> float:
        """The share of people who kept coming."""
        return float(self.outcome.mean()) if len(self.outcome) else 0.0

    def usable(self) -> bool:
        """Enough people on both sides to learn or to test on."""
        positive = int(self.outcome.sum())
        return (
            len(self.outcome) >= LEAST_PEOPLE
            and min(positive, len(self.outcome) - positive) >= LEAST_POSITIVE
        )

    def only(self, keep: npt.NDArray[np.bool_]) -> "Window":
        """The same window with fewer people."""
        state = {name: column[keep] for name, column in self.state.items()}
        return replace(
            self, person=self.person[keep], state=state, inputs=self.inputs[keep], outcome=self.outcome[keep]
        )


def window_at(days: pa.Table, cutoff: int, plan: Plan) -> Window:
    """The window at `cutoff` out of day rows (`expressions.day_rows`)."""
    state = present(engine.state_rows_of(days, until=cutoff), cutoff, plan.lookback)
    person = state["person"].astype(np.int64)
    kept_coming = weeks_ahead(days, cutoff, plan.horizon) >= plan.weeks_needed
    came = np.zeros(len(person), dtype=bool)
    if len(kept_coming):
        inside = person < len(kept_coming)
        came[inside] = kept_coming[person[inside]]
    return Window(cutoff, person, state, inputs(state, cutoff), came)


def present(counted: pa.Table, at: int, lookback: int) -> Columns:
    """The states of people who did something in the `lookback` days up to `at`, ordered by person."""
    columns = _columns(counted)
    here = (columns["last_day"] != NEVER) & (columns["last_day"] > at - lookback)
    rows = np.flatnonzero(here)
    order = rows[np.argsort(columns["person"][rows], kind="stable")]
    return {name: column[order] for name, column in columns.items()}


def weeks_ahead(days: pa.Table, cutoff: int, horizon: int) -> npt.NDArray[np.int64]:
    """Distinct seven-day stretches with own activity in the `horizon` days after `cutoff`, by person number."""
    day = days["day"]
    coming = pc.and_(pc.greater(day, cutoff), pc.less_equal(day, cutoff + horizon))
    rows = days.filter(pc.and_(coming, pc.greater(days["theirs"], 0)))
    stretches = (horizon + 6) // 7 + 1
    person = rows["person"].to_numpy().astype(np.int64)
    stretch = (rows["day"].to_numpy().astype(np.int64) - cutoff - 1) // 7
    return np.bincount(np.unique(person * stretches + stretch) // stretches)


def cutoffs(first: int, last: int, plan: Plan) -> list[int]:
    """The days at which the outcome is known, newest first, `plan.step` apart, leaving room to have looked back."""
    return list(range(last - plan.horizon, first + plan.lookback // 2, -plan.step))
