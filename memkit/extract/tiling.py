"""Where a conversation turns to another topic: TextTiling (Hearst 1997) over turns.

The likeness of what was said before a gap and after it, by words and by vectors, is low where the
topic changes; the depth of such a valley between its two shoulders decides. Turns near the gap
count more, the curve is smoothed once, and a gap after a question must be the deeper for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

import numpy as np
import numpy.typing as npt

from memkit.dates import to_micros
from memkit.models import Turn
from memkit.text import term_id, terms
from memkit.types import Floats

_REACH: Final = 4
"""Turns on each side of a gap that are compared."""
_DECAY: Final = 0.8
"""What each further turn counts of the one before it."""
_MEAN_PRIOR: Final = 16
"""Turns' worth of doubt about what a session's vectors have in common."""
_DEPTH: Final = 0.5
_DEPTH_OF_WORDS: Final = 0.16
"""The least depth of a valley in the sum of both cosines, and in that of words alone."""
_QUESTION: Final = 0.5
"""How much deeper, in least depths, a valley after a question must be."""
_SLOTS: Final = 1024
_LONGEST: Final = 40
"""Turns after which a stretch is divided at its deepest valley whatever its depth."""
_SHORTEST: Final = 3
_MASS: Final = 6.0
"""Telling words that a topic must have: greetings and farewells are none."""
_BREAK: Final = 30 * 60 * 1_000_000
"""Microseconds of silence that may divide a session."""
_BREAK_RATIO: Final = 8
"""And how many times the usual gap of the session it must be."""
_ANSWERING: Final = ("assistant", "tool", "system")


def boundaries(
    turns: Sequence[Turn], vectors: Floats | None, masses: Sequence[float] | None = None
) -> list[int]:
    """The places at which a new topic begins, in order, without the first turn.

    `vectors` is float32 [n, dim], a unit row per turn; without them words alone decide. `masses`
    say how much each turn tells. A topic has at least three turns and a mass of 6 unless a
    silence ends it, and begins with someone's own words: never with an assistant's answer.
    """
    if len(turns) < 2:
        return []
    found = _silences(turns)
    depths, least = _depths(turns, vectors)
    cut = max(least, float(depths.mean() + depths.std()))
    sums = np.concatenate(
        [[0.0], np.cumsum(masses if masses is not None else [_MASS] * len(turns))]
    )
    for place in _deepest(depths):
        if depths[place - 1] <= cut:
            break
        if _is_free(place, found, sums) and turns[place].role not in _ANSWERING:
            found.add(place)
    _divide(depths, found, len(turns))
    return sorted(found)


def cohesion(turns: Sequence[Turn], vectors: Floats | None) -> Floats:
    """How alike the turns before and after each gap are, float32 [n - 1]; 0 to 1, or 2."""
    likeness = _likeness(_bags(turns))
    if vectors is not None:
        centre = vectors.sum(axis=0) / (len(vectors) + _MEAN_PRIOR)
        likeness += _likeness(vectors - centre)
    padded = np.pad(likeness, 1, mode="edge")
    smooth = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    return smooth.astype(np.float32)


def _depths(turns: Sequence[Turn], vectors: Floats | None) -> tuple[Floats, float]:
    """Each gap's depth under its shoulders, and the least that counts."""
    least = _DEPTH if vectors is not None else _DEPTH_OF_WORDS
    likeness = cohesion(turns, vectors)
    left, right = _shoulders(likeness), _shoulders(likeness[::-1])[::-1]
    asked = np.array([turn.text.rstrip()[-1:] in ("?", "\uff1f") for turn in turns[:-1]])
    depths = left + right - 2 * likeness - asked * _QUESTION * least
    return depths.astype(np.float32), least


def _shoulders(likeness: Floats) -> Floats:
    """The top of the slope that leads down to each gap from the left."""
    tops = likeness.copy()
    for place in range(1, len(tops)):
        if likeness[place - 1] >= likeness[place]:
            tops[place] = tops[place - 1]
    return tops


def _likeness(rows: Floats) -> Floats:
    """The cosine of the weighted sums of the rows before and after each gap."""
    before = np.zeros((len(rows) - 1, rows.shape[1]), np.float32)
    after = before.copy()
    for step in range(min(_REACH, len(rows) - 1)):
        before[step:] += _DECAY**step * rows[: len(before) - step]
        after[: len(after) - step] += _DECAY**step * rows[1 + step :]
    dots = np.einsum("ij,ij->i", before, after)
    norms = np.einsum("ij,ij->i", before, before) * np.einsum("ij,ij->i", after, after)
    found: Floats = dots / np.sqrt(np.maximum(norms, 1e-12))
    return found


def _bags(turns: Sequence[Turn]) -> Floats:
    """The telling words of each turn, hashed, as logarithms of counts."""
    rows = np.zeros((len(turns), _SLOTS), np.float32)
    for row, turn in zip(rows, turns, strict=True):
        for term in terms(turn.text):
            row[term_id(term) % _SLOTS] += 1
    counted: Floats = np.log1p(rows)
    return counted


def _silences(turns: Sequence[Turn]) -> set[int]:
    """The places before which there was a pause that is long for this conversation."""
    if any(turn.when is None for turn in turns):
        return set()
    moments = [to_micros(turn.when) for turn in turns if turn.when is not None]
    pauses = [abs(after - before) for before, after in pairwise(moments)]
    least = max(_BREAK, _BREAK_RATIO * int(median(pauses)))
    return {place for place, pause in enumerate(pauses, 1) if pause >= least}


def _deepest(depths: Floats) -> list[int]:
    return [int(gap) + 1 for gap in np.argsort(-depths, kind="stable")]


def _is_free(place: int, taken: set[int], sums: npt.NDArray[np.float64]) -> bool:
    """Whether what a boundary at `place` would part is long enough, and tells enough, to stand."""
    ends = (0, *taken, len(sums) - 1)
    before, after = (
        max(end for end in ends if end <= place),
        min(end for end in ends if end >= place),
    )
    light = min(sums[place] - sums[before], sums[after] - sums[place]) < _MASS
    return min(place - before, after - place) >= _SHORTEST and not light


def _divide(depths: Floats, found: set[int], size: int) -> None:
    """Cut what is too long at its deepest valley, until nothing is."""
    order = _deepest(depths)
    while True:
        ends = [0, *sorted(found), size]
        long = next(((a, b) for a, b in pairwise(ends) if b - a > _LONGEST), None)
        if long is None:
            return
        begin, end = long[0] + _SHORTEST, long[1] - _SHORTEST
        found.add(next(place for place in order if begin <= place <= end))
