"""The records of one layer of a scope (turns, or memories) as columns and indexes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.contracts import ChangeSet, Indexer
from memkit.index.arrays import Growing, Neighbours
from memkit.index.space import Space
from memkit.text import QUESTION, term_ids
from memkit.types import Ints, Mask

_COLUMNS: Final = (
    "records", "sessions", "speakers", "roles", "when", "lengths", "evidence", "questions",
)  # fmt: skip

IndexerFactory = Callable[[], Indexer]

_QUESTION = term_ids([QUESTION]).tobytes()


_PAUSE: Final = 8 * 3_600_000_000
"""Microseconds: a night."""
_LONG: Final = 64
"""Records under one name of a session that no talk has between two nights, or few."""


def as_array(names: Sequence[str | None]) -> npt.NDArray[np.uint8]:
    """Texts as bytes, for a state."""
    return np.frombuffer(json.dumps(names).encode(), np.uint8)


def from_array(array: npt.NDArray[np.uint8]) -> list[Any]:
    """The texts of `as_array`."""
    names: list[Any] = json.loads(array.tobytes())
    return names


class Names:
    """Strings by number; the empty name (None) is number 0."""

    def __init__(self, names: Sequence[str] = ("",)) -> None:
        """`names` in the order of their numbers."""
        self.list = list(names)
        self._numbers: dict[str | None, int] = {
            name if number else None: number for number, name in enumerate(self.list)
        }

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
        self.neighbours = Neighbours()
        self.evidence = Growing(np.bool_)
        self.questions = Growing(np.bool_)
        self.archived: tuple[Ints, Ints] = (np.zeros(0, np.int64), np.zeros(0, np.int64))
        self.barred: Mask = np.zeros(0, np.bool_)
        """Which of the archived ones no search finds: those forgotten by request, or replaced."""
        self.successors: tuple[Ints, Ints, Ints] = (np.zeros(0, np.int64),) * 3
        """Records whose claims hold no more, ascending; those that took their place; since when."""
        self.summaries: dict[Callable[..., Any], Any] = {}
        """What retrievers have worked out from the columns as they stand."""
        self._session_names: list[str | None] = []
        self._held: Counter[str | None] = Counter()
        self._latest: dict[str | None, int] = {}

    @property
    def newest(self) -> int:
        """The newest record number, or 0."""
        return int(self.records.values[-1]) if len(self.records) else 0

    def ordinals(self, records: Ints) -> Ints:
        """The ordinals of record numbers of this layer; -1 for others."""
        known = self.records.values
        if not len(known):
            return np.full(len(records), -1)
        places = np.minimum(np.searchsorted(known, records), len(known) - 1)
        return np.where(known[places] == records, places, -1)

    def take_in(
        self, rows: Sequence[tuple[Any, ...]], names: tuple[Names, Names], space: Space | None
    ) -> None:
        """Append the columns of new rows (see `Records.columns`), and hand them to the indexes."""
        start = len(self.records)
        self.summaries.clear()
        self._append(start, rows, names)
        blobs = [row[6] for row in rows]
        change = ChangeSet(
            start=start,
            reset=start == 0,
            term_ids=np.frombuffer(b"".join(blobs), np.uint64),
            offsets=np.r_[0, np.cumsum(self.lengths.values[start:])].astype(np.int64),
            vectors=space.project([row[7] for row in rows]) if space is not None else None,
            sessions=self.sessions.values[start:],
            previous=self.neighbours.previous[start:],
        )
        for indexer in self.indexers.values():
            indexer.apply(change)

    def state(self) -> dict[str, npt.NDArray[Any]] | None:
        """Columns and indexes as arrays by name; None if an index does not hand over its own."""
        arrays = {name: getattr(self, name).values for name in _COLUMNS}
        arrays["previous"] = self.neighbours.previous
        arrays["session_names"] = as_array(self._session_names)
        for name, indexer in self.indexers.items():
            state = indexer.state()
            if state is None:
                return None
            arrays |= {f"{name}/{key}": array for key, array in state.items()}
        return arrays

    def restore(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Be as the layer was that gave this state; raises `ValueError` or `KeyError`."""
        for name in _COLUMNS:
            setattr(self, name, Growing.of(arrays[name]))
        self.neighbours = Neighbours.of(arrays["previous"])
        self._session_names = from_array(arrays["session_names"])
        self._held.clear()
        held = np.bincount(self.sessions.values).tolist()
        for session, records in zip(self._session_names, held, strict=True):
            self._held[session] += records
        last = np.flatnonzero(self.neighbours.following < 0)
        names = [self._session_names[number] for number in self.sessions.values[last].tolist()]
        self._latest = dict(zip(names, last.tolist(), strict=True))
        for name, indexer in self.indexers.items():
            head = f"{name}/"
            indexer.restore(
                {key[len(head) :]: one for key, one in arrays.items() if key.startswith(head)}
            )

    def live(self, as_of: int | None, *, archived: bool = False) -> Mask:
        """Evidence that is not archived; with `as_of`, as things stood at that microsecond.

        With `archived`, evidence that maintenance has archived is as good as live.
        """
        mask: Mask = self.evidence.values.copy()
        records, since = self.archived
        ordinals = self.ordinals(records)
        gone = ordinals >= 0 if as_of is None else (ordinals >= 0) & (since <= as_of)
        if archived:
            gone &= self.barred
        mask[ordinals[gone]] = False
        if as_of is not None:
            mask &= self.when.values <= as_of
        return mask

    def _append(
        self, start: int, rows: Sequence[tuple[Any, ...]], names: tuple[Names, Names]
    ) -> None:
        record, session, speaker, role, at, evidence, terms, _ = zip(*rows, strict=True)
        previous, sessions = self._stretches(start, session, at)
        self.records.extend(record)
        self.sessions.extend(sessions)
        self.speakers.extend([names[0].number(name) for name in speaker])
        self.roles.extend([names[1].number(name) for name in role])
        self.when.extend(at)
        self.evidence.extend(evidence)
        self.questions.extend([blob[-8:] == _QUESTION for blob in terms])
        self.lengths.extend([len(blob) // 8 for blob in terms])
        self.neighbours.extend(start, np.array(previous, np.int64))

    def _stretches(
        self, start: int, names: Sequence[str | None], at: Sequence[int]
    ) -> tuple[list[int], list[int]]:
        """The record before each in its session, or -1, and a number for the session.

        Where no session is named, who comes back after a long time begins another. A session that
        is named is believed, however long it lasts, until it holds so much that the name must be
        that of a thread which is never closed.
        """
        previous: list[int] = []
        numbers: list[int] = []
        for place, name in enumerate(names):
            before = self._latest.get(name, -1)
            if before >= start:
                then, number = at[before - start], numbers[before - start]
            elif before >= 0:
                then, number = int(self.when.values[before]), int(self.sessions.values[before])
            open_ended = name is None or self._held[name] >= _LONG
            if before < 0 or (open_ended and abs(at[place] - then) > _PAUSE):
                before, number = -1, len(self._session_names)
                self._session_names.append(name)
            self._held[name] += 1
            previous.append(before)
            numbers.append(number)
            self._latest[name] = start + place
        return previous, numbers
