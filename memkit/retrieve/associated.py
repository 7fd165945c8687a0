"""Following the edges that an index keeps between records."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, Scored, View
from memkit.retrieve.adding import Base
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.scaling import nothing, spread_over, z_scaled
from memkit.retrieve.termgraph import TermGraph, logarithms
from memkit.types import Ints

_NO_TERMS = (np.zeros(0, np.uint64), np.zeros(0, np.int64))


class AssociatedRetriever(Retriever):
    """Personalised PageRank over the edges of an index, added to a base ranking.

    After MemGAS (arXiv 2505.19549), with weighted edges and single records. The walk goes over the
    base's first `candidates` and what their edges lead to, p = (1 - d) r + d P^T p. It restarts in
    proportion to exp(strength), a candidate's strength being its logarithm in the base's standard
    deviations; ln p is added to the base. Without such an index the ranking is the base's.
    """

    name: ClassVar[str] = "associated"

    def __init__(
        self, base: Retriever | None = None, *, candidates: int = 100, weight: float = 0.5,
        damping: float = 0.5,
    ) -> None:  # fmt: skip
        """`weight` is what a deviation of ln p adds, in deviations of the base."""
        self._base = base or FusedRetriever()
        self._candidates = candidates
        self._weight = np.float32(weight)
        self._damping = damping

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The base ranking with the walk's evidence added."""
        first = self._base.retrieve(query, view)
        if not len(first.ordinals):
            return nothing()
        seeds = first.ordinals[: self._candidates]
        reached = view.turns.associated(seeds).targets
        if not len(reached):
            return first
        members = np.union1d(seeds, reached)
        base = Base.of(first, members)
        strengths = base.strengths[np.searchsorted(base.ordinals, members)].astype(np.float64)
        mass = _graph(members, view).walk(np.exp(strengths - strengths.max()), self._damping)
        evidence = z_scaled(spread_over(base.ordinals, Scored(members, logarithms(mass))))
        return base.plus("associated", self._weight * evidence)


def _graph(members: Ints, view: View) -> TermGraph:
    """The edges among these turns (ascending), each turn's summing to 1."""
    edges = view.turns.associated(members)
    places = np.minimum(np.searchsorted(members, edges.targets), len(members) - 1)
    inside = members[places] == edges.targets
    sources, targets = np.searchsorted(members, edges.sources[inside]), places[inside]
    weights = edges.weights[inside].astype(np.float64)
    sums = np.bincount(sources, weights=weights, minlength=len(members))
    return TermGraph(members, *_NO_TERMS, sources, targets, weights / sums[sources])
