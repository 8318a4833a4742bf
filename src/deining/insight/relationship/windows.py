"""Past windows: what was known on an earlier day, and what came of it.

At each cutoff the people who were active in the `lookback` days up to it are described by events on or before
it, and labelled by the `horizon` days after it. Nothing after a cutoff is in its inputs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from deining.insight.relationship.counting import NEVER, Columns, DayBook
from deining.insight.relationship.features import Matrix, inputs
from deining.insight.relationship.plan import Plan, plan_for

LEAST_POSITIVE: Final = 5
LEAST_PEOPLE: Final = 20
LEARNERS: Final = 60_000
"""With more people than this, windows are made of an even sample: the fit no longer gains from more."""

Days = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Window:
    """The people present at `cutoff` (numbers), their inputs, and whether they kept coming afterwards."""

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
        """Enough people on both sides to learn from or to test on."""
        positive = int(self.outcome.sum())
        negative = len(self.outcome) - positive
        return len(self.outcome) >= LEAST_PEOPLE and min(positive, negative) >= LEAST_POSITIVE


@dataclass(frozen=True)
class Past:
    """The usable past windows of a log, newest first; `plan` None when the log is too short for any."""

    plan: Plan | None
    windows: tuple[Window, ...]
    left_out: int = 0
    """Windows that overlap a stretch in which nothing at all was recorded."""


def past_of(book: DayBook, at: int, people: pa.Array | None = None) -> Past:
    """All usable past windows whose outcome is known on day `at`.

    `people`: the keys by number; used to draw the same even sample whatever the order of the rows.
    """
    if people is not None and len(people) > LEARNERS:
        book = book.only(_even_sample(people))
    acted = (book.days["theirs"] > 0) & (book.days["day"] <= at)
    number, day = book.days["person"][acted], book.days["day"][acted]
    if not len(day):
        return Past(None, ())
    first = int(np.quantile(day, 0.001))
    plan = plan_for(at - first)
    return Past(None, ()) if plan is None else _windows(book, number, day, first, at, plan)


def _windows(book: DayBook, number: Days, day: Days, first: int, at: int, plan: Plan) -> Past:
    found: list[Window] = []
    silences, left_out = unrecorded(day), 0
    for cutoff in cutoffs(first, at, plan):
        if any(start < cutoff + plan.horizon and end > cutoff - plan.lookback for start, end in silences):
            left_out += 1
            continue
        window = window_at(book, number, day, cutoff, plan)
        if window.usable():
            found.append(window)
    return Past(plan, tuple(found), left_out)


def _even_sample(people: pa.Array) -> npt.NDArray[np.int64]:
    """The numbers of an even sample of people, the same whatever the order of the rows."""
    order = pc.sort_indices(people).to_numpy()
    return np.asarray(order[:: -(-len(people) // LEARNERS)], dtype=np.int64)


def window_at(book: DayBook, number: Days, day: Days, cutoff: int, plan: Plan) -> Window:
    """The window at `cutoff`; `number` and `day` are the person and the day of every active day."""
    state = present(book.states(until=cutoff), cutoff, plan.lookback)
    person = state["person"].astype(np.int64)
    coming = weeks_ahead(number, day, cutoff, plan.horizon)
    weeks = np.zeros(max(len(coming), int(person.max(initial=-1)) + 1), dtype=np.int64)
    weeks[: len(coming)] = coming
    return Window(cutoff, person, state, inputs(state, cutoff), weeks[person] >= plan.weeks_needed)


def present(counted: Columns, at: int, lookback: int | None = None) -> Columns:
    """The states of people who did something in the `lookback` days up to `at` (None: ever), by number."""
    here = counted["last_day"] != NEVER
    if lookback is not None:
        here &= counted["last_day"] > at - lookback
    return {name: column[here] for name, column in counted.items()}


def weeks_ahead(number: Days, day: Days, cutoff: int, horizon: int) -> npt.NDArray[np.int64]:
    """Distinct seven-day stretches with activity in the `horizon` days after `cutoff`, by person number."""
    coming = (day > cutoff) & (day <= cutoff + horizon)
    stretches = (horizon + 6) // 7 + 1
    stretch = (day[coming] - cutoff - 1) // 7
    return np.bincount(np.unique(number[coming] * stretches + stretch) // stretches)


def cutoffs(first: int, last: int, plan: Plan) -> list[int]:
    """The days whose outcome is known on `last`, newest first, `plan.step` apart, with room to look back."""
    return list(range(last - plan.horizon, first + plan.lookback // 2, -plan.step))


def unrecorded(day: Days) -> list[tuple[int, int]]:
    """Stretches in which nothing at all was recorded though something nearly always is: holes in the log.

    A stretch counts when it is longer than 28 days and longer than one and a half times all but the longest
    hundredth of the silences of the whole log.
    """
    seen = np.unique(day)
    if len(seen) < 2:
        return []
    silence = np.diff(seen)
    limit = max(28.0, 1.5 * float(np.quantile(silence, 0.99)))
    return [(int(seen[place]), int(seen[place + 1])) for place in np.flatnonzero(silence > limit)]


def apart(windows: Sequence[Window], plan: Plan) -> list[Window]:
    """Those windows whose outcomes do not overlap, newest first."""
    chosen: list[Window] = []
    for window in windows:
        if not chosen or chosen[-1].cutoff - window.cutoff >= plan.horizon:
            chosen.append(window)
    return chosen
