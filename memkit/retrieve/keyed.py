"""One form of memory by itself: turns found by the keys one chooses, and by no others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import ClassVar, Final

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, Scored, View
from memkit.errors import InvalidInput
from memkit.retrieve.adding import certainty
from memkit.retrieve.granular import on_turns
from memkit.retrieve.scaling import nothing, pooled, ranked, spread_over, z_scaled

KEYS: Final = ("turn", "window", "memory")
_POOL: Final = 200
_TEMPERATURE: Final = 5.0
"""A fused sum this much below the best has its score divided by e, as in the default."""


class KeyedRetriever(Retriever):
    """The plain sum of z-scaled lists over turns, three-turn windows or derived records.

    Derived records (`memory`) rank the turns that they rest on. With that key alone the answer is
    as good as what was extracted, which is how forms of memory are compared (Zeng et al. 2024,
    arXiv 2412.15266).
    """

    name: ClassVar[str] = "keyed"

    def __init__(self, keys: Collection[str] = KEYS) -> None:
        """`keys` are some of `turn`, `window` and `memory`."""
        unknown = sorted(set(keys) - set(KEYS))
        if unknown or not keys:
            raise InvalidInput(f"keys={sorted(keys)!r} must be some of {', '.join(KEYS)}.")
        self._keys = frozenset(keys)

    def retrieve(self, query: Query, view: View) -> Ranking:
        """Rank the turns that the chosen keys lead to."""
        lists = {name: found for name, found in self._lists(query, view) if len(found.ordinals)}
        if not lists:
            return nothing()
        pool = pooled(lists.values(), view.turns.size)
        signals = {
            name: z_scaled(spread_over(pool, found, _missing(name, found)))
            for name, found in lists.items()
        }
        total = np.sum(list(signals.values()), axis=0, dtype=np.float32)
        scores = np.float32(certainty(lists)) * np.exp((total - total.max()) / _TEMPERATURE)
        return ranked(pool, scores.astype(np.float32), signals)

    def _lists(self, query: Query, view: View) -> Iterator[tuple[str, Scored]]:
        for index in view.turns.indexes():
            for how in view.turns.views(index):
                if how in self._keys:
                    yield f"{index}.{how}", view.turns.search(index, query, _POOL, how)
        if "memory" in self._keys and view.memories.size:
            for index in view.memories.indexes():
                name = f"{index}.memory"
                yield name, on_turns(name, view.memories.search(index, query, _POOL), view)


def _missing(name: str, found: Scored) -> float | None:
    """Words that a short list does not find are not there; of vectors the last is the bound."""
    return 0.0 if name.startswith("keyword") and len(found.ordinals) < _POOL else None
