"""Asking again with the words of the first hits, until nothing new comes."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, View
from memkit.retrieve.adding import Base
from memkit.retrieve.fused import FusedRetriever
from memkit.types import Terms

_POOL = 200
_HITS = 5
_WORDS = 5
_TOP = 10
_FEW_CHANGES = 2
_MOST_SHARE = 0.05
_LEAST_HOLDING = 2


class IterativeRetriever(Retriever):
    """Pseudo-relevance feedback in rounds, added to a base ranking (Rocchio 1971).

    Each round takes the five weightiest new words of the first five hits: the sum over hits of
    score x ln(N / df), for words in at least two turns and at most a twentieth of them. Turns
    that hold words taken so far gain `weight` x their BM25 score as a share of the best. It stops
    when fewer than two of the first ten hits change, when there are no new words, or after
    `rounds`.
    """

    name: ClassVar[str] = "iterative"

    def __init__(
        self, base: Retriever | None = None, *, weight: float = 0.5, rounds: int = 3
    ) -> None:
        """`weight` is what the best match of the new words adds, in deviations of the base."""
        self._base = base or FusedRetriever()
        self._weight = np.float32(weight)
        self._rounds = rounds

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The base ranking with the evidence of the last round added."""
        first = ranking = self._base.retrieve(query, view)
        taken = np.zeros(0, np.uint64)
        for _ in range(self._rounds):
            fresh = _new_words(ranking, np.union1d(query.term_ids, taken), view)
            if not len(fresh):
                break
            taken = np.concatenate([taken, fresh])
            before, ranking = ranking, self._with_words(first, taken, query, view)
            changed = np.setdiff1d(ranking.ordinals[:_TOP], before.ordinals[:_TOP])
            if len(changed) < _FEW_CHANGES:
                break
        return ranking

    def _with_words(self, first: Ranking, taken: Terms, query: Query, view: View) -> Ranking:
        again = replace(query, terms=(), term_ids=taken, vector=None)
        found = view.turns.search("keyword", again, _POOL)
        base = Base.of(first, found.ordinals)
        evidence = np.zeros(len(base.ordinals), np.float32)
        best = np.float32(max(float(found.scores.max(initial=0.0)), 1e-9))
        evidence[np.searchsorted(base.ordinals, found.ordinals)] = found.scores / best
        return base.plus("feedback", self._weight * evidence)


def _new_words(ranking: Ranking, known: Terms, view: View) -> Terms:
    """The words that weigh most in the first hits, among those not known; heaviest first."""
    rows = [np.unique(held) for held in view.turns.terms(ranking.ordinals[:_HITS])]
    held = np.concatenate([*rows, np.zeros(0, np.uint64)])
    scores = np.repeat(ranking.scores[: len(rows)], [len(row) for row in rows])
    words, places = np.unique(held, return_inverse=True)
    weights = np.bincount(places, weights=scores, minlength=len(words))
    holding = view.turns.holding(words)
    weights = weights * np.log((view.turns.size + 1.0) / np.maximum(holding, 1))
    most = max(_LEAST_HOLDING, int(_MOST_SHARE * view.turns.size))
    fit = (holding >= _LEAST_HOLDING) & (holding <= most) & ~np.isin(words, known) & (weights > 0)
    chosen = np.flatnonzero(fit)
    return words[chosen[np.argsort(-weights[chosen], kind="stable")[:_WORDS]]]
