"""The records of one layer of a scope (turns, or memories) as columns and indexes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from memkit.contracts import ChangeSet, Indexer
from memkit.index.arrays import Growing
from memkit.index.space import Space
from memkit.text import QUESTION, term_ids
from memkit.types import Floats, Ints, Mask

IndexerFactory = Callable[[], Indexer]

_QUESTION = term_ids([QUESTION]).tobytes()


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
