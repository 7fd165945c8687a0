"""Rerankers made of arithmetic, and the doors for models from outside."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar, Final

from memkit.contracts import Reranker
from memkit.models import Hit
from memkit.text import terms

_DAY_SECONDS: Final = 86_400.0
_LEAST_SCORE: Final = 1e-6
"""Scores of hits are rounded to this."""


class DiversityReranker(Reranker):
    """Maximal marginal relevance (Carbonell and Goldstein 1998): the next hit is the one with
    the highest `share` x relevance - (1 - `share`) x likeness to what is chosen already.

    Relevance is the logarithm of the score, scaled to 0..1 over the hits, or the two would not
    be on one scale. Likeness is the share of words that two texts have in common (Jaccard).
    """

    name: ClassVar[str] = "diverse"

    def __init__(self, share: float = 0.7) -> None:
        """1 leaves the hits as they are, 0 looks at likeness alone."""
        self._share = share

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits, repetition later."""
        relevance = relevances(hits)
        words = [frozenset(terms(hit.text)) for hit in hits]
        likeness = [0.0] * len(hits)
        left, order, values = list(range(len(hits))), [], [0.0] * len(hits)
        while left:
            for place in left:
                penalty = (1.0 - self._share) * likeness[place]
                values[place] = self._share * relevance[place] - penalty
            chosen = max(left, key=lambda place: (values[place], -place))
            left.remove(chosen)
            order.append(chosen)
            for place in left:
                likeness[place] = max(likeness[place], jaccard(words[place], words[chosen]))
        return in_order(hits, order, self.name, values)


class RecencyReranker(Reranker):
    """A small bonus for what was said lately: relevance + weight x 2^(-age / half-life).

    Relevance is the logarithm of the score, scaled to 0..1 over the hits. The age is counted from
    the latest hit, so that the answer does not depend on when it is asked; a hit without a time
    gets no bonus.
    """

    name: ClassVar[str] = "recency"

    def __init__(self, *, weight: float = 0.05, half_life_days: float = 30.0) -> None:
        self._weight = weight
        self._half_life = half_life_days * _DAY_SECONDS

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits, later ones a little higher."""
        latest = max((hit.when for hit in hits if hit.when is not None), default=None)
        values = []
        for hit, relevance in zip(hits, relevances(hits), strict=True):
            bonus = 0.0
            if hit.when is not None and latest is not None:
                bonus = 0.5 ** ((latest - hit.when).total_seconds() / self._half_life)
            values.append(relevance + self._weight * bonus)
        return in_order(hits, best_first(values), self.name, values)


class CrossEncoderReranker(Reranker):
    """A door for any model that reads the query and a text together.

    `score` is given the query and the texts, and returns one number per text, higher is better.
    The order is the model's; its number is in `why`.
    """

    name: ClassVar[str] = "cross-encoder"

    def __init__(self, score: Callable[[str, Sequence[str]], Sequence[float]]) -> None:
        self._score = score

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits in the model's order; raises `ValueError` for an answer of another size."""
        if not hits:
            return []
        values = [float(value) for value in self._score(query, [hit.text for hit in hits])]
        if len(values) != len(hits) or not all(map(math.isfinite, values)):
            raise ValueError(
                f"The cross-encoder was given {len(hits)} texts and returned {values}; "
                "expected one finite number per text."
            )
        return in_order(hits, best_first(values), self.name, values)


class ModelFilter(Reranker):
    """A door for a model that says which hits are worth keeping.

    `keep` is given the query and the texts, and returns the places to keep, counted from 0. The
    order stays. A reply that is not a list of different places changes nothing, and warns; an
    empty one keeps nothing.
    """

    name: ClassVar[str] = "llm-filter"

    def __init__(self, keep: Callable[[str, Sequence[str]], Sequence[int]]) -> None:
        self._keep = keep

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits that the model keeps."""
        if not hits:
            return []
        reply = self._keep(query, [hit.text for hit in hits])
        if not _is_choice(reply, len(hits)):
            warnings.warn(
                f"The filter was given {len(hits)} texts and replied {reply!r:.200}; expected "
                "different places among them, counted from 0. All hits were kept.",
                stacklevel=2,
            )
            reply = range(len(hits))
        return sorted((hits[place] for place in sorted(reply)), key=lambda hit: -hit.score)


def _is_choice(reply: object, size: int) -> bool:
    if not isinstance(reply, (list, tuple)):
        return False
    whole = all(isinstance(place, int) and not isinstance(place, bool) for place in reply)
    return whole and len(set(reply)) == len(reply) and all(0 <= place < size for place in reply)


def relevances(hits: Sequence[Hit]) -> list[float]:
    """ln score, scaled to 0..1: scores fall exponentially, so most of them lie near the lowest."""
    return min_max([math.log(max(hit.score, _LEAST_SCORE)) for hit in hits])


def min_max(values: Sequence[float]) -> list[float]:
    """Scaled to 0..1; all 1 where they are alike."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [(value - low) / (high - low) if high > low else 1.0 for value in values]


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the words of both that are in each; 0 for two texts without words."""
    both = one | other
    return len(one & other) / len(both) if both else 0.0


def best_first(values: Sequence[float]) -> list[int]:
    """Places by falling value, ties as they were."""
    return sorted(range(len(values)), key=lambda place: -values[place])


def in_order(
    hits: Sequence[Hit], order: Sequence[int], name: str, values: Sequence[float]
) -> list[Hit]:
    """The hits in that order, each with the score of its new rank, and `values` in `why`.

    Scores stay on the retriever's scale: the best hit has the best of the scores given.
    """
    scores = sorted((hit.score for hit in hits), reverse=True)
    return [
        replace(hits[place], score=score, why={**hits[place].why, name: round(values[place], 4)})
        for place, score in zip(order, scores, strict=True)
    ]
