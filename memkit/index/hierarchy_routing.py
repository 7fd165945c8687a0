"""Down a tree with one query: which nodes are compared, which are followed, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from memkit.index.hierarchy_levels import Level
from memkit.index.hierarchy_tree import Tree
from memkit.types import Floats, Ints, Mask

_AT_ONCE: Final = 1024


@dataclass(frozen=True, slots=True)
class Beam:
    """How far a search goes.

    The best domains are followed to at most `topics` topics, the best of these to at most
    `episodes` episodes, and the best of these to at most `turns` turns; always at least one node of
    each level. Where the best turn found is not at least `margin` better, as cosine, than the best
    to be expected beneath a node that was left, all three are doubled, once.
    """

    topics: int = 1000
    episodes: int = 2000
    turns: int = 600
    margin: float = 0.1

    def widened(self) -> Beam:
        """Twice as wide."""
        return Beam(2 * self.topics, 2 * self.episodes, 2 * self.turns, self.margin)


@dataclass(frozen=True, slots=True)
class Effort:
    """How many vectors were compared with a query's, by level, where there are `size` records'.

    `turns` counts a record once, whether a beam led to it, a neighbour's window needed it, or the
    caller asked for it. Where all records were compared, nothing was `routed`.
    """

    size: int
    turns: int
    episodes: int = 0
    topics: int = 0
    domains: int = 0
    routed: bool = False
    widened: bool = False

    @property
    def compared(self) -> int:
        """Vectors of nodes and of records."""
        return self.domains + self.topics + self.episodes + self.turns

    def __str__(self) -> str:
        counts = f"compared {self.compared:,} of {self.size:,} vectors"
        if not self.routed:
            return counts
        levels = ("domains", "topics", "episodes", "turns")
        by_level = ", ".join(f"{getattr(self, level):,} {level}" for level in levels)
        return f"{counts}: {by_level}" + ("; beam widened" if self.widened else "")


@dataclass(frozen=True, slots=True)
class Reach:
    """What leads to a record that a mask allows.

    The number of such children of each domain and topic, int64; and which episodes hold such a
    record, or None for all.
    """

    domains: Ints
    topics: Ints
    episodes: Mask | None

    @classmethod
    def of(cls, tree: Tree, allowed: Mask | None) -> Reach:
        """That of a mask over records (bool [size]), or of all records."""
        episodes = None
        parents = tree.episodes.parents.values
        if allowed is not None:
            episodes = np.zeros(len(tree.episodes), np.bool_)
            covered = tree.episodes.of.values
            episodes[covered[allowed[: len(covered)]]] = True
            parents = parents[episodes]
        topics = np.bincount(parents, minlength=len(tree.topics))
        parents = tree.topics.parents.values[topics > 0]
        return cls(np.bincount(parents, minlength=len(tree.domains)), topics, episodes)


class Products:
    """Products of one vector with rows, each made when it is first asked for."""

    def __init__(self, vector: Floats, size: int, rows: Callable[[Ints], Floats]) -> None:
        """`rows` gives float32 [n, dim] for places (int64 [n]) below `size`."""
        self._vector, self._rows = vector, rows
        self._values = np.full(size, np.nan, np.float32)
        self.made = 0

    def at(self, places: Ints) -> Floats:
        """The products with these rows, which are all different; float32 [n]."""
        missing = places[np.isnan(self._values[places])]
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            # einsum, not BLAS: equal rows get equal products wherever they stand
            self._values[part] = np.einsum("ij,j->i", self._rows(part), self._vector)
        self.made += len(missing)
        values: Floats = self._values[places]
        return values


class Lens:
    """A tree as one query vector sees it; what was compared once is not compared again."""

    def __init__(self, vector: Floats, tree: Tree, rows: Floats) -> None:
        """`rows` are those of the records, float32 [n, dim]."""
        self.vector, self.tree = vector, tree
        self.routed = self.widened = False
        self.turns = Products(vector, len(rows), rows.__getitem__)
        episodes = tree.episodes.sums.values
        self._episodes = Products(vector, len(episodes), episodes.__getitem__)
        self._topics = _products_of(tree.topics, vector)
        self._domains = _products_of(tree.domains, vector)

    def effort(self, size: int) -> Effort:
        """What was compared so far, of the vectors of `size` records."""
        return Effort(
            size, self.turns.made, self._episodes.made, self._topics.made, self._domains.made,
            self.routed, self.widened,
        )  # fmt: skip

    def follow(self, beam: Beam, reach: Reach) -> tuple[Ints, float]:
        """Ordinals of the records that a beam leads to, and the best hope of what it left.

        Records that the mask behind `reach` does not allow may be among them.
        """
        self.routed = True
        tree, nodes = self.tree, np.flatnonzero(reach.domains)
        hopes = self._of_level(self._domains, tree.domains, nodes)
        chosen, left = _best(hopes, reach.domains[nodes], beam.topics)
        nodes = _children(tree.domains, nodes[chosen])
        nodes = nodes[reach.topics[nodes] > 0]
        hopes = self._of_level(self._topics, tree.topics, nodes)
        chosen, beyond = _best(hopes, reach.topics[nodes], beam.episodes)
        episodes = _children(tree.topics, nodes[chosen])
        if reach.episodes is not None:
            episodes = episodes[reach.episodes[episodes]]
        opened, last = self._open(episodes, beam.turns)
        return opened, max(left, beyond, last)

    def _open(self, episodes: Ints, turns: int) -> tuple[Ints, float]:
        """The records of single ones, and of the best of the longer ones."""
        every = self.tree.episodes
        slots = every.slots.values[episodes]
        single, longer = episodes[slots < 0], episodes[slots >= 0]
        slots, counts = slots[slots >= 0], every.counts.values[longer]
        hopes = self._hopes(self._episodes.at(slots), every.lengths.values[slots], counts)
        chosen, left = _best(hopes, counts, turns)
        found = [every.first.values[single], every.records_of(longer[chosen])]
        return np.concatenate(found), left

    def _of_level(self, products: Products, level: Level, nodes: Ints) -> Floats:
        lengths, counts = level.lengths.values[nodes], level.counts.values[nodes]
        return self._hopes(products.at(nodes), lengths, counts)

    def _hopes(self, products: Floats, lengths: Floats, counts: Ints) -> Floats:
        """The best cosine to be expected beneath nodes: see `HierarchyIndex`."""
        spread = np.maximum(1.0 - (lengths / counts) ** 2, 0.0) / len(self.vector)
        hopes = products / counts + np.sqrt(2.0 * np.log(counts) * spread)
        return hopes.astype(np.float32)


def _products_of(level: Level, vector: Floats) -> Products:
    return Products(vector, len(level), level.sums.values.__getitem__)


def _children(level: Level, nodes: Ints) -> Ints:
    lists = [level.children[node] for node in nodes.tolist()]
    return np.concatenate(lists) if lists else nodes


def _best(hopes: Floats, sizes: Ints, most: int) -> tuple[Ints, float]:
    """Places of the best, one at least, while their sizes sum to `most`; and the best hope left."""
    order = np.argsort(-hopes, kind="stable")
    count = max(int(np.searchsorted(np.cumsum(sizes[order]), most, "right")), 1)
    left = float(hopes[order[count]]) if count < len(order) else -np.inf
    return order[:count], left
