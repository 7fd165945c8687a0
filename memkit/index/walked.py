"""Vector search along a graph: when to walk, when to compare, and what to write down.

Shared by the indexes of every library that links rows; see `memkit.index.links` for the graph.
"""

from __future__ import annotations

import math
import threading
from abc import abstractmethod
from typing import ClassVar, Final

import numpy as np

from memkit.contracts import ChangeSet, Query, Scored
from memkit.index.arrays import best, distinct
from memkit.index.exact import ExactIndex
from memkit.index.links import Arrays, Links
from memkit.types import Floats, Ints, Mask

EXACT_BELOW: Final = 10_000
"""Comparing so many rows of 256 components takes as long as a walk that is `EF_SEARCH` wide."""
EF_SEARCH: Final = 200
WIDENING: Final = 0.35
"""A walk of one width finds less in a larger graph, so it widens with this power of the size."""
_DEPTH: Final = 4
"""The last of the records asked for is found as surely as the first when a walk is this much wider
than their number, and what neighbours say of windows reaches as deep."""
_SCATTERED: Final = 4
"""Rows from all over memory take this much longer to compare than rows that lie together."""
_AT_ONCE: Final = 1024
_PREFIX: Final = "graph."


class WalkedIndex(ExactIndex):
    """Cosines like `ExactIndex`, of records that a walk along a graph finds.

    Whatever a walk would be no quicker for is answered exactly, as in `ExactIndex`: small scopes,
    large limits, and masks that leave little; so is what a walk does not find enough for. A filter
    never loses a hit. Calls may come from several threads.

    The view `window` is approximate in one more way: its candidates are the records found for the
    view `turn` and their neighbours, so a window of three records none of which is near is missed.
    """

    name: ClassVar[str] = "vector"

    _graph: Links | None
    _walked: tuple[Floats, int, Ints] | None  # the last query vector, the width, what was found

    def __init__(self, *, ef_search: int = EF_SEARCH, exact_below: int = EXACT_BELOW) -> None:
        """A walk is `ef_search` wide at `exact_below` records, and wider among more."""
        self._ef_search, self._exact_below = ef_search, exact_below
        self._mutex = threading.Lock()
        super().__init__()

    @abstractmethod
    def _empty_graph(self) -> Links:
        """One for rows like those there are."""

    def apply(self, change: ChangeSet) -> None:
        """Take in one change set; the next walk links its records."""
        with self._mutex:
            self._walked = None
            super().apply(change)

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        """The nearest records; scores are cosines."""
        with self._mutex:
            if query.vector is None or self._rows is None:
                return super().search(query, limit, view=view, allowed=allowed)
            searchable = self._searchable(view, allowed)
            left = len(self._known) if searchable is None else int(np.count_nonzero(searchable))
            near = self._near(query.vector, limit, view, searchable, left)
            if near is None and searchable is not None and left * _SCATTERED < len(self._known):
                near = np.flatnonzero(searchable)
            if near is None:
                return super().search(query, limit, view=view, allowed=allowed)
            return self._nearest(query.vector, near, limit, view)

    def state(self) -> Arrays:
        """Those of `ExactIndex`, and the links of a scope that is walked, all of them made now.

        Without links where a graph taken up could not go on as if it had never been written down:
        it is then made anew.
        """
        with self._mutex:
            exact = super().state()
            if len(self._known) < self._exact_below or self._rows is None:
                return exact
            if not self._empty_graph().resumable():
                return exact
            links = self._linked().state()
            return {**exact, **{_PREFIX + name: array for name, array in links.items()}}

    def restore(self, state: Arrays) -> None:
        """See `Indexer.restore`."""
        links = {name: array for name, array in state.items() if name.startswith(_PREFIX)}
        with self._mutex:
            super().restore({name: state[name] for name in state if name not in links})
            if not links:
                return
            if self._rows is None or self._rows.values.ndim != 2:
                raise ValueError("a graph without rows")
            graph = self._empty_graph()
            if not graph.resumable():
                return
            reach = graph.reach(len(self._known))
            plain = {name.removeprefix(_PREFIX): array for name, array in links.items()}
            graph.restore(plain, np.flatnonzero(self._known.values[:reach]), self._rows_at)
            graph.covered = reach
            self._graph = graph

    def _start_over(self) -> None:
        super()._start_over()
        self._graph = None
        self._walked = None

    def _width(self, limit: int, left: int) -> int | None:
        """How wide to walk for `limit` of the `left` records; None where comparing all is quicker.

        The records left out lie in the way like any other, so a mask widens the walk.
        """
        if not limit or left < self._exact_below:
            return None
        size = len(self._known)
        usual = self._ef_search * (size / self._exact_below) ** WIDENING
        width = math.ceil(max(usual, _DEPTH * limit * size / left))
        return width if width * self._exact_below <= self._ef_search * left else None

    def _near(
        self, vector: Floats, limit: int, view: str, searchable: Mask | None, left: int
    ) -> Ints | None:
        """Ordinals of what is worth comparing, ascending; None where that is everything."""
        width = self._width(limit, left)
        if width is None:
            return None
        found = self._walk(vector, width)
        if view != "window":
            near = self._linked().spread(found, limit, searchable)
            return self._with_unlinked(near, view, searchable) if len(near) >= limit else None
        found = self._linked().spread(found, width, None)
        columns = (self._neighbours.previous, self._neighbours.following)
        found = distinct([found, *(column[found] for column in columns)])
        found = found[found >= 0]
        near = found if searchable is None else found[searchable[found]]
        # A mask that takes most of what is near leaves windows that are not.
        expected = len(found) * left / len(self._known)
        if len(near) < max(limit, expected / 2):
            return None
        return self._with_unlinked(near, view, searchable)

    def _with_unlinked(self, near: Ints, view: str, searchable: Mask | None) -> Ints:
        """These, and the records that no walk finds, since they are not linked yet; ascending."""
        rest = np.arange(self._linked().covered, len(self._known))
        if not len(rest):
            return near
        if view == "window":
            before = self._neighbours.previous[rest]
            rest = np.concatenate([before[before >= 0], rest])
        return distinct([near, rest if searchable is None else rest[searchable[rest]]])

    def _walk(self, vector: Floats, width: int) -> Ints:
        if self._walked is None or self._walked[0] is not vector or self._walked[1] != width:
            graph = self._linked()
            found = graph.walk(vector, width)
            if not graph.ordered:
                found = found[np.argsort(-self._products_at(vector, found), kind="stable")]
            self._walked = (vector, width, found)
        return self._walked[2]

    def _linked(self) -> Links:
        """The graph with every record in it that has a vector, as far as it reaches."""
        graph = self._empty_graph() if self._graph is None else self._graph
        if graph.covered < graph.reach(len(self._known)):
            self._graph = None  # one that was interrupted is not gone on with
            graph.cover(self._known.values, self._rows_at)
        self._graph = graph
        return graph

    def _rows_at(self, ordinals: Ints) -> Floats:
        rows = self.vectors(ordinals)
        assert rows is not None
        return rows

    def _nearest(self, vector: Floats, ordinals: Ints, limit: int, view: str) -> Scored:
        """The best of these records, which are in ascending order, by their cosines."""
        scores = self._products_at(vector, ordinals)
        if view == "window":
            for column in (self._neighbours.previous, self._neighbours.following):
                beside = column[ordinals]
                scores[beside >= 0] += self._products_at(vector, beside[beside >= 0])
            scores /= self._norms.values[ordinals]
        found = best(scores, limit)
        return Scored(ordinals[found.ordinals], found.scores)

    def _products_at(self, vector: Floats, ordinals: Ints) -> Floats:
        products = np.empty(len(ordinals), np.float32)
        for start in range(0, len(ordinals), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            # einsum, not BLAS: equal rows get equal products wherever they stand
            np.einsum("ij,j->i", self._rows_at(ordinals[part]), vector, out=products[part])
        return products
