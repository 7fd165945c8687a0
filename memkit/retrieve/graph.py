"""Retrievers that follow what connects turns: shared rare words, and what was said next."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, View
from memkit.retrieve.adding import Base, beside
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.scaling import nothing
from memkit.retrieve.termgraph import Numbers, TermGraph, term_graph
from memkit.retrieve.walking import WalkingRetriever
from memkit.types import Floats, Ints

_RESTART_OF_TURNS = 0.05
_LEAST_ACTIVATION = 0.01


class GraphRetriever(WalkingRetriever):
    """Personalised PageRank over turns and the rare words they share, added to a base ranking.

    After HippoRAG 2 (arXiv 2502.14802) without its models: each query term restarts the walk with
    1 / (number of turns that hold it), each turn with .05 x its base score scaled to 0..1; damping
    is .5, and ln p is added to the base. The graph is that of the base's first candidates and
    their neighbours, built for the query, so nothing has to be kept up to date.
    """

    name: ClassVar[str] = "graph"

    def _graph(self, query: Query, seeds: Ints, view: View) -> TermGraph:
        return term_graph(np.union1d(seeds, beside(seeds, view)), view)

    def _restart(self, query: Query, graph: TermGraph, base: Base) -> Numbers:
        restart = np.zeros(graph.size)
        strengths = base.strengths[np.searchsorted(base.ordinals, graph.turns)]
        spread = float(strengths.max() - strengths.min())
        if spread > 0:
            scaled = (strengths - strengths.min()) / spread
            restart[: len(graph.turns)] = _RESTART_OF_TURNS * scaled
        asked = np.flatnonzero(np.isin(graph.terms, query.term_ids))
        restart[len(graph.turns) + asked] = 1.0 / graph.holding[asked]
        return restart


class SpreadingRetriever(Retriever):
    """Spreading activation along the conversation, added to a base ranking.

    a_j <- a_j + share x sum_i a_i / deg_i^(1/2) over the turns just before and after (Collins and
    Loftus 1975; the division by degree as in ACT-R's fan). Activation starts as the base's
    strength above its weakest candidate. In each step only the strongest `senders` pass
    it on, and none below a hundredth of the strongest.
    """

    name: ClassVar[str] = "spreading"

    def __init__(
        self, base: Retriever | None = None, *, share: float = 0.15, steps: int = 2,
        senders: int = 50,
    ) -> None:  # fmt: skip
        self._base = base or FusedRetriever()
        self._share = np.float32(share)
        self._steps = steps
        self._senders = senders

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The base ranking with what reached each turn added."""
        first = self._base.retrieve(query, view)
        if not len(first.ordinals):
            return nothing()
        near = first.ordinals[: self._senders]
        for _ in range(self._steps):
            near = np.union1d(near, beside(near, view))
        base = Base.of(first, near)
        start = base.strengths - base.strengths.min()
        activation = start
        for _ in range(self._steps):
            activation = activation + self._received(base.ordinals, activation, view)
        return base.plus("spreading", activation - start)

    def _received(self, pool: Ints, activation: Floats, view: View) -> Floats:
        order = np.argsort(-activation, kind="stable")[: self._senders]
        senders = order[activation[order] > _LEAST_ACTIVATION * activation.max()]
        received = np.zeros(len(pool), np.float32)
        before = view.turns.previous[pool[senders]]
        after = view.turns.following[pool[senders]]
        degrees = np.maximum((before >= 0).astype(np.int64) + (after >= 0), 1)
        passed = self._share * activation[senders] / np.sqrt(degrees).astype(np.float32)
        for targets in (before, after):
            places = np.minimum(np.searchsorted(pool, targets), len(pool) - 1)
            known = pool[places] == targets
            np.add.at(received, places[known], passed[known])
        return received
