"""Links between records that are each other's neighbours, closer than chance would have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar, Final

import numpy as np

from memkit.consolidate.likeness import nearest, vectors
from memkit.contracts import Consolidator, Embedder, Proposal
from memkit.index.association_mixture import fitted
from memkit.models import Link, Memory
from memkit.types import Floats, Ints

KIND: Final = "alike"
_LEFT_ALONE: Final = frozenset({"triple", "entity", "digest", "conflict", "topic"})
"""These say too little, or what others say."""
_AT_ONCE: Final = 200
"""Links of one change."""


class NeighbourConsolidator(Consolidator):
    """Links records that are each among the nearest of the other, beyond a bound.

    The bound is where the upper one of two normal distributions, fitted to the cosines of all
    mutual neighbours, becomes the likelier (after MemGAS, arXiv 2505.19549); where one
    distribution explains them as well there are no links. A link is of kind `alike`, from the older
    to the newer record; its weight is the cosine. Links that are there stay.
    """

    name: ClassVar[str] = "neighbours"
    version: ClassVar[int] = 1

    def __init__(self, *, embedder: Embedder | str = "default", among: int = 8) -> None:
        """Neighbours are those `among` so many of the nearest."""
        self._embedder = embedder
        self._among = among

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterator[Proposal]:
        """Links, a few hundred to a proposal; the store passes over those that are there."""
        given = [memory for memory in memories if memory.kind not in _LEFT_ALONE and memory.id]
        rows = vectors([memory.text for memory in given], self._embedder)
        if rows is None or len(given) < 2:
            return
        places, cosines = nearest(rows, self._among)
        mutual = _mutual(places, cosines)
        mixture = fitted(np.array([cosine for _, _, cosine in mutual], np.float64))
        bound = mixture.bound() if mixture is not None else None
        if bound is None:
            return
        links = [
            Link(str(given[one].id), str(given[other].id), KIND, round(cosine, 3))
            for one, other, cosine in mutual
            if cosine >= bound
        ]
        for start in range(0, len(links), _AT_ONCE):
            some = tuple(links[start : start + _AT_ONCE])
            yield Proposal(links=some, reason=f"{len(some)} neighbours above {bound:.2f}")


def _mutual(places: Ints, cosines: Floats) -> list[tuple[int, int, float]]:
    """(one, other, cosine) of the pairs that name each other, ascending."""
    named = {
        (one, other): float(cosine)
        for one, (others, values) in enumerate(zip(places.tolist(), cosines.tolist(), strict=True))
        for other, cosine in zip(others, values, strict=True)
    }
    return sorted(
        (one, other, cosine)
        for (one, other), cosine in named.items()
        if one < other and (other, one) in named
    )
