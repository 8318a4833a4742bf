"""How good a ranking and its probabilities are: AUC, average precision, lift, calibration error."""

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def auc(outcome: Flags, score: Vector) -> float:
    """Chance that somebody who kept coming scores above somebody who did not (ties count half); NaN-free:
    0.5."""
    positive = int(outcome.sum())
    negative = len(outcome) - positive
    if positive == 0 or negative == 0:
        return 0.5
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((rank[outcome].sum() - positive * (positive + 1) / 2) / (positive * negative))


def average_precision(outcome: Flags, score: Vector) -> float:
    """Mean precision over the ranks at which somebody who kept coming is found; ties share one threshold."""
    positive = int(outcome.sum())
    if positive == 0:
        return 0.0
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(outcome[order])
    last = np.flatnonzero(np.append(np.diff(score[order]) != 0, True))
    recall = np.diff(np.concatenate([[0], hits[last]])) / positive
    return float((hits[last] / (last + 1) * recall).sum())


def lift(outcome: Flags, score: Vector, share: float) -> float:
    """How many times as many keep coming among the top `share` of people as among all."""
    top = max(1, round(share * len(outcome)))
    order = np.argsort(-score, kind="stable")[:top]
    rate = float(outcome.mean()) if len(outcome) else 0.0
    return float(outcome[order].mean() / rate) if rate > 0 else 0.0


def bins(outcome: Flags, probability: Vector, count: int = 10) -> list[tuple[float, float, int]]:
    """(predicted, observed, people) of up to `count` groups of equal size, from low to high."""
    order = np.argsort(probability, kind="stable")
    groups = [group for group in np.array_split(order, count) if len(group)]
    return [(float(probability[g].mean()), float(outcome[g].mean()), len(g)) for g in groups]


def calibration_error(outcome: Flags, probability: Vector, count: int = 10) -> float:
    """Expected calibration error over groups of equal size (Naeini et al. 2015)."""
    people = max(1, len(outcome))
    return sum(n * abs(p - o) for p, o, n in bins(outcome, probability, count)) / people
