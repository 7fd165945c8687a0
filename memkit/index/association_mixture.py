"""Which similarities stand out: a mixture of two normal distributions, and the bound between."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_FEWEST = 30
_STEPS = 200
_SETTLED = 1e-6
_LEAST_VARIANCE = 1e-6
_MORE_PARAMETERS = 3
"""What a mixture of two has beyond the mean and deviation of one."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mixture:
    """Two normal distributions, the lower mean first: their shares, means and deviations."""

    shares: tuple[float, float]
    means: tuple[float, float]
    deviations: tuple[float, float]

    def bound(self) -> float | None:
        """The least value above the lower mean from which the upper component is the likelier.

        There its posterior is one half: the root of log share - log deviation - z^2 / 2, lower
        against upper, a quadratic equation. None where the upper is the likelier at the lower mean
        already, or nowhere.
        """
        (m1, m2), (s1, s2) = self.means, self.deviations
        a = 0.5 / s1**2 - 0.5 / s2**2
        b = m2 / s2**2 - m1 / s1**2
        c = 0.5 * (m1 / s1) ** 2 - 0.5 * (m2 / s2) ** 2
        c += math.log(self.shares[1] / s2) - math.log(self.shares[0] / s1)
        if a * m1**2 + b * m1 + c >= 0.0:
            return None
        return min((root for root in _roots(a, b, c) if root > m1), default=None)


def fitted(values: Numbers) -> Mixture | None:
    """The likeliest mixture of two normal distributions, by expectation maximisation.

    Starts from equal shares, the quartiles as means and the deviation of all values, so the same
    values give the same mixture (after MemGAS, arXiv 2505.19549). None where one distribution
    explains them as well (by the Bayesian information criterion), or where there are fewer than 30
    values or they are all alike.
    """
    spread = float(values.std()) if len(values) >= _FEWEST else 0.0
    if spread**2 < _LEAST_VARIANCE:
        return None
    shares, deviations = np.array([0.5, 0.5]), np.array([spread, spread])
    means = np.quantile(values, [0.25, 0.75])
    likelihood = -math.inf
    for _ in range(_STEPS):
        before, (likelihood, posterior) = likelihood, _expected(values, shares, means, deviations)
        if likelihood - before < _SETTLED * len(values):
            break
        weights = np.maximum(posterior.sum(axis=1), 1e-9)
        shares = weights / weights.sum()
        means = (posterior * values).sum(axis=1) / weights
        squares = (posterior * (values - means[:, None]) ** 2).sum(axis=1) / weights
        deviations = np.sqrt(np.maximum(squares, _LEAST_VARIANCE))
    one, _ = _expected(values, np.ones(1), np.array([values.mean()]), np.array([spread]))
    if 2.0 * (likelihood - one) <= _MORE_PARAMETERS * math.log(len(values)):
        return None
    lower, upper = np.argsort(means, kind="stable").tolist()
    return Mixture(
        (float(shares[lower]), float(shares[upper])),
        (float(means[lower]), float(means[upper])),
        (float(deviations[lower]), float(deviations[upper])),
    )


def _expected(
    values: Numbers, shares: Numbers, means: Numbers, deviations: Numbers
) -> tuple[float, Numbers]:
    """The log likelihood of all values, and each component's posterior [components, n]."""
    z = (values - means[:, None]) / deviations[:, None]
    logs = np.log(shares / (deviations * math.sqrt(2 * math.pi)))[:, None] - 0.5 * z**2
    total = np.logaddexp.reduce(logs, axis=0)
    return float(total.sum()), np.exp(logs - total)


def _roots(a: float, b: float, c: float) -> list[float]:
    """Where a x^2 + b x + c is zero."""
    if abs(a) < 1e-12:
        return [-c / b] if b else []
    inside = b * b - 4.0 * a * c
    if inside < 0:
        return []
    return [(-b - math.sqrt(inside)) / (2.0 * a), (-b + math.sqrt(inside)) / (2.0 * a)]
