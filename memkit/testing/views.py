"""A scope in memory without a store: the view that the kit puts before retrievers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from memkit.contracts import Edges, Indexer, Layer, Query, Scored, SummaryT, Uses
from memkit.dates import to_micros
from memkit.index.association import AssociationIndex
from memkit.index.exact import ExactIndex
from memkit.index.keyword import KeywordIndex
from memkit.testing.samples import NOW
from memkit.testing.tables import Table
from memkit.text import term_ids
from memkit.types import Floats, Ints, Mask, Terms

_HOUR = 3_600_000_000


@dataclass(frozen=True)
class SampleLayer:
    """A table as a layer."""

    size: int
    sessions: Ints
    speakers: Ints
    roles: Ints
    when: Ints
    lengths: Ints
    previous: Ints
    following: Ints
    allowed: Mask
    indexers: Mapping[str, Indexer]
    rows: Sequence[Terms]

    @property
    def questions(self) -> Mask:
        """Every third record."""
        every_third: Mask = np.arange(self.size) % 3 == 0
        return every_third

    @property
    def uses(self) -> Uses:
        """Every record retrieved and shown, every fifth useful, every seventh useless."""
        places = np.arange(self.size, dtype=np.int64)
        useful, useless = places % 5 == 0, places % 7 == 0
        return Uses(places % 11, places % 4, useful.astype(np.int64), useless.astype(np.int64))

    def search(self, index: str, query: Query, limit: int, view: str = "turn") -> Scored:
        """The best allowed records by the index of that name."""
        return self.indexers[index].search(query, limit, view=view, allowed=self.allowed)

    def indexes(self) -> tuple[str, ...]:
        """The names of the indexes that rank."""
        return tuple(name for name, index in self.indexers.items() if index.ranks)

    def views(self, index: str) -> tuple[str, ...]:
        """The ways of looking that an index understands."""
        return self.indexers[index].views

    def holding(self, term_ids: Terms) -> Ints:
        """How many records hold each term."""
        counts = [sum(bool((row == term).any()) for row in self.rows) for term in term_ids]
        return np.array(counts, dtype=np.int64)

    def terms(self, ordinals: Ints) -> list[Terms]:
        """The index terms of each of those records in order."""
        return [self.rows[ordinal] for ordinal in ordinals.tolist()]

    def vectors(self, ordinals: Ints) -> Floats | None:
        """The unit vectors of those records."""
        return self.indexers[ExactIndex.name].vectors(ordinals)

    def associated(self, ordinals: Ints) -> Edges:
        """The edges from those records to allowed ones."""
        found = self.indexers[AssociationIndex.name].associated(ordinals)
        assert found is not None
        seen = self.allowed[found.targets]
        return Edges(found.sources[seen], found.targets[seen], found.weights[seen])

    def successors(self, ordinals: Ints) -> Edges:
        """Every ninth record has given way to the one four places on."""
        old = ordinals[(ordinals % 9 == 0) & (ordinals + 4 < self.size)]
        old = old[self.allowed[old + 4]]
        return Edges(old, old + 4, np.ones(len(old), np.float32))

    def summary(self, make: Callable[[Layer], SummaryT]) -> SummaryT:
        """What `make` makes of the columns."""
        return make(self)


@dataclass(frozen=True)
class SampleView:
    """Turns, and memories of which each rests on two of them."""

    turns: SampleLayer
    memories: SampleLayer
    speaker_names: Sequence[str] = ("", "Ana", "Rui", "word0 word1")
    role_names: Sequence[str] = ("", "user", "assistant")

    def sources(self, memory: int) -> Ints:
        """Ordinals of the turns that a memory rests on."""
        return np.unique([memory % self.turns.size, (memory * 3 + 1) % self.turns.size])


def layer(records: Table, allowed: Mask) -> SampleLayer:
    """A table with indexes over it; its columns cannot be written to."""
    indexers: dict[str, Indexer] = {}
    for index in (KeywordIndex(), ExactIndex(), AssociationIndex()):
        if records.size:
            index.apply(records.change(0, records.size, reset=True))
        indexers[index.name] = index
    places = np.arange(records.size, dtype=np.int64)
    columns = (
        records.sessions, places % 4, places % 3, to_micros(NOW) - places[::-1] // 2 * _HOUR,
        np.array([len(row) for row in records.words], dtype=np.int64), records.previous,
        records.following, allowed,
    )  # fmt: skip
    for column in columns:
        column.flags.writeable = False
    rows = [term_ids(list(row)) for row in records.words]
    return SampleLayer(records.size, *columns, indexers, rows)
