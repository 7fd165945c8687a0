"""Walking from the facts that a question is linked with to the passages that name them."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

import numpy as np

from memkit.contracts import Query, Scored, View
from memkit.retrieve.adding import Base, beside
from memkit.retrieve.graph import GraphRetriever
from memkit.retrieve.scaling import pooled, spread_over, z_scaled
from memkit.retrieve.termgraph import NO_PHRASES, Numbers, Phrases, TermGraph, term_graph
from memkit.types import Ints

_LINKED: Final = 5
"""Facts that a question is linked with."""
_ALIKE: Final = 0.8
"""The cosine from which two phrases mean the same."""
_SYNONYMS: Final = 10
_POOL: Final = 50


class FactGraphRetriever(GraphRetriever):
    """`GraphRetriever` with entities and facts as further nodes, where the walk restarts as well.

    After HippoRAG 2 (arXiv 2502.14802) without its models. The five derived records (triples,
    entities) that fit the question best by words and by vectors are linked with it: the walk
    restarts at each with its score, scaled to 0..1, divided by the number of turns it rests on.
    Edges of one lead to those turns, edges weighing their cosine to the records that mean the same
    (cosine .8 and more) and on to theirs. Where no record was derived it is `GraphRetriever`.
    """

    name: ClassVar[str] = "fact-graph"

    def _graph(self, query: Query, seeds: Ints, view: View) -> TermGraph:
        phrases = _phrases(query, view)
        near = np.union1d(seeds, beside(seeds, view))
        return term_graph(np.union1d(near, phrases.turns), view, phrases)

    def _restart(self, query: Query, graph: TermGraph, base: Base) -> Numbers:
        restart = super()._restart(query, graph, base)
        restart[graph.size - len(graph.linked) :] = graph.linked
        return restart


def _phrases(query: Query, view: View) -> Phrases:
    found = _facts(query, view)
    if not len(found.ordinals):
        return NO_PHRASES
    nodes = found.ordinals.tolist()
    alike = []
    for place, others in enumerate(_synonyms(found.ordinals, query, view)):
        for other, cosine in zip(others.ordinals.tolist(), others.scores.tolist(), strict=True):
            if other not in nodes:
                nodes.append(other)
            alike.append((place, nodes.index(other), cosine))
    rows = [view.sources(node) for node in nodes]
    rows = [row[view.turns.allowed[row]] for row in rows]
    linked = np.zeros(len(nodes))
    for place, score in enumerate(found.scores.tolist()):
        linked[place] = score / max(len(rows[place]), 1)
    naming = np.repeat(np.arange(len(nodes)), [len(row) for row in rows])
    return Phrases(linked, naming, np.concatenate(rows).astype(np.int64), alike)


def _facts(query: Query, view: View) -> Scored:
    """The records that fit the question best, their scores in 0..1."""
    indexes = view.memories.indexes() if view.memories.size else ()
    lists = [view.memories.search(index, query, _POOL) for index in indexes]
    lists = [found for found in lists if len(found.ordinals)]
    pool = pooled(lists, view.memories.size)
    if not len(pool):
        return Scored(pool, np.zeros(0, np.float32))
    total = np.sum([z_scaled(spread_over(pool, found)) for found in lists], axis=0)
    spread = float(total.max() - total.min())
    scaled = (total - total.min()) / spread if spread > 0 else np.ones_like(total)
    best = np.argsort(-total, kind="stable")[:_LINKED]
    return Scored(pool[best], scaled[best].astype(np.float32))


def _synonyms(ordinals: Ints, query: Query, view: View) -> list[Scored]:
    """For each of these records the others that mean the same, by their vectors."""
    vectors = view.memories.vectors(ordinals)
    if vectors is None or "vector" not in view.memories.indexes():
        return []
    found = []
    for own, vector in zip(ordinals.tolist(), vectors, strict=True):
        asked = replace(query, terms=(), term_ids=query.term_ids[:0], vector=vector)
        near = view.memories.search("vector", asked, _SYNONYMS)
        kept = (near.scores >= _ALIKE) & (near.ordinals != own)
        found.append(Scored(near.ordinals[kept], near.scores[kept]))
    return found
