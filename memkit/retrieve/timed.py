"""Favouring what was said around the time that the question names."""

from __future__ import annotations

from typing import ClassVar, Final

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, View
from memkit.periods import periods
from memkit.retrieve.adding import Base
from memkit.retrieve.fused import FusedRetriever, Weights
from memkit.retrieve.scaling import nearness

_DAY: Final = 86_400_000_000
_MOST_INSIDE = 200


class TimeAwareRetriever(Retriever):
    """A base ranking, with turns in or near the periods that the query names raised.

    A turn gains `weight` x exp(-gap / width), the gap being the time between it and the nearest
    period, zero inside (the interval overlap of AssoMem, arXiv 2510.10397, without its model).
    Turns inside a period are candidates whatever their words. Never a filter: what happened in May
    may be told in June. A query that names no time is ranked as the base ranks it.
    """

    name: ClassVar[str] = "time-aware"

    def __init__(
        self, base: Retriever | None = None, *, weight: float = 1.0, width_days: float = 7.0
    ) -> None:
        """`weight` is what a turn inside gains, in deviations of the base."""
        self._base = base or FusedRetriever(weights=Weights(time=0.0))
        self._weight = np.float32(weight)
        self._width = width_days * _DAY

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The base ranking with nearness in time added."""
        first = self._base.retrieve(query, view)
        named = periods(query.text, query.now)
        if not named:
            return first
        when = view.turns.when
        inside = np.zeros(len(when), np.bool_)
        for start, end in named:
            inside |= (when >= start) & (when < end)
        base = Base.of(first, np.flatnonzero(inside & view.turns.allowed)[-_MOST_INSIDE:])
        if not len(base.ordinals):
            return first
        return base.plus("time", self._weight * nearness(when[base.ordinals], named, self._width))
