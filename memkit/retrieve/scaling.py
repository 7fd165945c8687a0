"""Putting score lists on one scale."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from memkit.contracts import Ranking, Scored
from memkit.types import Floats, Ints

_LEAST_DEVIATION = 0.1


def pooled(lists: Iterable[Scored], size: int) -> Ints:
    """Every ordinal of the lists, once, ascending; all are below `size`."""
    held = np.zeros(size, np.bool_)
    for found in lists:
        held[found.ordinals] = True
    return np.flatnonzero(held)


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
    centred = values - values.sum() / np.float32(len(values))  # mean() takes four times as long
    deviation = math.sqrt(float(np.dot(centred, centred)) / len(values))
    scaled: Floats = centred / np.float32(math.hypot(deviation, least))
    return scaled


def z_scaled_within(values: Floats, groups: Ints) -> Floats:
    """`z_scaled` inside each group by itself."""
    scaled = np.empty_like(values)
    for group in range(int(groups.max(initial=-1)) + 1):
        inside = groups == group
        scaled[inside] = z_scaled(values[inside])
    return scaled


def nearness(when: Ints, named: list[tuple[int, int]], width: float) -> Floats:
    """exp(-gap / width) of each moment to the nearest of the periods, all in microseconds."""
    gaps = np.full(len(when), np.inf)
    for start, end in named:
        gaps = np.minimum(gaps, np.maximum(np.maximum(start - when, when - end + 1), 0))
    near: Floats = np.exp(-gaps / width).astype(np.float32)
    return near


def ranked(pool: Ints, totals: Floats, signals: dict[str, Floats]) -> Ranking:
    """The pool sorted by total, ties in ascending order of ordinals."""
    order = np.argsort(-totals, kind="stable")
    return Ranking(
        pool[order],
        totals[order].astype(np.float32, copy=False),
        {name: values[order].astype(np.float32, copy=False) for name, values in signals.items()},
    )


def nothing() -> Ranking:
    """The ranking of no candidates."""
    return Ranking(np.zeros(0, np.int64), np.zeros(0, np.float32))
