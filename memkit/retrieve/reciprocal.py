"""Weighted reciprocal rank fusion: lists that share no scale, combined by rank alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, View
from memkit.retrieve.scaling import nothing, ranked
from memkit.types import Floats, Ints

_VIEWS = frozenset({"turn", "window"})


class ReciprocalRetriever(Retriever):
    """Sum over lists of weight / (k + rank), rank counting from 1 (Cormack et al. 2009).

    The lists are those of every index over turns and windows, or the rankings of the retrievers
    it is given. A score is the share of what being first in every list would give.
    """

    name: ClassVar[str] = "reciprocal"

    def __init__(
        self, *retrievers: Retriever, weights: Mapping[str, float] | None = None, k: float = 10.0,
        pool: int = 200,
    ) -> None:  # fmt: skip
        """`weights` are by list ("keyword.turn") or retriever name, 1 where none is given.

        The smaller `k`, the more the first places count; the paper's 60 lets weak lists vote down
        strong ones.
        """
        self._retrievers = retrievers
        self._weights = dict(weights or {})
        self._k = k
        self._pool = pool

    def retrieve(self, query: Query, view: View) -> Ranking:
        """Rank everything that any list holds."""
        lists = [(name, found) for name, found in self._lists(query, view) if len(found)]
        if not lists:
            return nothing()
        held = np.zeros(view.turns.size, np.bool_)
        for _, found in lists:
            held[found] = True
        pool = np.flatnonzero(held)
        signals: dict[str, Floats] = {}
        for name, found in lists:
            given = np.zeros(len(pool), np.float32)
            given[np.searchsorted(pool, found)] = self._shares(name, len(found))
            signals[name] = signals[name] + given if name in signals else given
        most = sum(self._weights.get(name, 1.0) for name, _ in lists) / (self._k + 1.0)
        total = np.sum(list(signals.values()), axis=0, dtype=np.float64) / max(most, 1e-9)
        return ranked(pool, np.clip(total, 0.0, 1.0).astype(np.float32), signals)

    def _shares(self, name: str, length: int) -> Floats:
        ranks = np.arange(1, length + 1, dtype=np.float64)
        return (self._weights.get(name, 1.0) / (self._k + ranks)).astype(np.float32)

    def _lists(self, query: Query, view: View) -> Sequence[tuple[str, Ints]]:
        if self._retrievers:
            return [(each.name, each.retrieve(query, view).ordinals) for each in self._retrievers]
        return [
            (f"{index}.{how}", view.turns.search(index, query, self._pool, how).ordinals)
            for index in view.turns.indexes()
            for how in view.turns.views(index)
            if how in _VIEWS
        ]
