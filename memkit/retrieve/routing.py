"""Ranking with vectors that are found layer by layer, with beam and rescue."""

from __future__ import annotations

import logging
from dataclasses import fields, replace
from typing import Any, ClassVar, Final, cast

import numpy as np

from memkit.contracts import Layer, Query, Ranking, Retriever, Scored, View
from memkit.index.hierarchy import Routed, RoutedQuery
from memkit.index.hierarchy_routing import Beam, Effort
from memkit.models import Stage
from memkit.retrieve.fused import FusedRetriever
from memkit.types import Floats, Ints

_log = logging.getLogger("memkit")

_LISTED: Final = ("turn", "window")
_NOT_ROUTED: Final = "not routed: the vector index is no HierarchyIndex"
_ADVICE: Final = (
    "Retriever %r ranks as its base does, because the vector index of this store is no "
    "HierarchyIndex. Open the store with indexers=[KeywordIndex, HierarchyIndex]."
)


class HierarchicalRetriever(Retriever):
    """A base retriever whose vector lists are found by routing: domain, topic, episode, turn.

    After H-MEM (arXiv 2507.22925), whose hard choices at each layer lose what lies in the wrong
    place. So there are two ways of rescue. Where the choice was close, `HierarchyIndex` widens its
    beam. And the first `rescue` turns and windows by words are compared by vector too, wherever
    they lie: words know nothing of the hierarchy.

    Over any other vector index this ranks as its base does, says so in the trace, and logs it once.
    """

    name: ClassVar[str] = "hierarchical"

    def __init__(
        self, base: Retriever | None = None, *, beam: Beam | None = None, rescue: int = 200
    ) -> None:
        """`beam` is None for the index's own; `rescue` is so many of each list, 0 for none."""
        self._base = base or FusedRetriever()
        self._beam = beam
        self._rescue = rescue
        self._warned = False

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The base's ranking of what routing and rescue found."""
        turns = RoutedLayer(view.turns, self._beam, self._rescue)
        memories = RoutedLayer(view.memories, self._beam, self._rescue)
        routed = cast(View, _RoutedView(view, turns, memories))
        ranking = self._base.retrieve(query, routed)
        if not (self._warned or (turns.routed and memories.routed)):
            self._warned = True
            _log.warning(_ADVICE, self.name)
        notes = [*turns.notes("vector"), *memories.notes("memory vector")]
        return replace(ranking, notes=(*ranking.notes, *notes))


class RoutedLayer:
    """A layer whose vector searches say how they are to be routed; all else is the layer's own."""

    def __init__(self, layer: Layer, beam: Beam | None, rescue: int) -> None:
        self._layer = layer
        self._beam = beam
        self._rescue = rescue
        self._found: dict[tuple[int, str, int, str], tuple[Query, Scored]] = {}
        self._efforts: dict[int, tuple[Floats, Effort | None]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._layer, name)

    def search(self, index: str, query: Query, limit: int, view: str = "turn") -> Scored:
        """The best allowed records by the index of that name; each list is made once."""
        key = (id(query), index, limit, view)  # the query is held with it, so its id stays its own
        if key not in self._found:
            vector = query.vector if index == "vector" else None
            routed = query if vector is None else self._routed(query)
            found = self._layer.search(index, routed, limit, view)
            self._found[key] = (query, found)
            if vector is not None:
                effort = found.effort if isinstance(found, Routed) else None
                self._efforts[id(vector)] = (vector, effort)
        return self._found[key][1]

    @property
    def routed(self) -> bool:
        """Whether the index that was searched by vector routes; true as well if none was."""
        return all(effort is not None for _, effort in self._efforts.values())

    def notes(self, name: str) -> list[Stage]:
        """What the vector searches compared, for each vector that was searched."""
        return [_stage(name, self._layer.size, effort) for _, effort in self._efforts.values()]

    def _routed(self, query: Query) -> RoutedQuery:
        given = {field.name: getattr(query, field.name) for field in fields(Query)}
        return RoutedQuery(**given, beam=self._beam, also=self._rescued(query))

    def _rescued(self, query: Query) -> Ints:
        """The best turns and windows by words, ascending."""
        if not self._rescue or "keyword" not in self._layer.indexes():
            return np.zeros(0, np.int64)
        views = [view for view in self._layer.views("keyword") if view in _LISTED]
        lists = [self.search("keyword", query, self._rescue, view).ordinals for view in views]
        return np.unique(np.concatenate(lists))


class _RoutedView:
    """A view of routed layers; all else is the view's own."""

    def __init__(self, view: View, turns: RoutedLayer, memories: RoutedLayer) -> None:
        self._view = view
        self.turns = turns
        self.memories = memories

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)


def _stage(name: str, size: int, effort: Effort | None) -> Stage:
    if effort is None:
        return Stage(name, size, size, _NOT_ROUTED)
    return Stage(name, effort.size, effort.turns, str(effort))
