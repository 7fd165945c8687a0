"""One scope in memory, kept in step with the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.contracts import Indexer
from memkit.index.layer import IndexerFactory, Names, RecordLayer, as_array, from_array
from memkit.index.passing import Passing
from memkit.index.space import Space, fit_size
from memkit.storage.ledger import ScopeState
from memkit.storage.rows import Rows
from memkit.storage.standing import FORGOTTEN, REPLACED
from memkit.types import Ints

_ROWS_AT_ONCE: Final = 1 << 14
"""Rows of the file held at a time: a million of them would take a gigabyte."""


class ScopeIndex:
    """Everything in memory of one scope; brought up to date inside a read transaction.

    Not safe for threads: the caller holds `mutex` from `refresh` to the end of the query.
    """

    speakers: Names
    roles: Names
    space: Space | None
    turns: RecordLayer
    memories: RecordLayer
    passing: Passing

    epoch: int
    last: int
    _revision: int
    _saved: int
    _sources: list[Ints]

    def __init__(
        self, factories: Sequence[IndexerFactory], make_space: Callable[[], Space | None],
        whole: bool = False,
    ) -> None:  # fmt: skip
        """`whole` holds what has long been archived, too."""
        self._whole = whole
        self._factories = factories
        self._make_space = make_space
        self.start_over()

    @property
    def size(self) -> int:
        """The number of records held."""
        return len(self.turns.records) + len(self.memories.records)

    @property
    def is_new(self) -> bool:
        """Whether it has not been brought up to date yet, nor restored."""
        return self.epoch < 0

    @property
    def can_be_kept(self) -> bool:
        """Whether every index can hand over its state; one that few ask is not worth it."""
        return not self._whole and all(
            type(one).state is not Indexer.state for one in self.turns.indexers.values()
        )

    @property
    def unsaved(self) -> int:
        """How many records came since the last snapshot."""
        return self.size - self._saved

    def saved(self) -> None:
        """Note that a snapshot was written."""
        self._saved = self.size

    def refresh(self, rows: Rows, state: ScopeState, space_number: int) -> None:
        """Take in what was committed since the last call, by whichever process.

        A reader whose transaction began before that of an earlier caller finds the index ahead of
        it, and leaves it there: to go back would take in the same records twice.
        """
        if self._is_ahead_of(state):
            return
        if state.epoch != self.epoch:
            self.start_over()
            self.epoch = state.epoch
        told = self.memories.newest
        if state.last != self.last:
            self._fit(rows, state, space_number)
            for layer, is_turns in ((self.turns, True), (self.memories, False)):
                # After the last record seen, not the layer's newest: one without any would have
                # the whole scope looked through every time.
                fresh = rows.records.columns(
                    state.scope, self.last, space_number, turns=is_turns, dormant=self._whole
                )
                while part := list(islice(fresh, _ROWS_AT_ONCE)):
                    layer.take_in(part, (self.speakers, self.roles), self.space)
            self._load_sources(rows)
        if state.last != self.last or state.revision != self._revision:
            self._load_archived(rows, state.scope)
        if self.memories.newest != told or state.revision != self._revision:
            self._load_successors(rows, state.scope)
        self.last, self._revision = state.last, state.revision

    def _is_ahead_of(self, state: ScopeState) -> bool:
        """Whether it has seen a later state; each of the three numbers only ever rises."""
        return state.epoch < self.epoch or (
            state.epoch == self.epoch
            and (state.last < self.last or state.revision < self._revision)
        )

    def query_vector(self, text: str) -> Any:
        """The unit vector of a query, or None without vectors or before the first record."""
        if self.space is None or not self.space.fitted:
            return None
        vector = self.space.query(text)
        return vector if vector.any() else None

    def sources_of(self, memory: int) -> Ints:
        """Ordinals of the turns a memory rests on."""
        return self._sources[memory]

    def state(self) -> dict[str, npt.NDArray[Any]] | None:
        """All that `restore` needs, as arrays by name; None if an index keeps its own back."""
        layers = {"turns": self.turns.state(), "memories": self.memories.state()}
        arrays: dict[str, npt.NDArray[Any]] = {"at": np.array([self.epoch, self.last])}
        arrays["speakers"] = as_array(self.speakers.list)
        arrays["roles"] = as_array(self.roles.list)
        if self.space is not None:
            arrays |= {f"space/{name}": array for name, array in self.space.state().items()}
        for layer, state in layers.items():
            if state is None:
                return None
            arrays |= {f"{layer}/{name}": array for name, array in state.items()}
        return arrays

    def restore(self, rows: Rows, arrays: Mapping[str, npt.NDArray[Any]], last: int) -> None:
        """Be as the index was that gave this state; raises `ValueError` or `KeyError`.

        `last` is the newest record that the state holds. What was archived, and the like, is
        read from the file by `refresh`, which comes next.
        """
        self.start_over()
        if self.space is not None:
            self.space.restore(_below(arrays, "space/"))
        self.speakers = Names(from_array(arrays["speakers"]))
        self.roles = Names(from_array(arrays["roles"]))
        self.turns.restore(_below(arrays, "turns/"))
        self.memories.restore(_below(arrays, "memories/"))
        self.epoch, self.last = arrays["at"].tolist()
        if self.last != last:
            raise ValueError("the state is of another moment")
        self._load_sources(rows)
        self.saved()

    def start_over(self) -> None:
        """Hold nothing."""
        self.speakers, self.roles = Names(), Names()
        self.space = self._make_space()
        self.passing = Passing()
        self._empty_layers()
        self.epoch = self._revision = -1

    def _empty_layers(self) -> None:
        self.turns = RecordLayer(self._factories)
        self.memories = RecordLayer(self._factories)
        self._sources = []
        self.last = self._saved = 0

    def _fit(self, rows: Rows, state: ScopeState, space_number: int) -> None:
        """Fit the space again if the turns have outgrown it; every record is then taken in anew."""
        if self.space is None:
            return
        whole = self._whole
        fresh = rows.records.turns_after(state.scope, self.turns.newest, dormant=whole)
        size = fit_size(len(self.turns.records) + fresh)
        if size != self.space.fitted:
            first = rows.records.vector_data(state.scope, space_number, size, dormant=whole)
            self.space.fit(first, size)
            self._empty_layers()

    def _load_sources(self, rows: Rows) -> None:
        fresh = self.memories.records.values[len(self._sources) :].tolist()
        found = rows.records.sources(fresh)
        for memory in fresh:
            turns = sorted({turn for turn, _ in found.get(memory, [])})
            ordinals = self.turns.ordinals(np.array(turns, np.int64))
            self._sources.append(ordinals[ordinals >= 0])

    def _load_archived(self, rows: Rows, scope: int) -> None:
        gone = np.array(rows.standings.archived(scope, dormant=self._whole), np.int64)
        gone = gone.reshape(-1, 3)
        for layer in (self.turns, self.memories):
            inside = gone[layer.ordinals(gone[:, 0]) >= 0]
            layer.archived = (inside[:, 0], inside[:, 1])
            layer.barred = np.isin(inside[:, 2], (FORGOTTEN, REPLACED))

    def _load_successors(self, rows: Rows, scope: int) -> None:
        found = np.array(rows.facts.successors(scope), np.int64).reshape(-1, 3)
        self.turns.successors = (found[:, 0], found[:, 1], found[:, 2])


def _below(arrays: Mapping[str, npt.NDArray[Any]], head: str) -> dict[str, npt.NDArray[Any]]:
    return {name[len(head) :]: one for name, one in arrays.items() if name.startswith(head)}
