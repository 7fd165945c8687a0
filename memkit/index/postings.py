"""Postings: for every term, the records that hold it and how often.

Kept as a few sorted segments and a small tail of single records. A full tail becomes a segment;
segments of like size are merged, so each posting is moved a logarithmic number of times.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.types import Floats, Ints, Mask, Terms

_TAIL_RECORDS = 2048
_MERGE_RATIO = 4
_COLUMNS: Final = ("terms", "bounds", "ordinals", "counts")
_RECENT = 256
"""A query looks its terms up for every view: the last look-ups are kept."""

Posting = tuple[npt.NDArray[np.int32], Floats]
"""Ordinals, ascending, and the term's count in each."""

_NOTHING: Posting = (np.zeros(0, np.int32), np.zeros(0, np.float32))


class _Segment:
    """The postings of a run of records, in one block of memory."""

    def __init__(
        self, terms: Terms, bounds: Ints, ordinals: npt.NDArray[np.int32], counts: Floats
    ) -> None:
        """Distinct terms, ascending; term i has the postings at [bounds[i], bounds[i + 1])."""
        self.terms = terms
        self.bounds = bounds
        self.ordinals = ordinals
        self.counts = counts

    def __len__(self) -> int:
        return len(self.ordinals)

    def posting(self, term_id: int) -> Posting | None:
        place = int(np.searchsorted(self.terms, np.uint64(term_id)))
        if place == len(self.terms) or int(self.terms[place]) != term_id:
            return None
        span = slice(self.bounds[place], self.bounds[place + 1])
        return self.ordinals[span], self.counts[span]


class Postings:
    """Term to records, growing at the end."""

    def __init__(self) -> None:
        self._segments: list[_Segment] = []
        self._tail: dict[int, list[tuple[int, float]]] = {}
        self._tail_records = 0
        self._recent: dict[int, Posting] = {}

    def add(self, start: int, term_ids: Terms, offsets: Ints) -> None:
        """Take in records `start`, `start + 1`, ... whose terms lie between the offsets."""
        self._recent.clear()
        if len(offsets) - 1 > _TAIL_RECORDS // 4:
            self._flush()
            self._push(_segment(start, term_ids, offsets))
            return
        for number in range(len(offsets) - 1):
            counts: dict[int, float] = {}
            for term in term_ids[offsets[number] : offsets[number + 1]].tolist():
                counts[term] = counts.get(term, 0.0) + 1.0
            for term, count in counts.items():
                self._tail.setdefault(term, []).append((start + number, count))
        self._tail_records += len(offsets) - 1
        if self._tail_records >= _TAIL_RECORDS:
            self._flush()

    def of(self, term_id: int) -> Posting:
        """The records of one term."""
        known = self._recent.get(term_id)
        if known is None:
            if len(self._recent) >= _RECENT:
                self._recent.clear()
            known = self._recent[term_id] = self._look_up(term_id)
        return known

    def state(self) -> Mapping[str, npt.NDArray[Any]]:
        """Every posting, as one sorted run."""
        self._flush()
        while len(self._segments) > 1:
            newer, older = self._segments.pop(), self._segments.pop()
            self._segments.append(_merged(older, newer))
        if not self._segments:
            return {}
        one = self._segments[0]
        columns = (one.terms, one.bounds, one.ordinals, one.counts)
        return dict(zip(_COLUMNS, columns, strict=True))

    def restore(self, state: Mapping[str, npt.NDArray[Any]]) -> None:
        """Be as the postings were that gave this state."""
        if "terms" in state:
            self._segments = [_Segment(*(state[name] for name in _COLUMNS))]

    def _look_up(self, term_id: int) -> Posting:
        found = [p for p in (s.posting(term_id) for s in self._segments) if p is not None]
        tail = self._tail.get(term_id)
        if tail is not None:
            ordinals, counts = zip(*tail, strict=True)
            found.append((np.array(ordinals, np.int32), np.array(counts, np.float32)))
        if not found:
            return _NOTHING
        if len(found) == 1:
            return found[0]
        return np.concatenate([p[0] for p in found]), np.concatenate([p[1] for p in found])

    def _flush(self) -> None:
        if not self._tail:
            return
        term_ids = sorted(self._tail)
        lengths = [len(self._tail[term]) for term in term_ids]
        pairs = [pair for term in term_ids for pair in self._tail[term]]
        self._tail, self._tail_records = {}, 0
        self._push(
            _Segment(
                np.array(term_ids, np.uint64),
                np.r_[0, np.cumsum(lengths)],
                np.array([ordinal for ordinal, _ in pairs], np.int32),
                np.array([count for _, count in pairs], np.float32),
            )
        )

    def _push(self, segment: _Segment) -> None:
        self._segments.append(segment)
        while len(self._segments) > 1 and len(self._segments[-2]) < _MERGE_RATIO * len(
            self._segments[-1]
        ):
            newer, older = self._segments.pop(), self._segments.pop()
            self._segments.append(_merged(older, newer))


def _segment(start: int, term_ids: Terms, offsets: Ints) -> _Segment:
    records = np.repeat(
        np.arange(start, start + len(offsets) - 1, dtype=np.int32), np.diff(offsets)
    )
    order = np.argsort(term_ids, kind="stable")
    terms, ordinals = term_ids[order], records[order]
    first = _changes(terms)
    first[1:] |= ordinals[1:] != ordinals[:-1]
    starts = np.flatnonzero(first)
    counts = np.diff(np.r_[starts, len(terms)]).astype(np.float32)
    return _sorted_segment(terms[starts], ordinals[starts], counts)


def _merged(older: _Segment, newer: _Segment) -> _Segment:
    terms = np.concatenate([np.repeat(s.terms, np.diff(s.bounds)) for s in (older, newer)])
    order = np.argsort(terms, kind="stable")  # stable: older ordinals stay before newer ones
    ordinals = np.concatenate([older.ordinals, newer.ordinals])[order]
    counts = np.concatenate([older.counts, newer.counts])[order]
    return _sorted_segment(terms[order], ordinals, counts)


def _sorted_segment(terms: Terms, ordinals: npt.NDArray[np.int32], counts: Floats) -> _Segment:
    """Of one row for each posting, sorted by term, then ordinal."""
    starts = np.flatnonzero(_changes(terms))
    return _Segment(terms[starts], np.r_[starts, len(terms)], ordinals, counts)


def _changes(terms: Terms) -> Mask:
    """Where another term than before begins."""
    changes = np.ones(len(terms), bool)
    changes[1:] = terms[1:] != terms[:-1]
    return changes
