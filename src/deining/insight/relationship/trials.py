"""The method tried on the brand's own past windows, each time knowing only what was known then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deining.insight.relationship.logistic import Vector, sigmoid
from deining.insight.relationship.model import Model
from deining.insight.relationship.plan import Plan
from deining.insight.relationship.share import Drift, Miss, drift_from, interval, miss_of
from deining.insight.relationship.windows import Window, apart

Fit = Callable[[Plan, Sequence[Window], int], Model]


@dataclass(frozen=True)
class Trial:
    """One past window, scored by a model that was fitted on windows whose outcome was known at its cutoff.

    `low`, `high`: the 95 % interval of the share as it would have been given that day. `learned_from`: how
    many windows with outcomes that do not overlap there were to learn from.
    """

    window: Window
    probability: Vector
    drift: Drift
    low: float
    high: float
    miss: Miss
    learned_from: int


def trials(plan: Plan, windows: Sequence[Window], fit: Fit) -> list[Trial]:
    """A trial at each window (`horizon` apart) that has known windows before it; oldest first."""
    done: list[Trial] = []
    for window in reversed(apart(windows, plan)):
        known = [past for past in windows if past.cutoff + plan.horizon <= window.cutoff]
        if not known:
            continue
        model = fit(plan, known, window.cutoff)
        odds, _ = model.log_odds(model.standard(window.inputs))
        drift = drift_from([trial.miss for trial in done])
        low, high = interval(odds, drift)
        miss = miss_of(odds, int(window.outcome.sum()))
        done.append(Trial(window, sigmoid(odds), drift, low, high, miss, model.windows))
    return done
