"""Vector search by routing: domains, then topics, then episodes, then turns.

After H-MEM (arXiv 2507.22925) without its model: nodes are clusters of vectors, not what a model
makes of the words, and a beam is widened where the choice was close.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from memkit.contracts import ChangeSet, Query, Scored
from memkit.index.arrays import best
from memkit.index.exact import ExactIndex
from memkit.index.hierarchy_routing import Beam, Effort, Lens, Reach
from memkit.index.hierarchy_tree import Arrays, Shape, Tree
from memkit.types import Floats, Ints, Mask

EXACT_BELOW: Final = 4096
"""Routing among fewer records would hardly compare fewer vectors."""
_CENTRES: Final = 200
"""Windows are looked for around so many of the best turns, or around as many as are asked for."""
_PREFIX: Final = "tree."
_NO_ORDINALS: Final[Ints] = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class RoutedQuery(Query):
    """A query that says how it is to be routed.

    `beam` is None for the index's own. The records `also` (ordinals, int64) are compared wherever
    they lie.
    """

    beam: Beam | None = None
    also: Ints = field(default_factory=_NO_ORDINALS.copy)


@dataclass(frozen=True, slots=True)
class Routed(Scored):
    """An answer, and what was compared for the query's vector so far."""

    effort: Effort


class HierarchyIndex(ExactIndex):
    """Cosines like `ExactIndex`, of records to which the best domains, topics and episodes lead.

    A node is scored by the best record to be expected beneath it: q.m + s sqrt(2 ln n), m being the
    mean of its n unit vectors and s^2 = (1 - |m|^2) / dim their variance along q were they spread
    evenly around it. The second term bounds the expected maximum of n normal numbers.

    Up to `exact_below` records, or where a mask leaves no more, all are compared: a scope of that
    size is searched exactly. An episode of one turn is that turn, and is compared once. A mask is
    heeded at every level: nodes without an allowed record beneath them are not there. Turns newer
    than the last full batch have no episode yet, and are always compared. Where all this finds
    fewer than are asked for, the beam is widened until it does not.

    The view `window` has the best turns found and their neighbours as its candidates. A record
    without vector is never answered with, not even for its neighbours' sake.
    """

    name: ClassVar[str] = "vector"

    _tree: Tree | None
    _lens: Lens | None
    _reach: Reach | None  # without a mask

    def __init__(
        self, *, shape: Shape | None = None, beam: Beam | None = None,
        exact_below: int = EXACT_BELOW,
    ) -> None:  # fmt: skip
        """The bounds of the tree, and how far a search goes that does not say so itself."""
        self._shape = shape or Shape()
        self._beam = beam or Beam()
        self._exact_below = exact_below
        super().__init__()

    def apply(self, change: ChangeSet) -> None:
        """Take in one change set; the next search that is routed places its records."""
        self._lens = self._reach = None
        super().apply(change)

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        """The nearest records found, as `Routed`; scores are cosines."""
        if query.vector is None or self._rows is None:
            return super().search(query, limit, view=view, allowed=allowed)
        searchable, holding = self._searchable("turn", allowed), int(self._known.values.sum())
        if len(self._known) <= self._exact_below:
            found = super().search(query, limit, view=view, allowed=searchable)
            return Routed(found.ordinals, found.scores, Effort(holding, holding))
        lens = self._lens_of(query.vector)
        opened = self._opened(lens, query, limit, searchable)
        scores = lens.turns.at(opened)
        if view == "window":
            opened, scores = self._windows(lens, opened, scores, max(limit, _CENTRES), searchable)
        found = best(scores, limit)
        return Routed(opened[found.ordinals], found.scores, lens.effort(holding))

    def state(self) -> Mapping[str, npt.NDArray[Any]]:
        """Those of `ExactIndex`, and the tree of a scope that is routed."""
        exact = super().state()
        if len(self._known) <= self._exact_below or self._rows is None:
            return exact
        tree = self._grown().state()
        return {**exact, **{_PREFIX + name: array for name, array in tree.items()}}

    def restore(self, state: Arrays) -> None:
        """See `Indexer.restore`."""
        tree = {name: array for name, array in state.items() if name.startswith(_PREFIX)}
        super().restore({name: state[name] for name in state if name not in tree})
        if not tree:
            return
        if self._rows is None or self._rows.values.ndim != 2:
            raise ValueError("a tree without rows")
        self._tree = Tree(self._rows.values.shape[1], self._shape)
        plain = {name.removeprefix(_PREFIX): array for name, array in tree.items()}
        self._tree.restore(plain, self._rows.values, self._known.values)

    def _start_over(self) -> None:
        super()._start_over()
        self._tree = self._lens = self._reach = None

    def _grown(self) -> Tree:
        """The tree, over every full batch of records."""
        assert self._rows is not None
        tree, self._tree = self._tree or Tree(self._rows.values.shape[1], self._shape), None
        tree.grow(self._rows.values, self._known.values, self._neighbours.previous)
        self._tree = tree  # one that was interrupted is not gone on with
        return tree

    def _lens_of(self, vector: Floats) -> Lens:
        assert self._rows is not None
        if self._lens is None or self._lens.vector is not vector:
            self._lens = Lens(vector, self._grown(), self._rows.values)
        return self._lens

    def _opened(self, lens: Lens, query: Query, limit: int, searchable: Mask | None) -> Ints:
        """Ordinals of the searchable records that are worth comparing, ascending."""
        left = len(self._known) if searchable is None else int(np.count_nonzero(searchable))
        if searchable is not None and left <= self._exact_below:
            return np.flatnonzero(searchable)
        beam, apart = self._beam, np.arange(lens.tree.covered, len(self._known))
        if isinstance(query, RoutedQuery):
            beam, apart = query.beam or beam, np.concatenate([apart, query.also])
        reach = self._reach_of(lens.tree, searchable)
        opened, beyond = self._followed(lens, beam, reach, apart, searchable)
        uncertain = beyond > float(lens.turns.at(opened).max(initial=-1.0)) - beam.margin
        while uncertain or len(opened) < min(limit, left):
            uncertain, lens.widened, beam = False, True, beam.widened()
            opened, _ = self._followed(lens, beam, reach, apart, searchable)
        return opened

    def _reach_of(self, tree: Tree, searchable: Mask | None) -> Reach:
        if searchable is not None:
            return Reach.of(tree, searchable)
        if self._reach is None:
            self._reach = Reach.of(tree, None)
        return self._reach

    @staticmethod
    def _followed(
        lens: Lens, beam: Beam, reach: Reach, apart: Ints, searchable: Mask | None
    ) -> tuple[Ints, float]:
        found, beyond = lens.follow(beam, reach)
        opened = np.unique(np.concatenate([found, apart]))
        return (opened if searchable is None else opened[searchable[opened]]), beyond

    def _windows(
        self, lens: Lens, opened: Ints, scores: Floats, most: int, searchable: Mask | None
    ) -> tuple[Ints, Floats]:
        """The windows of the best turns and of their neighbours, ascending, with their cosines."""
        columns = (self._neighbours.previous, self._neighbours.following)
        centres = opened[best(scores, most).ordinals]
        centres = np.unique(np.concatenate([centres, *(column[centres] for column in columns)]))
        centres = centres[centres >= 0]
        centres = centres if searchable is None else centres[searchable[centres]]
        windows = lens.turns.at(centres)
        for column in columns:
            beside = column[centres]
            windows[beside >= 0] += lens.turns.at(beside[beside >= 0])
        return centres, windows / self._norms.values[centres]
