"""What each signal contributed to a candidate, as hits tell it."""

from __future__ import annotations

from typing import Final

import numpy as np

from memkit.contracts import Ranking

_AT_ONCE: Final = 16
_PARTS: Final = 1e4
"""Contributions are told to so many parts of one."""


class Reasons:
    """The signals of a ranking by place, rounded to four decimals, without those that are zero.

    Works some places out at a time: hits are the first of many candidates. A 32-bit number times
    10,000 is exact in 64 bits, so rounding it and dividing gives what `round(value, 4)` gives.
    """

    def __init__(self, ranking: Ranking) -> None:
        self._names = tuple(ranking.signals)
        self._values = tuple(ranking.signals.values())
        self._block = -1
        self._rows: list[list[float]] = []

    def at(self, place: int) -> dict[str, float]:
        """The contributions to the candidate at that place."""
        if not self._names:
            return {}
        block, within = divmod(place, _AT_ONCE)
        if block != self._block:
            span = slice(block * _AT_ONCE, (block + 1) * _AT_ONCE)
            parts = np.array([values[span] for values in self._values], np.float64) * _PARTS
            self._block, self._rows = block, (np.rint(parts) / _PARTS).T.tolist()
        return {
            name: value
            for name, value in zip(self._names, self._rows[within], strict=True)
            if value
        }
