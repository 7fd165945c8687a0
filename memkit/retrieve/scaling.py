"""Putting score lists on one scale."""

from __future__ import annotations

import numpy as np

from memkit.contracts import Ranking, Scored
from memkit.types import Floats, Ints


def pooled(lists: list[Scored]) -> Ints:
    """Every ordinal of the lists, once, ascending."""
    return np.unique(np.concatenate([found.ordinals for found in lists]))


def spread_over(pool: Ints, found: Scored) -> Floats:
    """A list's scores over a pool that holds it; what it does not hold gets its lowest score."""
    values = np.full(len(pool), found.scores.min(initial=np.inf), np.float32)
    values[np.searchsorted(pool, found.ordinals)] = found.scores
    return values


def z_scaled(values: Floats) -> Floats:
    """(x - mean) / standard deviation; zeros where all values are equal."""
    if not len(values):
        return values
    deviation = float(values.std())
    if deviation < 1e-9:
        return np.zeros_like(values)
    scaled: Floats = (values - values.mean()) / np.float32(deviation)
    return scaled


def z_scaled_within(values: Floats, groups: Ints) -> Floats:
    """`z_scaled` inside each group by itself."""
    scaled = np.empty_like(values)
    for group in np.unique(groups):
        inside = groups == group
        scaled[inside] = z_scaled(values[inside])
    return scaled


def ranked(pool: Ints, totals: Floats, signals: dict[str, Floats]) -> Ranking:
    """The pool sorted by total, ties in ascending order of ordinals."""
    order = np.argsort(-totals, kind="stable")
    return Ranking(
        pool[order],
        totals[order].astype(np.float32),
        {name: values[order].astype(np.float32) for name, values in signals.items()},
    )


def nothing() -> Ranking:
    """The ranking of no candidates."""
    return Ranking(np.zeros(0, np.int64), np.zeros(0, np.float32))
