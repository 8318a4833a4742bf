"""How the same method would have done on the brand's own past windows, knowing only what was known then."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from deining.insight.relationship import figures
from deining.insight.relationship.features import days_silent
from deining.insight.relationship.fitting import MOST_WINDOWS, fit_windows
from deining.insight.relationship.logistic import sigmoid
from deining.insight.relationship.windows import Plan, Window


@dataclass(frozen=True)
class Trial:
    """One past window scored by a model that was fitted on earlier windows only."""

    window: Window
    probability: npt.NDArray[np.float64]
    share_low: float
    share_high: float


def trials(plan: Plan, windows: Sequence[Window]) -> list[Trial]:
    """Score every second-step window (`horizon` apart) with what was known at its cutoff; oldest first."""
    done: list[Trial] = []
    ordered = sorted(windows, key=lambda window: -window.cutoff)
    newest = ordered[0].cutoff if ordered else 0
    for window in ordered:
        known = [past for past in ordered if past.cutoff + plan.horizon <= window.cutoff][:MOST_WINDOWS]
        if (newest - window.cutoff) % plan.horizon > plan.horizon // 3 or not known:
            continue
        model = fit_windows(plan, known, window.cutoff)
        odds, _ = model.log_odds(model.standard(window.inputs))
        probability = sigmoid(odds)
        low, high = share_interval(probability, model.drift)
        done.append(Trial(window, probability, low, high))
    return done[::-1]


def share_interval(probability: npt.NDArray[np.float64], drift: float) -> tuple[float, float]:
    """The brand's share: where it lies in 95 of 100 cases, past-window drift and chance included."""
    if not len(probability):
        return 0.0, 1.0
    share = float(np.clip(probability.mean(), 1e-6, 1 - 1e-6))
    chance = np.sqrt((probability * (1 - probability)).sum()) / len(probability) / (share * (1 - share))
    wide = 1.96 * np.sqrt(drift**2 + chance**2)
    centre = np.log(share / (1 - share))
    low, high = sigmoid(np.array([centre - wide, centre + wide]))
    return float(low), float(high)


def backtest_table(done: Sequence[Trial]) -> pa.Table:
    """The trials as a table, oldest first; columns as in docs/relationship.md."""
    rows: list[dict[str, Any]] = [_row(trial) for trial in done]
    return pa.Table.from_pylist(rows, schema=BACKTEST)


BACKTEST = pa.schema(
    [("cutoff", pa.date32()), ("people", pa.int64())]
    + [
        (name, pa.float64())
        for name in (
            "base_rate", "predicted", "share_low", "share_high", "auc", "average_precision", "lift_at_share", "ece",
            "auc_count", "auc_recency", "ap_count", "ap_recency",
        )
    ]
)  # fmt: skip


def _row(trial: Trial) -> dict[str, Any]:
    window, p = trial.window, trial.probability
    came, rate = window.outcome, window.rate
    count, recency = (
        window.state["theirs"].astype(float),
        -days_silent(window.state, window.cutoff).astype(float),
    )
    return {
        "cutoff": window.cutoff, "people": len(came), "base_rate": rate, "predicted": float(p.mean()),
        "share_low": trial.share_low, "share_high": trial.share_high,
        "auc": figures.auc(came, p), "average_precision": figures.average_precision(came, p),
        "lift_at_share": figures.lift(came, p, rate), "ece": figures.calibration_error(came, p),
        "auc_count": figures.auc(came, count), "auc_recency": figures.auc(came, recency),
        "ap_count": figures.average_precision(came, count), "ap_recency": figures.average_precision(came, recency),
    }  # fmt: skip


def calibration_table(done: Sequence[Trial]) -> pa.Table:
    """predicted, observed, people in ten groups of equal size over all trials together."""
    if not done:
        return pa.table({"predicted": pa.array([], pa.float64()), "observed": pa.array([], pa.float64()),
                         "people": pa.array([], pa.int64())})  # fmt: skip
    came = np.concatenate([trial.window.outcome for trial in done])
    p = np.concatenate([trial.probability for trial in done])
    predicted, observed, people = zip(*figures.bins(came, p), strict=True)
    return pa.table({"predicted": list(predicted), "observed": list(observed), "people": list(people)})
