"""Fitting the model on the brand's own past windows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from deining.insight.relationship import engine
from deining.insight.relationship.events import Ledger, read_events
from deining.insight.relationship.features import NAMES
from deining.insight.relationship.logistic import Posterior, fit_logistic
from deining.insight.relationship.model import Model
from deining.insight.relationship.notes import Note
from deining.insight.relationship.reasons import facts
from deining.insight.relationship.windows import Plan, Window, cutoffs, plan_for, window_at

MOST_WINDOWS = 12
FORGETTING = 2 * 365
PRIOR_PRECISION = 1.0


def as_day(moment: date | datetime | int) -> int:
    """Days since 1970-01-01 of a date, a moment (its own calendar day) or such a number itself."""
    if isinstance(moment, int):
        return moment
    day = moment.date() if isinstance(moment, datetime) else moment
    return (day - date(1970, 1, 1)).days


def fit(events: Any, at: date | datetime | int | None = None, stated: Any = None, tz: str = "UTC") -> Model:
    """The model of `events` as they stood on day `at` (default: the last day with activity)."""
    ledger = read_events(events, tz)
    day = as_day(at) if at is not None else ledger.last_day() or 0
    return fit_ledger(ledger.until(day), day, stated)


def fit_ledger(ledger: Ledger, at: int, stated: Any = None) -> Model:
    """`fit` for numbered events that hold nothing after `at`."""
    days = engine.day_rows_of(ledger.rows)
    plan, windows = past_windows(days, at)
    return fit_windows(plan, windows, at)


def past_windows(days: pa.Table, at: int, most: int | None = MOST_WINDOWS) -> tuple[Plan, list[Window]]:
    """The plan for this log and its usable past windows, newest first (at most `most`)."""
    day = days["day"].to_numpy()
    first = int(np.quantile(day, 0.001)) if len(day) else at
    plan = plan_for(at - first)
    if plan is None:
        return Plan(14, 28, 2, 7), []
    found: list[Window] = []
    for cutoff in cutoffs(first, at, plan):
        window = window_at(days, cutoff, plan)
        if window.usable():
            found.append(window)
        if most is not None and len(found) >= most:
            break
    return plan, found


def fit_windows(plan: Plan, windows: Sequence[Window], at: int) -> Model:
    """The model learned from past windows; recent ones weigh more."""
    if not windows:
        return _unlabelled(plan, at)
    stacked = np.concatenate([window.inputs for window in windows])
    outcome = np.concatenate([window.outcome for window in windows]).astype(np.float64)
    age = np.concatenate([np.full(len(window.outcome), at - window.cutoff) for window in windows])
    weight = np.exp2(-(age - age.min()) / FORGETTING)
    mean, scale = stacked.mean(axis=0), stacked.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    design = np.column_stack([np.ones(len(stacked)), (stacked - mean) / scale])
    posterior = _posterior(design, outcome, weight)
    return Model(
        plan, at, tuple(map(float, mean)), tuple(map(float, scale)), tuple(map(float, posterior.mean)),
        tuple(tuple(map(float, row)) for row in posterior.covariance),
        windows=len(windows), provisional=len(windows) < 4, typical=_typical(windows[0]),
        notes=(Note("few_windows", {"windows": len(windows)}),) if len(windows) < 4 else (),
    )  # fmt: skip


def _posterior(
    design: np.ndarray[Any, Any], outcome: np.ndarray[Any, Any], weight: np.ndarray[Any, Any]
) -> Posterior:
    size = len(NAMES) + 1
    precision = np.full(size, PRIOR_PRECISION)
    precision[0] = 1e-4
    return fit_logistic(design, outcome, weight, np.zeros(size), precision)


def _typical(window: Window) -> dict[str, float]:
    return {
        code: float(np.median(numbers)) for code, (numbers, _) in facts(window.state, window.cutoff).items()
    }


def _unlabelled(plan: Plan, at: int) -> Model:
    size = len(NAMES)
    beta = np.zeros(size + 1)
    beta[0], beta[1 + NAMES.index("days_30")] = -2.0, 1.0
    cov = np.diag(np.full(size + 1, 1e-6))
    return Model(
        plan, at, (0.0,) * size, (1.0,) * size, tuple(map(float, beta)), tuple(tuple(map(float, row)) for row in cov),
        notes=(Note("too_short", {}),),
    )  # fmt: skip
