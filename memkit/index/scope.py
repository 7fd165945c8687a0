"""One scope in memory, kept in step with the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from memkit.index.layer import IndexerFactory, Names, RecordLayer
from memkit.index.space import Space, fit_size
from memkit.storage.ledger import ScopeState
from memkit.storage.rows import Rows
from memkit.types import Ints


class ScopeIndex:
    """Everything in memory of one scope; brought up to date inside a read transaction.

    Not safe for threads: the caller holds `mutex` from `refresh` to the end of the query.
    """

    def __init__(
        self, factories: Sequence[IndexerFactory], make_space: Callable[[], Space | None]
    ) -> None:
        self._factories = factories
        self._make_space = make_space
        self._epoch = self._revision = -1
        self._last = 0
        self._start_over()

    @property
    def size(self) -> int:
        """The number of records held."""
        return len(self.turns.records) + len(self.memories.records)

    def refresh(self, rows: Rows, state: ScopeState, space_number: int) -> None:
        """Take in what was committed since the last call, by whichever process."""
        if state.epoch != self._epoch:
            self._start_over()
            self._epoch = state.epoch
        if state.last != self._last:
            for layer, is_turns in ((self.turns, True), (self.memories, False)):
                self._take_in(rows, state.scope, space_number, layer, turns=is_turns)
            self._load_sources(rows)
        if state.last != self._last or state.revision != self._revision:
            self._load_archived(rows, state.scope)
        self._last, self._revision = state.last, state.revision

    def query_vector(self, text: str) -> Any:
        """The unit vector of a query, or None without vectors or before the first record."""
        if self.space is None or not self.space.fitted:
            return None
        vector = self.space.query(text)
        return vector if vector.any() else None

    def sources_of(self, memory: int) -> Ints:
        """Ordinals of the turns a memory rests on."""
        return self._sources[memory]

    def _start_over(self) -> None:
        self.turns = RecordLayer(self._factories)
        self.memories = RecordLayer(self._factories)
        self.speakers, self.roles = Names(), Names()
        self.space = self._make_space()
        self._sources: list[Ints] = []
        self._epoch = self._revision = -1
        self._last = 0

    def _take_in(
        self, rows: Rows, scope: int, space_number: int, layer: RecordLayer, *, turns: bool
    ) -> None:
        known = layer.records.values
        after = int(known[-1]) if len(known) else 0
        fresh = list(rows.records.columns(scope, after, space_number, turns=turns))
        if not fresh:
            return
        start = layer.append(fresh, (self.speakers, self.roles))
        if turns and self.space is not None and self._outgrown(len(layer.records)):
            self._refit(rows, scope, space_number, fresh if start == 0 else None)
        else:
            layer.index(start, fresh, self.space, reset=start == 0)

    def _outgrown(self, records: int) -> bool:
        assert self.space is not None
        return fit_size(records) != self.space.fitted

    def _refit(
        self, rows: Rows, scope: int, space_number: int, turns: list[tuple[Any, ...]] | None
    ) -> None:
        """Fit the space again, and index every record of both layers from the beginning.

        `turns` are the rows of all turns, where they are at hand.
        """
        assert self.space is not None
        every = turns or self._every_row(rows, scope, space_number, self.turns, turns=True)
        vectors = self.space.fit([row[7] for row in every], fit_size(len(every)))
        self.turns.index(0, every, self.space, reset=True, vectors=vectors)
        if len(self.memories.records):
            every = self._every_row(rows, scope, space_number, self.memories, turns=False)
            self.memories.index(0, every, self.space, reset=True)

    @staticmethod
    def _every_row(
        rows: Rows, scope: int, space_number: int, layer: RecordLayer, *, turns: bool
    ) -> list[tuple[Any, ...]]:
        newest = int(layer.records.values[-1])
        return list(rows.records.columns(scope, 0, space_number, turns=turns, upto=newest))

    def _load_sources(self, rows: Rows) -> None:
        fresh = self.memories.records.values[len(self._sources) :].tolist()
        found = rows.records.sources(fresh)
        for memory in fresh:
            turns = sorted({turn for turn, _ in found.get(memory, [])})
            ordinals = self.turns.ordinals(np.array(turns, np.int64))
            self._sources.append(ordinals[ordinals >= 0])

    def _load_archived(self, rows: Rows, scope: int) -> None:
        pairs = np.array(rows.records.archived(scope), np.int64).reshape(-1, 2)
        for layer in (self.turns, self.memories):
            inside = layer.ordinals(pairs[:, 0]) >= 0
            layer.archived = (pairs[inside, 0], pairs[inside, 1])
