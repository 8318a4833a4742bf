"""The brand's share and how far it can be trusted.

Past windows come out higher or lower than predicted by more than chance: a term ends, a rival opens, a
release is out. That drift is estimated from the brand's own past windows, on the scale of log-odds, with a
weak prior of `PRIOR_FREEDOM` imagined windows that drifted by `PRIOR_DRIFT`: the scaled inverse chi-squared
prior of a normal variance, so the interval is a Student t (Gelman et al., Bayesian Data Analysis, 3rd ed.,
section 2.6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from deining.insight.relationship.logistic import Vector, sigmoid

PRIOR_FREEDOM: Final = 4
PRIOR_DRIFT: Final = 0.4
LEAST_DRIFT: Final = 0.1


@dataclass(frozen=True)
class Drift:
    """How much windows move beyond their prediction: `scale` in log-odds, with `freedom` degrees of
    freedom."""

    scale: float = PRIOR_DRIFT
    freedom: int = PRIOR_FREEDOM

    @property
    def wide(self) -> float:
        """How many scales lie on each side of a 95 % interval."""
        return student_95(self.freedom)


NOTHING_SEEN: Final = Drift(1.0, PRIOR_FREEDOM)
"""Before any outcome was seen: an interval that says as much."""


@dataclass(frozen=True)
class Miss:
    """By how much one past window came out above (+) or below its prediction, in log-odds, and the variance
    that chance alone gives such a figure."""

    shift: float
    chance: float


def miss_of(odds: Vector, came: int) -> Miss:
    """The miss of a window whose people had these log-odds and of whom `came` kept coming."""
    target = (came + 0.5) / (len(odds) + 1)
    return Miss(shift_to(odds, target), chance_of(odds))


def chance_of(odds: Vector) -> float:
    """Variance, in log-odds, of the observed share when every probability is right."""
    p = sigmoid(odds)
    return 1.0 / max(float((p * (1 - p)).sum()), 1e-9)


def shift_to(odds: Vector, share: float) -> float:
    """The shift that, added to all log-odds, makes the mean probability `share` (by bisection)."""
    low, high = -12.0, 12.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if float(sigmoid(odds + middle).mean()) < share else (low, middle)
    return (low + high) / 2


def drift_from(misses: Sequence[Miss]) -> Drift:
    """The drift that past misses show, after taking chance out of them, drawn towards the prior."""
    excess = sum(miss.shift**2 - miss.chance for miss in misses)
    freedom = PRIOR_FREEDOM + len(misses)
    variance = (PRIOR_FREEDOM * PRIOR_DRIFT**2 + excess) / freedom
    return Drift(float(np.sqrt(max(variance, LEAST_DRIFT**2))), freedom)


def interval(odds: Vector, drift: Drift, extra: float = 0.0) -> tuple[float, float]:
    """Where the share will lie in 95 of 100 cases: drift, chance, and a further variance `extra`
    (log-odds)."""
    if not len(odds):
        return 0.0, 1.0
    wide = drift.wide * float(np.sqrt(drift.scale**2 + chance_of(odds) + extra))
    return float(sigmoid(odds - wide).mean()), float(sigmoid(odds + wide).mean())


def student_95(freedom: int) -> float:
    """The 97.5 % point of Student's t by the Cornish-Fisher expansion (Abramowitz & Stegun 26.7.5); within
    1 % from 4 degrees of freedom on, so that scoring needs no statistics library."""
    z, n = 1.959964, float(max(freedom, 4))
    first = (z**3 + z) / (4 * n)
    second = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    return z + first + second + third
