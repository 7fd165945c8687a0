"""What retrievers share that walk over a graph of the turns found."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, Scored, View
from memkit.retrieve.adding import Base
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.scaling import nothing, spread_over, z_scaled
from memkit.retrieve.termgraph import Numbers, TermGraph, logarithms
from memkit.types import Ints


class WalkingRetriever(Retriever):
    """Personalised PageRank, p = (1 - d) r + d P^T p, added to a base ranking as ln p.

    The walk goes over the base's first `candidates` and what they lead to. A subclass says what
    that is and which graph joins them, and where the walk restarts.
    """

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
        """The base ranking with the walk's evidence added; the base's where nothing is joined."""
        first = self._base.retrieve(query, view)
        if not len(first.ordinals):
            return nothing()
        graph = self._graph(query, first.ordinals[: self._candidates], view)
        if not len(graph.sources):
            return first
        base = Base.of(first, graph.turns)
        mass = graph.walk(self._restart(query, graph, base), self._damping)
        found = Scored(graph.turns, logarithms(mass[: len(graph.turns)]))
        evidence = z_scaled(spread_over(base.ordinals, found))
        return base.plus(self.name, self._weight * evidence)

    @abstractmethod
    def _graph(self, query: Query, seeds: Ints, view: View) -> TermGraph:
        """The graph of these turns and of those that they lead to."""

    @abstractmethod
    def _restart(self, query: Query, graph: TermGraph, base: Base) -> Numbers:
        """How much of the walk begins anew at each node, in any unit."""
