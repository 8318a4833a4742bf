"""The figures of the backtest, against a reference, and the interval of the share against simulated truth."""

import numpy as np
import pytest
from scipy.stats import t as student
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from deining.insight.relationship import figures
from deining.insight.relationship.logistic import fit_logistic, sigmoid
from deining.insight.relationship.share import drift_from, interval, miss_of, shift_to, student_95


def test_auc_and_average_precision_agree_with_the_reference_also_with_ties() -> None:
    rng = np.random.default_rng(2)
    for _ in range(20):
        came = rng.random(80) < 0.3
        score = rng.integers(0, 6, 80).astype(float)
        assert figures.auc(came, score) == pytest.approx(roc_auc_score(came, score))
        assert figures.average_precision(came, score) == pytest.approx(average_precision_score(came, score))


def test_figures_of_nobody_or_of_one_side_are_numbers_all_the_same() -> None:
    nobody, none = np.zeros(0, dtype=bool), np.zeros(3, dtype=bool)
    assert figures.auc(none, np.arange(3.0)) == 0.5
    assert figures.average_precision(none, np.arange(3.0)) == 0.0
    assert figures.lift(none, np.arange(3.0), 0.2) == 0.0
    assert figures.calibration_error(nobody, np.zeros(0)) == 0.0


def test_lift_and_calibration_by_hand() -> None:
    came = np.array([True, True, False, False, False, False, False, False])
    assert figures.lift(came, np.arange(8.0)[::-1], 0.25) == 4.0
    assert figures.calibration_error(came, np.full(8, 0.25), 1) == pytest.approx(0.0)
    assert figures.calibration_error(came, np.full(8, 0.5), 1) == pytest.approx(0.25)


def test_the_regression_agrees_with_the_reference() -> None:
    rng = np.random.default_rng(3)
    inputs = rng.normal(size=(500, 4))
    came = rng.random(500) < sigmoid(inputs @ np.array([1.0, -0.5, 0.0, 0.3]) - 1)
    design = np.column_stack([np.ones(500), inputs])
    precision = np.array([1e-9, 20.0, 20.0, 20.0, 20.0])
    ours = fit_logistic(design, came.astype(float), np.ones(500), np.zeros(5), precision)
    theirs = LogisticRegression(C=1 / 20, tol=1e-10, max_iter=1000).fit(inputs, came)
    assert np.allclose(ours.mean, [theirs.intercept_[0], *theirs.coef_[0]], atol=1e-4)
    assert np.linalg.eigvalsh(ours.covariance).min() > 0


def test_the_student_quantile_is_near_enough() -> None:
    for freedom in (4, 6, 10, 30, 200):
        assert student_95(freedom) == pytest.approx(student.ppf(0.975, freedom), rel=0.01)


def test_a_shift_reaches_the_share_it_is_asked_for() -> None:
    odds = np.random.default_rng(4).normal(-1, 2, 300)
    assert sigmoid(odds + shift_to(odds, 0.4)).mean() == pytest.approx(0.4, abs=1e-6)


@pytest.mark.parametrize("true_drift", [0.0, 0.25, 0.5])
def test_the_interval_covers_windows_that_drift_and_a_binomial_one_would_not(true_drift: float) -> None:
    rng = np.random.default_rng(6)
    inside, naive = [], []
    for _ in range(60):
        odds = rng.normal(-1.5, 1.5, 400)
        misses = []
        for window in range(9):
            came = int((rng.random(400) < sigmoid(odds + rng.normal(0, true_drift))).sum())
            if window == 8:
                low, high = interval(odds, drift_from(misses))
                inside.append(low <= came / 400 <= high)
                share = sigmoid(odds).mean()
                naive.append(abs(came / 400 - share) <= 1.96 * np.sqrt(share * (1 - share) / 400))
            misses.append(miss_of(odds, came))
    assert np.mean(inside) >= 0.9
    if true_drift >= 0.5:
        assert np.mean(naive) < 0.6
