"""How much a signal tells of what was useful: mutual information, from few judgements."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from memkit.types import Ints

BINS: Final = 3
ENOUGH: Final = 50
"""From so many judgements on, what was learned counts more than what was assumed."""

Numbers = npt.NDArray[np.float64]


def binned(values: Numbers) -> Ints:
    """0 for the low third, 1 for the middle, 2 for the high; equal values are in one bin."""
    bounds = np.quantile(values, [1.0 / BINS, 2.0 / BINS], method="lower")
    return np.searchsorted(bounds, values, side="left").astype(np.int64)


def mutual_information(table: Numbers) -> float:
    """Between the rows and the columns of a table of counts, in nats, at least 0.

    The sum of p(x, y) ln(p(x, y) / p(x) p(y)), less (rows - 1)(columns - 1) / 2n, by which it is
    too high on average where there is nothing to tell (Miller 1955).
    """
    table = table[np.ix_(table.sum(axis=1) > 0, table.sum(axis=0) > 0)]
    total = float(table.sum())
    if min(table.shape) < 2:
        return 0.0
    rows, columns = table.shape
    shares = table / total
    expected = shares.sum(axis=1, keepdims=True) * shares.sum(axis=0, keepdims=True)
    held = shares > 0
    plain = float((shares[held] * np.log(shares[held] / expected[held])).sum())
    too_much: float = (rows - 1) * (columns - 1) / (2.0 * total)
    return max(plain - too_much, 0.0)


def correlation(values: Numbers, useful: Numbers) -> float:
    """How surely a signal of some records tells which were useful (their shares, 0..1): -1..1.

    The strength is sqrt(1 - exp(-2 I)) (Linfoot 1957), I being the mutual information of the
    signal in three bins and usefulness, as AssoMem (arXiv 2510.10397) weighs its signals. The
    direction, which I does not have, is whether useful records lie in higher bins.
    """
    if not len(values):
        return 0.0
    bins = binned(values)
    table = np.zeros((BINS, 2))
    for bin in range(BINS):
        inside = useful[bins == bin]
        table[bin] = len(inside) - inside.sum(), inside.sum()
    strength = math.sqrt(1.0 - math.exp(-2.0 * mutual_information(table)))
    rises = float(((bins - bins.mean()) * (useful - useful.mean())).sum())
    return math.copysign(strength, rises) if strength else 0.0


def learned(prior: float, found: float, judged: float, most: float) -> float:
    """A signal's weight: `prior`, moved towards `most` x `found` as there are more judgements.

    The share moved is n / (n + 50) for n judgements.
    """
    share = judged / (judged + ENOUGH)
    return (1.0 - share) * prior + share * most * found


def balanced(useful: Numbers) -> float:
    """How many judgements these are worth (shares, 0..1): twice the rarer of the two verdicts.

    From praise alone, or blame alone, nothing can be told of what tells them apart.
    """
    return 2.0 * min(float(useful.sum()), float((1.0 - useful).sum()))
