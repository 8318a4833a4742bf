"""The trials on past windows as tables (columns: docs/relationship.md)."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from deining.insight.relationship import figures
from deining.insight.relationship.features import days_silent
from deining.insight.relationship.trials import Trial

FIGURES: Final = (
    "base_rate", "predicted", "share_low", "share_high", "auc", "average_precision", "lift_at_share", "ece",
    "auc_count", "auc_recency", "ap_count", "ap_recency",
)  # fmt: skip
BACKTEST: Final = pa.schema(
    [
        ("cutoff", pa.date32()),
        ("people", pa.int64()),
        *((name, pa.float64()) for name in FIGURES),
        ("learned_from", pa.int64()),
    ]
)
CALIBRATION: Final = pa.schema(
    [("predicted", pa.float64()), ("observed", pa.float64()), ("people", pa.int64())]
)  # fmt: skip


def backtest_table(done: Sequence[Trial]) -> pa.Table:
    """One row a trial, oldest first."""
    return pa.Table.from_pylist([_row(trial) for trial in done], schema=BACKTEST)


def _row(trial: Trial) -> dict[str, Any]:
    window, p, came = trial.window, trial.probability, trial.window.outcome
    count = window.state["theirs"].astype(np.float64)
    recency = -days_silent(window.state, window.cutoff).astype(np.float64)
    return {
        "cutoff": window.cutoff,
        "people": len(came),
        "base_rate": window.rate,
        "predicted": float(p.mean()),
        "share_low": trial.low,
        "share_high": trial.high,
        "auc": figures.auc(came, p),
        "average_precision": figures.average_precision(came, p),
        "lift_at_share": figures.lift(came, p, window.rate),
        "ece": figures.calibration_error(came, p),
        "auc_count": figures.auc(came, count),
        "auc_recency": figures.auc(came, recency),
        "ap_count": figures.average_precision(came, count),
        "ap_recency": figures.average_precision(came, recency),
        "learned_from": trial.learned_from,
    }


def calibration_table(done: Sequence[Trial]) -> pa.Table:
    """predicted, observed, people in ten groups of equal size over all trials together."""
    if not done:
        return CALIBRATION.empty_table()
    came = np.concatenate([trial.window.outcome for trial in done])
    p = np.concatenate([trial.probability for trial in done])
    rows = [dict(zip(CALIBRATION.names, group, strict=True)) for group in figures.bins(came, p)]
    return pa.Table.from_pylist(rows, schema=CALIBRATION)
