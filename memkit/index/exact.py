"""Exact vector search: the oracle for the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

import numpy as np
import numpy.typing as npt

from memkit.contracts import ChangeSet, Indexer, Query, Scored
from memkit.index.arrays import Growing, Neighbours, best
from memkit.types import Floats, Ints, Mask

Number = TypeVar("Number", np.float32, np.int16)
BLOCK = 1024
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
        self._append(change.vectors)
        self._products = None
        self._norms.extend(np.zeros(change.count))
        known = change.vectors.any(axis=1)
        self._known.extend(known)
        self._holes = self._holes or not bool(known.all())
        before, _ = self._neighbours.extend(change.start, change.previous)
        own = np.arange(change.start, change.start + change.count)
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
        return self._taken(ordinals)

    def state(self) -> Mapping[str, npt.NDArray[Any]]:
        """Rows, norms of windows, and who stands before whom."""
        rows = {} if self._rows is None else {"rows": self._rows.values}
        return {
            **rows,
            "norms": self._norms.values,
            "known": self._known.values,
            "previous": self._neighbours.previous,
        }

    def restore(self, state: Mapping[str, npt.NDArray[Any]]) -> None:
        """See `Indexer.restore`."""
        self._start_over()
        self._norms, self._known = Growing.of(state["norms"]), Growing.of(state["known"])
        self._neighbours = Neighbours.of(state["previous"])
        self._holes = not bool(self._known.values.all())
        if "rows" in state:
            self._rows = Growing.of(state["rows"])
        if len({len(column) for column in state.values()}) != 1:
            raise ValueError("a vector index's columns differ in length")

    def _append(self, vectors: Floats) -> None:
        if self._rows is None:
            self._rows = Growing(np.float32, vectors.shape[1])
        self._rows.extend(vectors)

    def _taken(self, ordinals: Ints) -> Floats:
        assert self._rows is not None
        rows: Floats = self._rows.values.take(ordinals, axis=0)
        return rows

    def _searchable(self, view: str, allowed: Mask | None) -> Mask | None:
        """The allowed records that have a vector, or in a window a neighbour that has one."""
        if not self._holes:
            return allowed
        known = self._norms.values > _NO_LENGTH if view == "window" else self._known.values
        return known if allowed is None else known & allowed

    def _start_over(self) -> None:
        self._rows = None
        self._neighbours = Neighbours()
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
        for start in range(0, len(rows), BLOCK):
            np.dot(rows[start : start + BLOCK], vector, out=products[start : start + BLOCK])
        self._products = (vector, products)
        return products

    def _summed(self, values: npt.NDArray[Number]) -> npt.NDArray[Number]:
        padded = np.append(values, values.dtype.type(0))  # where a neighbour's place, -1, points
        summed: npt.NDArray[Number] = values + padded.take(self._neighbours.previous)
        summed += padded.take(self._neighbours.following)
        return summed

    def _update_norms(self, ordinals: Ints) -> None:
        for start in range(0, len(ordinals), 4 * BLOCK):
            part = ordinals[start : start + 4 * BLOCK]
            summed = self._taken(part)
            for neighbours in (self._neighbours.previous, self._neighbours.following):
                places = neighbours[part]
                inside = places >= 0
                summed[inside] += self._taken(places[inside])
            squared = np.einsum("ij,ij->i", summed, summed)
            self._norms.values[part] = np.sqrt(np.maximum(squared, 1e-12))
