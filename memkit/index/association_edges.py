"""Weighted edges between records, of which each record keeps its strongest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.contracts import Edges
from memkit.index.arrays import Growing
from memkit.types import Ints, Mask

Numbers = npt.NDArray[np.float64]
Kinds = npt.NDArray[np.uint8]

_NOBODY: Final = -1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Edges in both directions as columns: both ends, a weight, and one bit for each kind."""

    ones: Ints
    others: Ints
    weights: Numbers
    kinds: Kinds

    @classmethod
    def of(cls, ones: Ints, others: Ints, weights: Numbers, kind: int) -> Pairs:
        """Edges of one kind."""
        return cls(ones, others, weights, np.full(len(ones), kind, np.uint8))

    @classmethod
    def united(cls, several: Sequence[Pairs]) -> Pairs:
        """All of them, one for each pair of records: weights are added, kinds joined."""
        kinds = np.concatenate([each.kinds for each in several])
        ones = np.concatenate([each.ones for each in several])
        others = np.concatenate([each.others for each in several])
        weights = np.concatenate([each.weights for each in several])
        order = np.lexsort((kinds, others, ones))
        ones, others = ones[order], others[order]
        firsts = first_of_groups(ones, others)
        if not len(firsts):
            return cls(ones, others, weights, kinds)
        return cls(
            ones[firsts], others[firsts], np.add.reduceat(weights[order], firsts),
            np.bitwise_or.reduceat(kinds[order], firsts),
        )  # fmt: skip

    def strongest(self, most: int) -> Pairs:
        """The `most` heaviest of each first end; of equal ones those to earlier records."""
        order = np.lexsort((self.others, -self.weights, self.ones))
        kept = order[ranks(self.ones[order]) < most]
        return Pairs(self.ones[kept], self.others[kept], self.weights[kept], self.kinds[kept])


class Adjacency:
    """For each record its `degree` heaviest edges; of equal ones those to earlier records."""

    def __init__(self, degree: int) -> None:
        self.targets = Growing(np.int32, degree)
        self.weights = Growing(np.float32, degree)
        self.kinds = Growing(np.uint8, degree)
        self._degree = degree

    @classmethod
    def of(cls, columns: dict[str, npt.NDArray[Any]]) -> Adjacency:
        """The edges in these columns: targets, weights, kinds, each [n, degree]."""
        made = cls(columns["targets"].shape[1])
        made.targets = Growing.of(columns["targets"])
        made.weights = Growing.of(columns["weights"])
        made.kinds = Growing.of(columns["kinds"])
        return made

    def grow(self, count: int) -> None:
        """Make room for so many more records."""
        self.targets.extend(np.full((count, self._degree), _NOBODY))
        self.weights.extend(np.zeros((count, self._degree)))
        self.kinds.extend(np.zeros((count, self._degree)))

    def clear(self) -> None:
        """Forget every edge."""
        self.targets.values[:] = _NOBODY

    def offer(self, pairs: Pairs) -> None:
        """Let both ends of each edge keep it if it is heavy enough; no pair is offered twice."""
        sources = np.concatenate([pairs.ones, pairs.others])
        offered = np.zeros(len(self.targets), np.bool_)
        offered[sources] = True
        owners = np.flatnonzero(offered)
        held = self.taken(owners)
        sources = np.concatenate([sources, np.repeat(owners, self._degree)[held]])
        targets = np.concatenate([pairs.others, pairs.ones, self._flat(self.targets, owners, held)])
        weights = np.concatenate(
            [pairs.weights.astype(np.float32)] * 2 + [self._flat(self.weights, owners, held)]
        )
        kinds = np.concatenate([pairs.kinds, pairs.kinds, self._flat(self.kinds, owners, held)])
        order = np.lexsort((targets, -weights, sources))
        rank = ranks(sources[order])
        kept, rank = order[rank < self._degree], rank[rank < self._degree]
        self.targets.values[owners] = _NOBODY
        self.targets.values[sources[kept], rank] = targets[kept]
        self.weights.values[sources[kept], rank] = weights[kept]
        self.kinds.values[sources[kept], rank] = kinds[kept]

    def edges(self, ordinals: Ints) -> tuple[Edges, Kinds]:
        """The edges kept by these records, heaviest first for each, and their kinds."""
        held = self.taken(ordinals)
        edges = Edges(
            np.repeat(ordinals, self._degree)[held].astype(np.int64),
            self._flat(self.targets, ordinals, held).astype(np.int64),
            self._flat(self.weights, ordinals, held),
        )
        return edges, self._flat(self.kinds, ordinals, held)

    def taken(self, ordinals: Ints) -> Mask:
        """Which of the places for these records' edges, one after another, hold one."""
        held: Mask = self.targets.values[ordinals].ravel() != _NOBODY
        return held

    @staticmethod
    def _flat(column: Growing, ordinals: Ints, held: Mask) -> npt.NDArray[Any]:
        values: npt.NDArray[Any] = column.values[ordinals].ravel()[held]
        return values


def first_of_groups(*columns: npt.NDArray[Any]) -> Ints:
    """Where another group begins in columns sorted together."""
    new = np.zeros(len(columns[0]), np.bool_)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def ranks(groups: Ints) -> Ints:
    """The place of each row in its group, from 0; `groups` is sorted."""
    firsts = first_of_groups(groups)
    lengths = np.diff(np.r_[firsts, len(groups)])
    found: Ints = np.arange(len(groups)) - np.repeat(firsts, lengths)
    return found
