"""Vector search by default: exact in small scopes, by sign codes and exact products in large."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from memkit.contracts import ChangeSet, Query, Scored
from memkit.index.arrays import Growing, best, distinct
from memkit.index.exact import BLOCK, ExactIndex
from memkit.types import Floats, Ints, Mask

COMPONENTS: Final = 1 << 23
"""Up to this many numbers (32,768 records of 256) a scan takes less than two milliseconds."""
_LEAST_DIM: Final = 128
"""Shorter codes tell too little apart, and shorter rows are quick to scan."""
SHORTLIST: Final = 4096
"""Records that codes choose. Of 1,000,000 records they hold 98 in 100 of the nearest ten."""
_SAMPLE: Final = 1 << 16
_CODES_AT_ONCE: Final = 1 << 16
"""What is worked out of so many codes at a time stays in the processor's cache."""
_FULL: Final = np.float32(32767.0)

Codes = npt.NDArray[np.uint64]
Estimates = npt.NDArray[np.int16]


class VectorIndex(ExactIndex):
    """Cosines like `ExactIndex`, from a shortlist once a scope has more than 2**23 components.

    A record's code holds one bit for each component's sign. The number of bits in which two codes
    differ grows with the angle between the vectors (Charikar 2002, section 3), and counting them
    takes a thirtieth of the memory traffic of a product. The records of the nearest codes are then
    compared by their products. For windows the estimates of the three records are summed.

    Rows of a large scope are kept as 16-bit fixed point numbers: half the memory, and an error of
    2**-16 at most in each component.
    """

    name: ClassVar[str] = "vector"

    _codes: list[Growing] | None
    _near: tuple[Floats, Estimates] | None  # the last query vector, and its estimates
    _first: tuple[Estimates, int, Ints] | None  # the nearest of all, by these, and how many

    def __init__(self, components: int = COMPONENTS, shortlist: int = SHORTLIST) -> None:
        """Scopes of more `components` than that are searched through a `shortlist` of records."""
        self._components = components
        self._shortlist = shortlist
        super().__init__()

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        """The nearest records; scores are cosines."""
        if self._codes is None or query.vector is None:
            return super().search(query, limit, view=view, allowed=allowed)
        count = max(self._shortlist, 4 * limit)
        near = self._estimates(query.vector)
        if view == "window":
            chosen = self._windows(near, count, allowed)
        else:
            chosen = self._nearest(near, count, self._searchable(view, allowed))
        scores = self._products_of(query.vector, chosen)
        if view == "window":
            for neighbours in (self._neighbours.previous, self._neighbours.following):
                places = neighbours[chosen]
                inside = places >= 0
                scores[inside] += self._products_of(query.vector, places[inside])
            scores /= self._norms.values[chosen]
        found = best(scores, limit)
        return Scored(chosen[found.ordinals], found.scores)

    def _windows(self, near: Estimates, count: int, allowed: Mask | None) -> Ints:
        """Records whose windows are to be compared: half as many, since each takes three rows."""
        searchable = self._searchable("window", allowed)
        if allowed is not None:
            estimates = self._summed(near[:-1]) / self._norms.values
            return _highest(estimates, count // 2, searchable)
        first = self._nearest(near, count, None)
        sides = (self._neighbours.previous, self._neighbours.following)
        within = distinct([first, *(side.take(first) for side in sides)])
        within = within[np.searchsorted(within, 0) :]
        if searchable is not None:
            within = within[searchable[within]]
        summed = near.take(within).astype(np.float32)
        for side in sides:
            summed += near.take(side.take(within))
        return within[_highest(summed / self._norms.values[within], count // 2, None)]

    def _nearest(self, near: Estimates, count: int, allowed: Mask | None) -> Ints:
        """Places of the nearest codes; windows begin with those of all that turns end with."""
        if allowed is not None:
            return _highest(near[:-1], count, allowed)
        if self._first is None or self._first[0] is not near or self._first[1] != count:
            self._first = (near, count, _highest(near[:-1], count, None))
        return self._first[2]

    def state(self) -> Mapping[str, npt.NDArray[Any]]:
        """Those of `ExactIndex`, and the codes."""
        codes = {} if self._codes is None else {"codes": self._coded()}
        return {**super().state(), **codes}

    def restore(self, state: Mapping[str, npt.NDArray[Any]]) -> None:
        """See `Indexer.restore`."""
        super().restore({name: column for name, column in state.items() if name != "codes"})
        if ("codes" in state) != self._outgrown():
            raise ValueError("the state is of an index with another bound")
        if "codes" in state:
            self._codes = [Growing.of(column) for column in state["codes"]]

    def apply(self, change: ChangeSet) -> None:
        """Take in one change set; without vectors the records stay unknown to this index."""
        super().apply(change)
        if self._codes is None and self._outgrown():
            assert self._rows is not None
            rows: Floats = self._rows.values
            self._codes = [Growing(np.uint64) for _ in range(-(-rows.shape[1] // 64))]
            self._rows = Growing(np.int16, rows.shape[1])
            self._append(rows)
            self._update_norms(np.arange(len(rows)))  # of the rows as they are kept from now on

    def _start_over(self) -> None:
        super()._start_over()
        self._codes = None
        self._near = self._first = None

    def _outgrown(self) -> bool:
        if self._rows is None:
            return False
        size, dim = self._rows.values.shape
        return bool(dim >= _LEAST_DIM and size * dim > self._components)

    def _append(self, vectors: Floats) -> None:
        if self._codes is None:
            super()._append(vectors)
            return
        assert self._rows is not None
        self._near = None
        for start in range(0, len(vectors), BLOCK):
            part = vectors[start : start + BLOCK]
            self._rows.extend(np.rint(part * _FULL).astype(np.int16))
            for column, codes in zip(self._codes, _codes(part), strict=True):
                column.extend(codes)

    def _taken(self, ordinals: Ints) -> Floats:
        rows = super()._taken(ordinals)
        return rows if self._codes is None else rows.astype(np.float32) / _FULL

    def _coded(self) -> Codes:
        assert self._codes is not None
        return np.stack([column.values for column in self._codes])

    def _estimates(self, vector: Floats) -> Estimates:
        """How many more bits agree than differ, for each record; int16 [n + 1].

        The last is 0, for the neighbours that are none, -1.
        """
        if self._near is not None and self._near[0] is vector:
            return self._near[1]
        assert self._codes is not None
        size, query = len(self._norms), _codes(vector[None, :])[:, 0]
        near, unlike = np.zeros(size + 1, np.int16), np.empty(_CODES_AT_ONCE, np.uint64)
        columns = [column.values for column in self._codes]
        for start in range(0, size, _CODES_AT_ONCE):
            part = near[start : min(start + _CODES_AT_ONCE, size)]
            for column, code in zip(columns, query, strict=True):
                codes = column[start : start + _CODES_AT_ONCE]
                part += np.bitwise_count(np.bitwise_xor(codes, code, out=unlike[: len(part)]))
            part *= -2
            part += len(vector)
        self._near = (vector, near)
        return near

    def _products_of(self, vector: Floats, ordinals: Ints) -> Floats:
        products, scaled = np.empty(len(ordinals), np.float32), vector / _FULL
        for start in range(0, len(ordinals), BLOCK):
            rows = super()._taken(ordinals[start : start + BLOCK])
            np.dot(rows.astype(np.float32), scaled, out=products[start : start + BLOCK])
        return products


def _highest(values: Estimates | Floats, count: int, allowed: Mask | None) -> Ints:
    """Places of about `count` of the highest allowed values, ascending."""
    among = None if allowed is None else np.flatnonzero(allowed)
    values = values if among is None else values[among]
    if len(values) > count:
        sample = values[:: max(1, len(values) // _SAMPLE)]
        beyond = max(len(sample) - 1 - count * len(sample) // len(values), 0)
        places = np.flatnonzero(values >= np.partition(sample, beyond)[beyond])
    else:
        places = np.arange(len(values))
    return places if among is None else among[places]


def _codes(rows: Floats) -> Codes:
    """The signs of rows [n, dim] as bits, uint64 [ceil(dim / 64), n]."""
    packed = np.packbits(rows > 0, axis=1)
    padded = np.zeros((len(rows), -(-rows.shape[1] // 64) * 8), np.uint8)
    padded[:, : packed.shape[1]] = packed
    return np.ascontiguousarray(padded.view(np.uint64).T)
