"""Putting score lists on one scale."""

from __future__ import annotations

import numpy as np

from memkit.contracts import Ranking, Scored
from memkit.types import Floats, Ints

_LEAST_DEVIATION = 0.1


def pooled(lists: list[Scored]) -> Ints:
    """Every ordinal of the lists, once, ascending."""
    return np.unique(np.concatenate([found.ordinals for found in lists]))


def spread_over(pool: Ints, found: Scored, missing: float | None = None) -> Floats:
    """A list's scores over a pool that holds it.

    What the list does not hold gets `missing`, or by default the list's lowest score.
    """
    lowest = float(found.scores.min(initial=np.inf)) if missing is None else missing
    values = np.full(len(pool), lowest, np.float32)
    values[np.searchsorted(pool, found.ordinals)] = found.scores
    return values


def z_scaled(values: Floats) -> Floats:
    """(x - mean) / deviation, the deviation being at least a tenth of the largest value.

    Among a handful of candidates the plain deviation can be tiny, and would blow a difference
    that means nothing up to the size of one that does.
    """
    if not len(values):
        return values
    least = _LEAST_DEVIATION * float(np.abs(values).max()) + 1e-9
    scaled: Floats = (values - values.mean()) / np.float32(np.hypot(values.std(), least))
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
