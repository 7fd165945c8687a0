"""Completing the query's vector from the records nearest to it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, View
from memkit.retrieve.fused import FusedRetriever
from memkit.types import Floats

_SETTLED = 0.999


class AssociativeRetriever(Retriever):
    """A base retriever asked with a completed query vector.

    One step of a modern Hopfield network (Ramsauer et al. 2021, eq. 3) over the nearest records K:
    x' = K^T softmax(beta K x). The query moves a `share` of the way to it, q' = |(1 - m) q + m x'|,
    up to three times or until cos(q', q) > .999. Words are searched as they were asked.
    """

    name: ClassVar[str] = "associative"

    def __init__(
        self, base: Retriever | None = None, *, nearest: int = 50, beta: float = 30.0,
        share: float = 0.25, steps: int = 3,
    ) -> None:  # fmt: skip
        """A large `beta` completes to one record, a small one to the mean of the nearest."""
        self._base = base or FusedRetriever()
        self._nearest = nearest
        self._beta = beta
        self._share = np.float32(share)
        self._steps = steps

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The base's ranking of the completed query."""
        return self._base.retrieve(replace(query, vector=self._completed(query, view)), view)

    def _completed(self, query: Query, view: View) -> Floats | None:
        if query.vector is None or "vector" not in view.turns.indexes():
            return query.vector
        near = view.turns.search("vector", query, self._nearest).ordinals
        keys = view.turns.vectors(near)
        if keys is None or not len(near):
            return query.vector
        vector = query.vector
        for _ in range(self._steps):
            moved = (1 - self._share) * vector + self._share * recalled(vector, keys, self._beta)
            moved = (moved / max(float(np.linalg.norm(moved)), 1e-12)).astype(np.float32)
            settled = float(np.dot(moved, vector)) > _SETTLED
            vector = moved
            if settled:
                break
        return vector


def recalled(state: Floats, keys: Floats, beta: float) -> Floats:
    """K^T softmax(beta K x): the mean of the keys, weighted by how near each is to the state."""
    exponents = beta * np.einsum("ij,j->i", keys, state).astype(np.float64)
    shares = np.exp(exponents - exponents.max())
    mixed: Floats = np.einsum("i,ij->j", shares / shares.sum(), keys).astype(np.float32)
    return mixed
