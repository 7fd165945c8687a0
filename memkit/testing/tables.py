"""Records as columns, and change sets cut from them: what indexers and retrievers are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from memkit.contracts import ChangeSet, Query
from memkit.testing.samples import NOW
from memkit.text import term_ids
from memkit.types import Floats, Ints, Terms

DIM: Final = 16
_VOCABULARY: Final = tuple(f"word{number}" for number in range(60))
_SESSIONS: Final = 7
_TWINS: Final = {11: 3, 12: 3, 40: 3, 57: 20, 58: 20}
"""Records that have the terms and the vector of another one: ties."""
_NO_VECTOR: Final = (7, 30)
"""Records without a vector: a row of zeros, as for texts without a known word."""


@dataclass(frozen=True)
class Table:
    """All records of one layer: words and vector of each, and where it stands."""

    words: Sequence[tuple[str, ...]]
    vectors: Floats | None
    sessions: Ints

    @property
    def size(self) -> int:
        """The number of records."""
        return len(self.words)

    @property
    def previous(self) -> Ints:
        """The ordinal of the record before in the session, or -1."""
        latest: dict[int, int] = {}
        before = []
        for ordinal, session in enumerate(self.sessions.tolist()):
            before.append(latest.get(session, -1))
            latest[session] = ordinal
        return np.array(before, dtype=np.int64)

    @property
    def following(self) -> Ints:
        """The ordinal of the record after in the session, or -1."""
        after = np.full(self.size, -1, dtype=np.int64)
        for ordinal, before in enumerate(self.previous.tolist()):
            if before >= 0:
                after[before] = ordinal
        return after

    def change(self, start: int, stop: int, *, reset: bool = False) -> ChangeSet:
        """The records [start, stop) as a change set, in arrays of its own."""
        rows = self.words[start:stop]
        return ChangeSet(
            start=start,
            reset=reset,
            term_ids=_ids([word for row in rows for word in row]),
            offsets=np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64),
            vectors=self.vectors[start:stop].copy() if self.vectors is not None else None,
            sessions=self.sessions[start:stop].copy(),
            previous=self.previous[start:stop].copy(),
        )

    def changes(self, cuts: Sequence[int]) -> list[ChangeSet]:
        """All records, in change sets that begin at 0 and at each of the cuts."""
        bounds = [0, *cuts, self.size]
        return [self.change(start, stop, reset=not start) for start, stop in pairwise(bounds)]


def table(size: int = 90, *, seed: int = 7, vectors: bool = True) -> Table:
    """Records of 0 to 14 words in seven sessions, with ties and with holes."""
    drawn = np.random.default_rng(seed)
    words: list[tuple[str, ...]] = []
    for ordinal in range(size):
        count = 0 if ordinal == size // 2 else int(drawn.integers(1, 15))
        words.append(tuple(_VOCABULARY[n] for n in drawn.zipf(1.3, count) % len(_VOCABULARY)))
    rows = drawn.standard_normal((size, DIM)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    for twin, original in _TWINS.items():
        if twin < size:
            words[twin], rows[twin] = words[original], rows[original]
    rows[[ordinal for ordinal in _NO_VECTOR if ordinal < size]] = 0.0
    sessions = np.sort(drawn.integers(0, _SESSIONS, size))
    drawn.shuffle(sessions[: size // 2])  # sessions that go on side by side
    return Table(words, rows if vectors else None, _numbered(sessions))


def query(words: Sequence[str], vector: Floats | None, limit: int = 10) -> Query:
    """A question of these words, with this vector."""
    distinct = tuple(dict.fromkeys(words))
    return Query(" ".join(words), NOW, limit, distinct, _ids(distinct), vector)


def queries(records: Table) -> list[Query]:
    """A record's own words and vector, common words, rare ones, unknown ones, none at all."""
    rows = records.vectors
    one, other = 3 % records.size, 20 % records.size
    nowhere = np.zeros(DIM, np.float32)
    nowhere[0] = 1.0
    return [
        query(records.words[one], None if rows is None else rows[one].copy()),
        query(_VOCABULARY[:3], None if rows is None else rows[other].copy()),
        query(_VOCABULARY[-5:], None if rows is None else nowhere),
        query(["unheard", "of"], None if rows is None else nowhere),
        query(records.words[other], None),
        query([], None),
    ]


def _ids(words: Sequence[str]) -> Terms:
    return term_ids(list(words))


def _numbered(sessions: Ints) -> Ints:
    """Session numbers in the order of first sight, as a store gives them out."""
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(int(s), len(numbers)) for s in sessions], dtype=np.int64)
