"""Logistic regression with a Gaussian prior, by Newton's method.

The mean and covariance of the Laplace approximation (Spiegelhalter & Lauritzen 1990; MacKay 1992) are what
the model keeps: the mean is the score, the covariance says how sure it is.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Posterior:
    """Mean (k) and covariance (k x k) of the coefficients."""

    mean: Vector
    covariance: Matrix


def sigmoid(z: Vector) -> Vector:
    """1 / (1 + e^-z), without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * z)), dtype=np.float64)


def logit(p: Vector) -> Vector:
    """ln(p / (1 - p)), with p kept a millionth away from 0 and 1."""
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(p) - np.log1p(-p), dtype=np.float64)


def fit_logistic(
    design: Matrix,
    outcome: Vector,
    weight: Vector,
    prior_mean: Vector,
    prior_precision: Vector,
    rounds: int = 50,
) -> Posterior:
    """Maximum a posteriori coefficients of P(outcome) = sigmoid(design @ beta), beta ~ N(prior_mean,
    1/precision).

    `design` (n x k) includes its own column of ones; `outcome` 0..1; `weight` >= 0 per row.
    """
    beta = prior_mean.copy()
    hessian = np.diag(prior_precision)
    for _ in range(rounds):
        p = sigmoid(design @ beta)
        gradient = design.T @ (weight * (outcome - p)) - prior_precision * (beta - prior_mean)
        curvature = np.maximum(weight * p * (1 - p), 1e-10)
        hessian = (design.T * curvature) @ design + np.diag(prior_precision)
        step = np.linalg.solve(hessian, gradient)
        largest = float(np.abs(step).max())
        beta = beta + step * min(1.0, 5.0 / max(largest, 1e-12))
        if largest < 1e-8:
            break
    return Posterior(beta, np.asarray(np.linalg.inv(hessian), dtype=np.float64))
