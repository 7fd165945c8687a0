"""A graph of records: what stands together, shares a rare word, or is alike beyond the usual."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from memkit.contracts import ChangeSet, Edges, Indexer, Query, Scored
from memkit.index.arrays import Growing, best
from memkit.index.association_edges import Adjacency, Pairs
from memkit.index.association_vectors import SIMILAR, Rows
from memkit.index.association_words import (
    SHARED_TERM,
    Holders,
    all_holders,
    first_holders,
    most_holders,
    sharing,
)
from memkit.index.postings import Postings
from memkit.types import Floats, Ints, Mask, Terms

NEIGHBOUR: Final = 1
_KINDS: Final = {NEIGHBOUR: "neighbour", SHARED_TERM: "shared term", SIMILAR: "similar"}
_COMPARED: Final = 1 << 14
"""Up to this checkpoint all pairs are compared by vector; beyond, those that share a rare term."""
_SEEDS: Final = 50


class Edge(NamedTuple):
    """An edge to a record: why it is there (`neighbour`, `shared term`, `similar`), its weight."""

    ordinal: int
    kinds: tuple[str, ...]
    weight: float


class AssociationIndex(Indexer):
    """Edges between records, of three kinds; each record keeps its `degree` heaviest.

    *Neighbours* in a session (weight 1). Records that *share a term* which at most `rare` records
    and a twentieth of them hold (see `association_words.sharing`). Records whose cosine is above a
    bound that is fitted to the scope (their cosine): where the upper of two normal distributions
    becomes the likelier, after MemGAS (arXiv 2505.19549). Where two records are bound in several
    ways, the weights add up.

    Whenever the records become twice as many (1, 2, 4, 8...) all edges are made anew: rarity and
    bound are those of that moment. In between, a record is bound to those before it. So the edges
    depend on the records alone. Beyond 16,384 records only pairs that share a rare term are
    compared by vector.
    """

    name: ClassVar[str] = "association"
    views: ClassVar[tuple[str, ...]] = ("turn",)
    ranks: ClassVar[bool] = False

    _postings: Postings
    _lengths: Growing
    _previous: Growing
    _rows: Rows | None
    _adjacency: Adjacency
    _checkpoint: int
    _bound: float

    def __init__(self, *, degree: int = 16, rare: int = 30) -> None:
        """`degree` edges are kept per record: some 150 bytes at 16."""
        self._degree = degree
        self._rare = rare
        self._start_over()

    @property
    def bound(self) -> float:
        """The cosine from which records are bound as similar; infinity where none stands out."""
        return self._bound

    def apply(self, change: ChangeSet) -> None:
        """Take in one change set."""
        if change.reset:
            self._start_over()
        if not change.count:
            return
        self._append(change)
        size = len(self._previous)
        start, checkpoint = change.start, 1 << (size.bit_length() - 1)
        if checkpoint > self._checkpoint:
            self._refit(checkpoint)
            start = checkpoint
        if start < size:
            terms = change.term_ids[change.offsets[start - change.start] :]
            self._bind(start, size, first_holders(self._postings, terms, self._most))

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        """The records that match best, and those their edges lead to.

        A match is the cosine plus the share of the query's word weight that a record holds. Each
        of the best 50 matches, allowed or not, keeps its own and passes as much on, divided among
        its edges by weight. What has neither a vector nor a word of the query is left out.
        """
        shares = self._shares(query.term_ids)
        matches, known = shares.copy(), np.ones(len(shares), np.bool_)
        if query.vector is not None and self._rows is not None:
            matches += np.maximum(self._rows.cosines(query.vector), 0.0)
            known = self._rows.known() | (shares > 0)
        seeds = best(matches, _SEEDS, None, 0.0)
        reached = np.zeros(len(matches), np.float32)
        reached[seeds.ordinals] = seeds.scores
        edges = self.associated(seeds.ordinals)
        sums = np.bincount(edges.sources, weights=edges.weights, minlength=len(matches))
        passed = matches[edges.sources] * edges.weights / sums[edges.sources]
        np.add.at(reached, edges.targets, passed.astype(np.float32))
        return best(reached, limit, known if allowed is None else known & allowed, 0.0)

    def associated(self, ordinals: Ints) -> Edges:
        """The edges that these records keep, heaviest first for each."""
        return self._adjacency.edges(ordinals)[0]

    def edges(self, ordinal: int) -> list[Edge]:
        """The edges that one record keeps, heaviest first, with their kinds."""
        edges, kinds = self._adjacency.edges(np.array([ordinal]))
        return [
            Edge(target, tuple(name for bit, name in _KINDS.items() if kind & bit), weight)
            for target, kind, weight in zip(
                edges.targets.tolist(), kinds.tolist(), edges.weights.tolist(), strict=True
            )
        ]

    def state(self) -> Mapping[str, npt.NDArray[Any]]:
        """Postings, vectors and edges; the parameters, and what was fitted at the checkpoint."""
        return {
            **self._postings.state(),
            **({} if self._rows is None else {"rows": self._rows.values}),
            "lengths": self._lengths.values,
            "previous": self._previous.values,
            "targets": self._adjacency.targets.values,
            "weights": self._adjacency.weights.values,
            "kinds": self._adjacency.kinds.values,
            "fitted": np.array([self._degree, self._rare, self._checkpoint, self._bound]),
        }

    def restore(self, state: Mapping[str, npt.NDArray[Any]]) -> None:
        """See `Indexer.restore`."""
        degree, rare, checkpoint, bound = state["fitted"].tolist()
        if (degree, rare) != (self._degree, self._rare):
            raise ValueError(f"the state is of degree {degree:.0f} and rare {rare:.0f}")
        self._start_over()
        self._postings.restore(state)
        self._lengths, self._previous = Growing.of(state["lengths"]), Growing.of(state["previous"])
        self._rows = Rows(state["rows"]) if "rows" in state else None
        self._adjacency = Adjacency.of({each: state[each] for each in _EDGE_COLUMNS})
        self._checkpoint, self._bound = int(checkpoint), bound
        if len({len(state[each]) for each in (*_EDGE_COLUMNS, "lengths", "previous")}) != 1:
            raise ValueError("an association index's columns differ in length")

    def _start_over(self) -> None:
        self._postings = Postings()
        self._lengths, self._previous = Growing(np.int64), Growing(np.int64)
        self._rows = None
        self._adjacency = Adjacency(self._degree)
        self._checkpoint, self._bound = 0, math.inf

    def _append(self, change: ChangeSet) -> None:
        self._postings.add(change.start, change.term_ids, change.offsets)
        self._lengths.extend(np.diff(change.offsets))
        self._previous.extend(change.previous)
        self._adjacency.grow(change.count)
        if change.vectors is not None:
            if self._rows is None:
                self._rows = Rows.of_dim(change.vectors.shape[1])
            self._rows.extend(change.vectors)

    @property
    def _most(self) -> int:
        return most_holders(self._rare, self._checkpoint)

    def _refit(self, size: int) -> None:
        """Make all edges among the first `size` records anew."""
        self._checkpoint = size
        self._bound = math.inf if self._rows is None else self._rows.bound(size)
        self._adjacency.clear()
        self._bind(0, size, all_holders(self._postings.state(), size, self._most))

    def _bind(self, start: int, stop: int, holders: Holders) -> None:
        """Bind records of [start, stop) to those before them."""
        before = self._previous.values[start:stop]
        has = np.flatnonzero(before >= 0)
        shared = sharing(holders, start, self._lengths.values, self._checkpoint)
        pairs = [Pairs.of(start + has, before[has], np.ones(len(has)), NEIGHBOUR), shared]
        if self._rows is not None and self._checkpoint <= _COMPARED:
            pairs.append(self._rows.near_before(start, stop, self._bound, self._degree))
        elif self._rows is not None:
            pairs.append(self._rows.near_among(shared, self._bound, self._degree))
        self._adjacency.offer(Pairs.united(pairs))

    def _shares(self, terms: Terms) -> Floats:
        """The share of the terms' weight, by inverse document frequency, that each record holds."""
        size = len(self._previous)
        shares, total = np.zeros(size), 0.0
        for term in terms.tolist():
            held = self._postings.of(term)[0]
            weight = math.log1p((size - len(held) + 0.5) / (len(held) + 0.5))
            shares[held] += weight
            total += weight
        found: Floats = (shares / (total or 1.0)).astype(np.float32)
        return found


_EDGE_COLUMNS: Final = ("targets", "weights", "kinds")
