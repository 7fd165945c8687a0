"""Retrievers of one signal: the baselines that every result is shown beside."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, View
from memkit.retrieve.scaling import nothing, ranked
from memkit.text import term_id

_POOL = 1000


class KeywordRetriever(Retriever):
    """BM25 over turns alone."""

    name: ClassVar[str] = "keyword"

    def retrieve(self, query: Query, view: View) -> Ranking:
        """Turns that share a term with the query; scores as x / (x + 5)."""
        found = view.turns.search("keyword", query, max(_POOL, query.limit))
        scores = found.scores / (found.scores + 5.0)
        return ranked(found.ordinals, scores, {"keyword.turn": found.scores})


class VectorRetriever(Retriever):
    """Cosine of vectors alone."""

    name: ClassVar[str] = "vector"

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The nearest turns; scores as (cosine + 1) / 2."""
        found = view.turns.search("vector", query, max(_POOL, query.limit))
        scores = np.clip((found.scores + 1.0) / 2.0, 0.0, 1.0)
        return ranked(found.ordinals, scores, {"vector.turn": found.scores})


class RecencyRetriever(Retriever):
    """The latest turns, whatever is asked."""

    name: ClassVar[str] = "recency"

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The last first."""
        allowed = np.flatnonzero(view.turns.allowed)
        order = np.lexsort((-allowed, -view.turns.when[allowed]))
        newest = allowed[order][: max(_POOL, query.limit)]
        if not len(newest):
            return nothing()
        scores = 1.0 / (1.0 + np.arange(len(newest), dtype=np.float32))
        return Ranking(newest, scores, {"recency": scores})


class RandomRetriever(Retriever):
    """Turns in an order drawn from the query's text: the floor of every measure."""

    name: ClassVar[str] = "random"

    def retrieve(self, query: Query, view: View) -> Ranking:
        """A fixed shuffle per query."""
        allowed = np.flatnonzero(view.turns.allowed)
        order = np.random.default_rng(term_id(query.text)).permutation(len(allowed))
        chosen = allowed[order][: max(_POOL, query.limit)]
        if not len(chosen):
            return nothing()
        scores = 1.0 / (1.0 + np.arange(len(chosen), dtype=np.float32))
        return Ranking(chosen, scores, {"random": scores})
