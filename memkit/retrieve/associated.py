"""Following the edges that an index keeps between records."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from memkit.contracts import Query, View
from memkit.retrieve.adding import Base
from memkit.retrieve.termgraph import Numbers, TermGraph
from memkit.retrieve.walking import WalkingRetriever
from memkit.types import Ints

_NO_TERMS = (np.zeros(0, np.uint64), np.zeros(0, np.int64))


class AssociatedRetriever(WalkingRetriever):
    """Personalised PageRank over the edges of an index, added to a base ranking.

    After MemGAS (arXiv 2505.19549), with weighted edges and single records. The walk goes over the
    base's first `candidates` and what their edges lead to, p = (1 - d) r + d P^T p. It restarts in
    proportion to exp(strength), a candidate's strength being its logarithm in the base's standard
    deviations; ln p is added to the base. Without such an index the ranking is the base's.
    """

    name: ClassVar[str] = "associated"

    def _graph(self, query: Query, seeds: Ints, view: View) -> TermGraph:
        """The edges among these turns and those they lead to, each turn's summing to 1."""
        members = np.union1d(seeds, view.turns.associated(seeds).targets)
        edges = view.turns.associated(members)
        places = np.minimum(np.searchsorted(members, edges.targets), len(members) - 1)
        inside = members[places] == edges.targets
        sources, targets = np.searchsorted(members, edges.sources[inside]), places[inside]
        weights = edges.weights[inside].astype(np.float64)
        sums = np.bincount(sources, weights=weights, minlength=len(members))
        return TermGraph(members, *_NO_TERMS, sources, targets, weights / sums[sources])

    def _restart(self, query: Query, graph: TermGraph, base: Base) -> Numbers:
        places = np.searchsorted(base.ordinals, graph.turns)
        strengths = base.strengths[places].astype(np.float64)
        restart: Numbers = np.exp(strengths - strengths.max())
        return restart
