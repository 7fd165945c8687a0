"""Exact vector search: the default up to 100,000 records, and the oracle for the others."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from memkit.contracts import ChangeSet, Indexer, Query, Scored
from memkit.index.arrays import Growing, best
from memkit.types import Floats, Ints, Mask

_BLOCK = 1024
# Larger products make OpenBLAS hand work to threads, which costs 8 ms on small machines.
_NO_LENGTH = 1e-5


class ExactIndex(Indexer):
    """Cosine of the query with every record, by matrix product in blocks.

    The *window* of a record is the sum of its vector and its neighbours' in the session; its
    cosine follows from the records' own products and a stored norm, without another matrix.
    """

    name: ClassVar[str] = "vector"
    views: ClassVar[tuple[str, ...]] = ("turn", "window")

    _rows: Growing | None
    _holes: bool
    _products: tuple[Floats, Floats] | None  # the last query vector, and its products

    def __init__(self) -> None:
        self._start_over()

    def apply(self, change: ChangeSet) -> None:
        """Take in one change set; without vectors the records stay unknown to this index."""
        if change.reset:
            self._start_over()
        if change.vectors is None:
            return
        if self._rows is None:
            self._rows = Growing(np.float32, change.vectors.shape[1])
        self._rows.extend(change.vectors)
        self._products = None
        self._previous.extend(change.previous)
        self._following.extend(np.full(change.count, -1))
        self._norms.extend(np.zeros(change.count))
        known = change.vectors.any(axis=1)
        self._known.extend(known)
        self._holes = self._holes or not bool(known.all())
        own = np.arange(change.start, change.start + change.count)
        has = change.previous >= 0
        before, after = change.previous[has], own[has]
        self._following.values[before] = after
        self._update_norms(np.union1d(own, before))

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        """The nearest records; scores are cosines."""
        if query.vector is None or self._rows is None:
            return Scored(np.zeros(0, np.int64), np.zeros(0, np.float32))
        products = self._multiply(query.vector)
        if view == "window":
            products = self._summed(products) / self._norms.values
        return best(products, limit, self._searchable(view, allowed))

    def vectors(self, ordinals: Ints) -> Floats | None:
        """The unit vectors of those records; a row of zeros for one that has none."""
        if self._rows is None:
            return None
        rows: Floats = self._rows.values[ordinals]
        return rows

    def _searchable(self, view: str, allowed: Mask | None) -> Mask | None:
        """The allowed records that have a vector, or in a window a neighbour that has one."""
        if not self._holes:
            return allowed
        known = self._norms.values > _NO_LENGTH if view == "window" else self._known.values
        return known if allowed is None else known & allowed

    def _start_over(self) -> None:
        self._rows = None
        self._previous = Growing(np.intp)
        self._following = Growing(np.intp)
        self._norms = Growing(np.float32)
        self._known = Growing(np.bool_)
        self._holes = False
        self._products = None

    def _multiply(self, vector: Floats) -> Floats:
        if self._products is not None and self._products[0] is vector:
            return self._products[1]
        assert self._rows is not None
        rows = self._rows.values
        products = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), _BLOCK):
            np.dot(rows[start : start + _BLOCK], vector, out=products[start : start + _BLOCK])
        self._products = (vector, products)
        return products

    def _summed(self, values: Floats) -> Floats:
        padded = np.append(values, np.float32(0.0))  # where a neighbour's place, -1, points to
        summed: Floats = values + padded[self._previous.values]
        summed += padded[self._following.values]
        return summed

    def _update_norms(self, ordinals: np.ndarray) -> None:
        assert self._rows is not None
        rows = self._rows.values
        for start in range(0, len(ordinals), 4 * _BLOCK):
            part = ordinals[start : start + 4 * _BLOCK]
            summed = rows[part].copy()
            for neighbours in (self._previous.values, self._following.values):
                places = neighbours[part]
                inside = places >= 0
                summed[inside] += rows[places[inside]]
            squared = np.einsum("ij,ij->i", summed, summed)
            self._norms.values[part] = np.sqrt(np.maximum(squared, 1e-12))
