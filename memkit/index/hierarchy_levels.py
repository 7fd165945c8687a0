"""Clusters of vectors, one level of a tree, and how a cluster is cut in two."""

from __future__ import annotations

from typing import Final

import numpy as np

from memkit.index.arrays import Growing
from memkit.types import Floats, Ints, Mask

_ROUNDS: Final = 10
_LEAST_SHARE: Final = 4
"""Neither half of a cluster that is cut in two holds less than a fourth of its members."""
_LEAST_LENGTH: Final = 1e-9


class Level:
    """Clusters of the nodes of the level below.

    By node: the sum of the vectors beneath it (float32 [n, dim]), that sum's length, the number of
    records, and the node's parent; and the numbers of its children, ascending.
    """

    def __init__(self, dim: int) -> None:
        self.sums = Growing(np.float32, dim)
        self.lengths = Growing(np.float32)
        self.counts = Growing(np.int64)
        self.parents = Growing(np.int64)
        self.children: list[Ints] = []

    def __len__(self) -> int:
        return len(self.children)

    def append(self, children: Ints, parent: int) -> int:
        """A new node, of which nothing is summed yet; its number."""
        self.sums.extend(np.zeros((1, self.sums.values.shape[1])))
        self.lengths.extend([0.0])
        self.counts.extend([0])
        self.parents.extend([parent])
        self.children.append(children)
        return len(self.children) - 1

    def adopt(self, children: Ints, nodes: Ints) -> None:
        """Put each of these new children of the level below, ascending, under its node."""
        for node in np.unique(nodes).tolist():
            joined = [self.children[node], children[nodes == node]]
            self.children[node] = np.concatenate(joined)

    def add(self, nodes: Ints, rows: Floats) -> None:
        """Count one record with its vector beneath each of the nodes."""
        order = np.argsort(nodes, kind="stable")
        changed, starts, counts = np.unique(nodes[order], return_index=True, return_counts=True)
        self.sums.values[changed] += np.add.reduceat(rows[order], starts)
        self.counts.values[changed] += counts
        self.measure(changed)

    def total(self, node: int, sums: Floats, counts: Ints) -> None:
        """Sum a node anew from its children's sums and counts, which are in their order."""
        self.sums.values[node] = sums.sum(axis=0)
        self.counts.values[node] = counts.sum()
        self.measure(np.array([node]))

    def measure(self, nodes: Ints) -> None:
        """Take the lengths of the nodes' sums."""
        self.lengths.values[nodes] = lengths(self.sums.values[nodes])

    def vectors(self, nodes: Ints) -> Floats:
        """The unit vectors of the nodes' means, float32 [n, dim]."""
        return _unit(self.sums.values[nodes], self.lengths.values[nodes])


def halve(level: Level, node: int, sums: Floats, counts: Ints, parents: Growing) -> int:
    """Cut a node in two; the number of the new one. `sums` are those of the node's children.

    `counts` and `parents` are those of the whole level below.
    """
    children, second = level.children[node], halves(sums)
    other = level.append(children[second], int(level.parents.values[node]))
    level.children[node] = children[~second]
    parents.values[children[second]] = other
    for half, members in ((node, ~second), (other, second)):
        level.total(half, sums[members], counts[children[members]])
    return other


def halves(vectors: Floats) -> Mask:
    """Which of at least two vectors go to the second half: spherical 2-means.

    As in Dhillon and Modha 2001, from fixed seeds: the vector farthest from the mean of all, and
    the one farthest from that. Longer vectors weigh more, as sums of more records do.
    """
    unit = _unit(vectors, lengths(vectors))
    seed = unit[np.argmin(unit @ vectors.sum(axis=0))]
    lean = unit @ (unit[np.argmin(unit @ seed)] - seed)
    second = _cut(lean)
    for _ in range(_ROUNDS):
        means = np.stack([vectors[~second].sum(axis=0), vectors[second].sum(axis=0)])
        means = _unit(means, lengths(means))
        moved = _cut(unit @ (means[1] - means[0]))
        if np.array_equal(moved, second):
            break
        second = moved
    return second


def _cut(lean: Floats) -> Mask:
    """Those that lean to the second side, or as many of them as leave each its least share."""
    least = max(1, len(lean) // _LEAST_SHARE)
    count = min(max(int(np.count_nonzero(lean > 0)), least), len(lean) - least)
    second = np.zeros(len(lean), np.bool_)
    second[np.argsort(-lean, kind="stable")[:count]] = True
    return second


def lengths(vectors: Floats) -> Floats:
    """The length of each row."""
    # einsum, not BLAS: a row's length must not depend on how many rows come with it
    found: Floats = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return found


def _unit(vectors: Floats, length: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(length, _LEAST_LENGTH).astype(np.float32)[:, None]
    return unit
