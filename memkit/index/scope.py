"""One scope in memory: columns, indexes and vectors of its turns and of its memories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from memkit.contracts import ChangeSet, Indexer, Query, Scored
from memkit.index.arrays import Growing
from memkit.index.keyword import KeywordIndex
from memkit.index.space import Space, fit_size
from memkit.storage.ledger import ScopeState
from memkit.storage.records import Records
from memkit.storage.rows import Rows
from memkit.text import QUESTION, term_ids
from memkit.types import Floats, Ints, Mask, Terms

_QUESTION = term_ids([QUESTION]).tobytes()

IndexerFactory = Callable[[], Indexer]


class Names:
    """Strings by number; the empty name (None) is number 0."""

    def __init__(self) -> None:
        self.list: list[str] = [""]
        self._numbers: dict[str | None, int] = {None: 0}

    def number(self, name: str | None) -> int:
        """The number of a name, given out on first sight."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = len(self.list)
            self.list.append(name or "")
        return found


class RecordLayer:
    """The columns and indexes of one layer; ordinals are places in `records`."""

    def __init__(self, factories: Sequence[IndexerFactory]) -> None:
        self.indexers: Mapping[str, Indexer] = {
            index.name: index for index in (make() for make in factories)
        }
        self.records = Growing(np.int64)
        self.sessions = Growing(np.int64)
        self.speakers = Growing(np.int64)
        self.roles = Growing(np.int64)
        self.when = Growing(np.int64)
        self.lengths = Growing(np.int64)
        self.previous = Growing(np.int64)
        self.following = Growing(np.int64)
        self.evidence = Growing(np.bool_)
        self.questions = Growing(np.bool_)
        self.archived: tuple[Ints, Ints] = (np.zeros(0, np.int64), np.zeros(0, np.int64))
        self._session_names = Names()
        self._latest: dict[int, int] = {}

    def ordinals(self, records: Ints) -> Ints:
        """The ordinals of record numbers of this layer; -1 for others."""
        known = self.records.values
        if not len(known):
            return np.full(len(records), -1)
        places = np.minimum(np.searchsorted(known, records), len(known) - 1)
        return np.where(known[places] == records, places, -1)

    def append(self, rows: Sequence[tuple[Any, ...]], names: tuple[Names, Names]) -> int:
        """Take in the columns of new rows; returns the ordinal of the first."""
        start = len(self.records)
        record, session, speaker, role, at, evidence, terms, _ = zip(*rows, strict=True)
        sessions = [self._session_names.number(name) for name in session]
        self.records.extend(record)
        self.sessions.extend(sessions)
        self.speakers.extend([names[0].number(name) for name in speaker])
        self.roles.extend([names[1].number(name) for name in role])
        self.when.extend(at)
        self.evidence.extend(evidence)
        self.questions.extend([blob[-8:] == _QUESTION for blob in terms])
        self.lengths.extend([len(blob) // 8 for blob in terms])
        self._link(start, sessions)
        return start

    def index(
        self, start: int, rows: Sequence[tuple[Any, ...]], space: Space | None, *, reset: bool,
        vectors: Floats | None = None,
    ) -> None:  # fmt: skip
        """Hand new rows to the indexes, projected by the space unless `vectors` are given."""
        if vectors is None and space is not None:
            vectors = space.project([row[7] for row in rows])
        blobs = [row[6] for row in rows]
        lengths = self.lengths.values[start : start + len(rows)]
        change = ChangeSet(
            start=start,
            reset=reset,
            term_ids=np.frombuffer(b"".join(blobs), np.uint64),
            offsets=np.r_[0, np.cumsum(lengths)].astype(np.int64),
            vectors=vectors,
            sessions=self.sessions.values[start : start + len(rows)],
            previous=self.previous.values[start : start + len(rows)],
        )
        for indexer in self.indexers.values():
            indexer.apply(change)

    def live(self, as_of: int | None) -> Mask:
        """Evidence that is not archived; with `as_of`, as things stood at that microsecond."""
        mask: Mask = self.evidence.values.copy()
        records, since = self.archived
        ordinals = self.ordinals(records)
        gone = ordinals >= 0 if as_of is None else (ordinals >= 0) & (since <= as_of)
        mask[ordinals[gone]] = False
        if as_of is not None:
            mask &= self.when.values <= as_of
        return mask

    def _link(self, start: int, sessions: Sequence[int]) -> None:
        previous = []
        for ordinal, session in enumerate(sessions, start):
            before = self._latest.get(session, -1)
            previous.append(before)
            self._latest[session] = ordinal
        self.previous.extend(previous)
        self.following.extend(np.full(len(previous), -1))
        places = np.array(previous, dtype=np.int64)
        has = places >= 0
        self.following.values[places[has]] = np.arange(start, start + len(previous))[has]


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


class LayerView:
    """A layer as one query may see it: the columns, the indexes, and the allowed records."""

    def __init__(self, layer: RecordLayer, allowed: Mask, records: Records | None = None) -> None:
        self._layer = layer
        self._records = records
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
        return self._layer.previous.values

    @property
    def following(self) -> Ints:
        """Ordinal of the record after in the same session, or -1."""
        return self._layer.following.values

    @property
    def allowed(self) -> Mask:
        """Which records this query may return."""
        return self._allowed

    def search(self, index: str, query: Query, limit: int, view: str = "turn") -> Scored:
        """The best allowed records by the index of that name."""
        allowed = None if self._everything else self._allowed
        return self._layer.indexers[index].search(query, limit, view=view, allowed=allowed)

    def indexes(self) -> tuple[str, ...]:
        """The names of the indexes of this layer."""
        return tuple(self._layer.indexers)

    def views(self, index: str) -> tuple[str, ...]:
        """The ways of looking that the index of that name understands."""
        return self._layer.indexers[index].views

    def holding(self, term_ids: Terms) -> Ints:
        """How many records of the layer hold each term; 0 without a keyword index."""
        index = self._layer.indexers.get(KeywordIndex.name)
        if isinstance(index, KeywordIndex):
            return index.holding(term_ids)
        return np.zeros(len(term_ids), np.int64)

    def terms(self, ordinal: int) -> Terms:
        """The index terms of one record in order; none where the view has no file behind it."""
        if self._records is None:
            return np.zeros(0, np.uint64)
        record = int(self._layer.records.values[ordinal])
        return np.frombuffer(self._records.terms(record), np.uint64)

    def vectors(self, ordinals: Ints) -> Floats | None:
        """The unit vectors of those records; None where no index keeps any."""
        kept = (index.vectors(ordinals) for index in self._layer.indexers.values())
        return next((vectors for vectors in kept if vectors is not None), None)


class ScopeView:
    """One scope as it stands for one query."""

    def __init__(
        self, index: ScopeIndex, turns: Mask, memories: Mask, records: Records | None = None
    ) -> None:
        self._index = index
        self._records = records
        self.turns = LayerView(index.turns, turns, records)
        self.memories = LayerView(index.memories, memories, records)

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
        view = ScopeView(self._index, self.turns.allowed, self.memories.allowed, self._records)
        view.turns = self.memories
        view.memories = LayerView(RecordLayer(()), np.zeros(0, bool))
        return view
