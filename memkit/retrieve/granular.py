"""Several granularities at once, each trusted as far as it is sure of its answer."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, Scored, View
from memkit.retrieve.adding import certainty
from memkit.retrieve.scaling import nothing, pooled, ranked, spread_over, z_scaled
from memkit.types import Floats, Ints

_POOL = 200
_LEAST_WEIGHT = 0.05
_MEDIAN = 0.5
_HALVINGS = 40
_SCORE_TEMPERATURE = 3.0
"""A fused sum this much below the best has its score divided by e, as in the default."""


class MultiGranularRetriever(Retriever):
    """Turns, three-turn windows, sessions and derived records, by words and by vectors.

    Each list's share is w = 1 - H / ln N, where H is the entropy of the softmax over its N scores:
    a list that singles out few candidates counts for more (after MemGAS, arXiv 2505.19549, whose
    published code uses 1 - H, which is negative and so prefers the *least* certain list). The
    temperature is found per query, so that the median of H / ln N is one half: a fixed one makes
    all lists look certain, or none.
    """

    name: ClassVar[str] = "multi-granularity"

    def retrieve(self, query: Query, view: View) -> Ranking:
        """Rank the turns that any granularity leads to."""
        lists = {name: found for name, found in _lists(query, view).items() if len(found.ordinals)}
        if all(_of_sessions(name) for name in lists):
            return nothing()
        shares = weights([found.scores for found in lists.values()])
        reached = {name: on_turns(name, found, view) for name, found in lists.items()}
        pool = pooled((r for name, r in reached.items() if not _of_sessions(name)), view.turns.size)
        signals = {
            name: np.float32(share) * z_scaled(_over(pool, name, found, view))
            for (name, found), share in zip(reached.items(), shares, strict=True)
        }
        total = np.sum(list(signals.values()), axis=0, dtype=np.float32) / np.float32(sum(shares))
        level = np.float32(certainty(lists))
        # Shares near one half of some six lists: brought back to a plain sum of the lists.
        scores = level * np.exp((total - total.max()) * (len(lists) / _SCORE_TEMPERATURE))
        return ranked(pool, scores.astype(np.float32), signals)


def weights(lists: list[Floats]) -> list[float]:
    """1 - H / ln N of each list of scores, at least 0.05; 1/2 for a list of one."""
    scaled = [z_scaled(scores) for scores in lists]
    several = [scores for scores in scaled if len(scores) > 1]
    temperature = _fitted(several) if several else 1.0
    return [
        max(1.0 - uncertainty(scores, temperature), _LEAST_WEIGHT) if len(scores) > 1 else _MEDIAN
        for scores in scaled
    ]


def uncertainty(scores: Floats, temperature: float) -> float:
    """H / ln N of softmax(scores / temperature): 0 where one stands out, 1 where all are alike."""
    exponents = (scores.astype(np.float64) - float(scores.max())) / temperature
    shares = np.exp(exponents) / np.exp(exponents).sum()
    entropy = -float((shares * np.log(np.maximum(shares, 1e-300))).sum())
    return entropy / float(np.log(len(scores)))


def _fitted(lists: list[Floats]) -> float:
    """The temperature at which the median uncertainty is one half; it rises with temperature."""
    low, high = 1e-3, 1e3
    for _ in range(_HALVINGS):
        middle = float(np.sqrt(low * high))
        if float(np.median([uncertainty(scores, middle) for scores in lists])) > _MEDIAN:
            high = middle
        else:
            low = middle
    return low


def _lists(query: Query, view: View) -> dict[str, Scored]:
    lists = {
        f"{index}.{how}": view.turns.search(index, query, _POOL, how)
        for index in view.turns.indexes()
        for how in view.turns.views(index)
    }
    if "vector" in view.turns.indexes():
        lists["vector.session"] = _best_of_sessions(lists["vector.turn"], view)
    for index in view.memories.indexes() if view.memories.size else ():
        lists[f"{index}.memory"] = view.memories.search(index, query, _POOL)
    return lists


def _best_of_sessions(turns: Scored, view: View) -> Scored:
    """Sessions by their nearest turn, which finds more than the mean of a session's vectors."""
    sessions, first = np.unique(view.turns.sessions[turns.ordinals], return_index=True)
    order = np.argsort(first, kind="stable")  # the list is best first: so are first appearances
    return Scored(sessions[order], turns.scores[first[order]])


def on_turns(name: str, found: Scored, view: View) -> Scored:
    """A list of memories as the turns they rest on; the others as they are."""
    if not name.endswith(".memory"):
        return found
    best = np.full(view.turns.size, -np.inf, np.float32)
    for memory, score in zip(found.ordinals.tolist(), found.scores.tolist(), strict=True):
        sources = view.sources(memory)
        best[sources] = np.maximum(best[sources], np.float32(score))
    reached = np.flatnonzero((best > -np.inf) & view.turns.allowed)
    return Scored(reached, best[reached])


def _of_sessions(name: str) -> bool:
    return name.endswith(".session")


def _over(pool: Ints, name: str, found: Scored, view: View) -> Floats:
    """A list's scores over the pool; a session's score is that of each of its turns."""
    complete = name.startswith("keyword") and len(found.ordinals) < _POOL
    if not _of_sessions(name):
        return spread_over(pool, found, 0.0 if complete else None)
    missing = 0.0 if complete else float(found.scores.min())
    by_session = np.full(int(view.turns.sessions.max()) + 1, missing, np.float32)
    by_session[found.ordinals] = found.scores
    values: Floats = by_session[view.turns.sessions[pool]]
    return values
