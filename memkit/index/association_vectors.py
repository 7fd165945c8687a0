"""Which records are alike: vectors whose products are exact, so that edges never waver."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.index.arrays import Growing
from memkit.index.association_edges import Pairs
from memkit.index.association_mixture import fitted
from memkit.types import Floats, Ints, Mask

SIMILAR: Final = 4
"""The kind of these edges."""
_WHOLE: Final = np.float32(2048.0)
_SAMPLE: Final = 128
_BLOCK: Final = 256
_GATHERED: Final = 1 << 14


class Rows:
    """Unit vectors with components rounded to whole 2,048ths, as int16 [n, dim].

    Sums of products of such numbers stay below 2**24 and are exact in float32 in whatever order
    they are made. So two records are as alike in one change set as in another.
    """

    def __init__(self, rows: npt.NDArray[np.int16]) -> None:
        self._rows = Growing.of(rows)

    @classmethod
    def of_dim(cls, dim: int) -> Rows:
        """No rows."""
        return cls(np.zeros((0, dim), np.int16))

    @property
    def values(self) -> npt.NDArray[Any]:
        """The rows, int16."""
        return self._rows.values

    def known(self) -> Mask:
        """Which records have a vector."""
        return np.asarray(self.values.any(axis=1))

    def extend(self, vectors: Floats) -> None:
        """Append unit vectors, or zeros."""
        self._rows.extend(np.rint(vectors * _WHOLE))

    def cosines(self, vector: Floats) -> Floats:
        """With every record."""
        asked = np.rint(vector * _WHOLE)
        parts = [self._float(slice(at, at + _GATHERED)) @ asked for at in self._starts(_GATHERED)]
        products: Floats = np.concatenate([*parts, np.zeros(0, np.float32)])
        return products / _WHOLE**2

    def bound(self, size: int) -> float:
        """The cosine from which two of the first `size` records are alike beyond the usual.

        That of a mixture fitted to the cosines of all pairs among up to 128 of them, spread
        evenly; infinity where none stands out. Never below the least cosine above zero.
        """
        known = np.flatnonzero(self.values[:size].any(axis=1))
        places = np.linspace(0, max(len(known) - 1, 0), min(len(known), _SAMPLE))
        rows = self._float(known[places.astype(np.int64)])
        products = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
        mixture = fitted(products.astype(np.float64) / float(_WHOLE) ** 2)
        bound = mixture.bound() if mixture is not None else None
        return math.inf if bound is None else max(bound, float(_WHOLE) ** -2)

    def near_before(self, start: int, stop: int, bound: float, most: int) -> Pairs:
        """Each record of [start, stop) with the `most` nearest before it, all compared."""
        if math.isinf(bound):
            return _pairs()
        rows = self._float(slice(0, stop))
        found = [_pairs()]
        for first in range(start, stop, _BLOCK):
            last = min(first + _BLOCK, stop)
            products = rows[first:last] @ rows[:last].T
            near = products >= bound * _WHOLE**2
            near &= np.arange(last) < np.arange(first, last)[:, None]
            ones, others = np.nonzero(near)
            found.append(_pairs(ones + first, others, products[ones, others]).strongest(most))
        return Pairs.united(found)

    def near_among(self, candidates: Pairs, bound: float, most: int) -> Pairs:
        """Each record with the `most` nearest of the candidates paired with it."""
        if math.isinf(bound):
            return _pairs()
        products = np.zeros(len(candidates.ones), np.float32)
        for at in range(0, len(products), _GATHERED):
            part = slice(at, at + _GATHERED)
            ones, others = candidates.ones[part], candidates.others[part]
            products[part] = np.einsum("ij,ij->i", self._float(ones), self._float(others))
        near = np.flatnonzero(products >= bound * _WHOLE**2)
        return _pairs(candidates.ones[near], candidates.others[near], products[near]).strongest(
            most
        )

    def _starts(self, step: int) -> Iterator[int]:
        yield from range(0, len(self._rows), step)

    def _float(self, which: slice | Ints) -> Floats:
        rows: Floats = self.values[which].astype(np.float32)
        return rows


def _pairs(ones: Ints | None = None, others: Ints | None = None, products: Any = ()) -> Pairs:
    none = np.zeros(0, np.int64)
    cosines = np.asarray(products, np.float64) / float(_WHOLE) ** 2
    return Pairs.of(none if ones is None else ones, none if others is None else others, cosines,
                    SIMILAR)  # fmt: skip
