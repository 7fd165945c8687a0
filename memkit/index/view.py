"""A scope as one query may see it: what retrievers are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Final

import numpy as np

from memkit.contracts import Edges, Layer, Query, Scored, SummaryT, Uses
from memkit.index.keyword import KeywordIndex
from memkit.index.layer import RecordLayer
from memkit.index.scope import ScopeIndex
from memkit.storage.ledger import Use
from memkit.storage.records import Records
from memkit.types import Floats, Ints, Mask, Terms

ReadUses = Callable[[], Mapping[int, Use]]

NO_EDGES: Final = Edges(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))


class LayerView:
    """A layer as one query may see it: the columns, the indexes, and the allowed records."""

    def __init__(
        self, layer: RecordLayer, allowed: Mask, records: Records | None = None,
        read_uses: ReadUses = dict, at: int | None = None,
    ) -> None:  # fmt: skip
        """`at` is the moment asked about, in microseconds; None for after all that was said."""
        self._layer = layer
        self._at = at
        self._records = records
        self._read_uses = read_uses
        self._allowed = allowed
        self._everything = bool(allowed.all())

    @property
    def size(self) -> int:
        """The number of records."""
        return len(self._layer.records)

    @property
    def sessions(self) -> Ints:
        """Session number of each record."""
        return self._layer.sessions.values

    @property
    def speakers(self) -> Ints:
        """Speaker number of each record."""
        return self._layer.speakers.values

    @property
    def roles(self) -> Ints:
        """Role number of each record."""
        return self._layer.roles.values

    @property
    def when(self) -> Ints:
        """UTC microseconds of each record."""
        return self._layer.when.values

    @property
    def lengths(self) -> Ints:
        """Number of index terms of each record."""
        return self._layer.lengths.values

    @property
    def questions(self) -> Mask:
        """Which records end with a question."""
        return self._layer.questions.values

    @property
    def previous(self) -> Ints:
        """Ordinal of the record before in the same session, or -1."""
        return self._layer.neighbours.previous

    @property
    def following(self) -> Ints:
        """Ordinal of the record after in the same session, or -1."""
        return self._layer.neighbours.following

    @cached_property
    def uses(self) -> Uses:
        """What became of the records; none of them where the view has no file behind it."""
        read = self._read_uses()
        records = np.fromiter(read, np.int64, len(read))
        counts = np.array([use[:4] for use in read.values()], np.int64).reshape(-1, 4)
        ordinals = self._layer.ordinals(records)
        columns = np.zeros((4, self.size), np.int64)
        columns[:, ordinals[ordinals >= 0]] = counts[ordinals >= 0].T
        return Uses(*columns)

    @property
    def allowed(self) -> Mask:
        """Which records this query may return."""
        return self._allowed

    def search(self, index: str, query: Query, limit: int, view: str = "turn") -> Scored:
        """The best allowed records by the index of that name."""
        allowed = None if self._everything else self._allowed
        return self._layer.indexers[index].search(query, limit, view=view, allowed=allowed)

    def indexes(self) -> tuple[str, ...]:
        """The names of the indexes of this layer that rank."""
        return tuple(name for name, index in self._layer.indexers.items() if index.ranks)

    def views(self, index: str) -> tuple[str, ...]:
        """The ways of looking that the index of that name understands."""
        return self._layer.indexers[index].views

    def holding(self, term_ids: Terms) -> Ints:
        """How many records of the layer hold each term; 0 without a keyword index."""
        index = self._layer.indexers.get(KeywordIndex.name)
        if isinstance(index, KeywordIndex):
            return index.holding(term_ids)
        return np.zeros(len(term_ids), np.int64)

    def terms(self, ordinals: Ints) -> list[Terms]:
        """The index terms of each of those records; none where the view has no file behind it."""
        numbers = self._layer.records.values[ordinals].tolist()
        blobs = self._records.terms(numbers) if self._records is not None else {}
        return [np.frombuffer(blobs.get(number, b""), np.uint64) for number in numbers]

    def vectors(self, ordinals: Ints) -> Floats | None:
        """The unit vectors of those records; None where no index keeps any."""
        kept = (index.vectors(ordinals) for index in self._layer.indexers.values())
        return next((vectors for vectors in kept if vectors is not None), None)

    def associated(self, ordinals: Ints) -> Edges:
        """The edges from those records to allowed ones; none where no index keeps any."""
        kept = (index.associated(ordinals) for index in self._layer.indexers.values())
        found = next((edges for edges in kept if edges is not None), NO_EDGES)
        seen = self._allowed[found.targets]
        return Edges(found.sources[seen], found.targets[seen], found.weights[seen])

    def successors(self, ordinals: Ints) -> Edges:
        """From records whose claims hold no more to those that took their place."""
        old, new, since = self._layer.successors
        if not len(old):
            return NO_EDGES
        records = self._layer.records.values[ordinals]
        first, last = np.searchsorted(old, records), np.searchsorted(old, records, "right")
        counts = last - first
        if not counts.any():
            return NO_EDGES
        sources = np.repeat(ordinals, counts)
        within = np.arange(len(sources)) - np.repeat(np.cumsum(counts) - counts, counts)
        places = np.repeat(first, counts) + within
        targets = self._layer.ordinals(new[places])
        seen = (targets >= 0) & self._allowed[targets]
        if self._at is not None:
            seen &= since[places] <= self._at
        return Edges(sources[seen], targets[seen], np.ones(int(seen.sum()), np.float32))

    def summary(self, make: Callable[[Layer], SummaryT]) -> SummaryT:
        """What `make` makes of the columns; worked out again only after records were added."""
        kept = self._layer.summaries
        if make not in kept:
            kept[make] = make(self)
        found: SummaryT = kept[make]
        return found


class ScopeView:
    """One scope as it stands for one query."""

    def __init__(
        self, index: ScopeIndex, turns: Mask, memories: Mask, records: Records | None = None,
        read_uses: ReadUses = dict, at: int | None = None,
    ) -> None:  # fmt: skip
        """`read_uses` is called at most once, when a retriever asks for uses; `at` is the moment
        asked about, in microseconds."""
        self._index = index
        self._records = records
        self._read_uses = cache(read_uses)
        self.turns = LayerView(index.turns, turns, records, self._read_uses, at)
        self.memories = LayerView(index.memories, memories, records, self._read_uses)

    @property
    def speaker_names(self) -> Sequence[str]:
        """Speaker names by number."""
        return self._index.speakers.list

    @property
    def role_names(self) -> Sequence[str]:
        """Role names by number."""
        return self._index.roles.list

    def sources(self, memory: int) -> Ints:
        """Ordinals of the turns that a memory rests on."""
        return self._index.sources_of(memory)

    def of_memories(self) -> ScopeView:
        """The same scope with its memories in the place of the turns, to rank them themselves."""
        view = ScopeView(
            self._index, self.turns.allowed, self.memories.allowed, self._records, self._read_uses
        )
        view.turns = self.memories
        view.memories = LayerView(RecordLayer(()), np.zeros(0, bool))
        return view
