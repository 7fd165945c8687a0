"""BM25 over turns, windows and sessions from one set of postings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from memkit.contracts import ChangeSet, Indexer, Query, Scored
from memkit.index.arrays import Growing, Neighbours, best, distinct
from memkit.index.postings import Posting, Postings
from memkit.types import Floats, Ints, Mask, Terms

_SMALL = 1 << 16
"""Up to this many records, looking at all of them beats sorting the ones touched."""
_CANDIDATES = 1 << 15
"""With more records than this to compare, a query's commoner terms find no further ones."""
_SHARE = np.float32(0.5)
"""How much a neighbour's word counts in a window, beside the record's own."""


class KeywordIndex(Indexer):
    """Okapi BM25 (Robertson and Zaragoza 2009, eq. 3.15) with frequencies of this scope only.

    A record's *window* is the record with its neighbours in the session: their term counts are
    added before saturation. A *session* sums all its records; its `search` answers with session
    numbers instead of ordinals.
    """

    name: ClassVar[str] = "keyword"
    views: ClassVar[tuple[str, ...]] = ("turn", "window", "session")

    def __init__(self, k1: float = 0.9, b: float = 0.4) -> None:
        """`k1` bounds what repeating a term can add; `b` is the penalty on length, 0 to 1."""
        self._k1 = k1
        self._b = b
        self._start_over()

    def apply(self, change: ChangeSet) -> None:
        """Take in one change set."""
        if change.reset:
            self._start_over()
        self._kept_norms.clear()
        lengths = np.diff(change.offsets).astype(np.float32)
        self._postings.add(change.start, change.term_ids, change.offsets)
        self._lengths.extend(lengths)
        self._sessions.extend(change.sessions)
        self._widen(change, lengths)
        missing = int(change.sessions.max(initial=-1)) + 1 - len(self._session_lengths)
        self._session_lengths.extend(np.zeros(max(missing, 0)))
        np.add.at(self._session_lengths.values, change.sessions, lengths)
        self._total += float(lengths.sum(dtype=np.float64))

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        """The best records (or sessions) that hold at least one term of the query."""
        if view == "session":
            return best(self._by_session(query, allowed), limit, None, 0.0)
        candidates, scores = self._matched(query, view)
        found = best(scores, limit, None if allowed is None else allowed[candidates], 0.0)
        return Scored(candidates[found.ordinals], found.scores)

    def holding(self, term_ids: Terms) -> Ints:
        """How many records hold each term, int64 [n]."""
        return np.array([len(self._postings.of(term)[0]) for term in term_ids.tolist()], np.int64)

    def state(self) -> Mapping[str, npt.NDArray[Any]]:
        """Postings, lengths, sessions, and who stands before whom."""
        return {
            **self._postings.state(),
            "lengths": self._lengths.values,
            "window_lengths": self._window_lengths.values,
            "session_lengths": self._session_lengths.values,
            "sessions": self._sessions.values,
            "previous": self._neighbours.previous,
            "totals": np.array([self._total, self._window_total]),
        }

    def restore(self, state: Mapping[str, npt.NDArray[Any]]) -> None:
        """See `Indexer.restore`."""
        self._start_over()
        self._postings.restore(state)
        self._lengths = Growing.of(state["lengths"])
        self._window_lengths = Growing.of(state["window_lengths"])
        self._session_lengths = Growing.of(state["session_lengths"])
        self._sessions = Growing.of(state["sessions"])
        self._neighbours = Neighbours.of(state["previous"])
        self._total, self._window_total = state["totals"].tolist()

    def _start_over(self) -> None:
        self._postings = Postings()
        self._lengths = Growing(np.float32)
        self._window_lengths = Growing(np.float32)
        self._session_lengths = Growing(np.float32)
        self._sessions = Growing(np.int64)
        self._neighbours = Neighbours()
        self._total = 0.0
        self._window_total = 0.0
        self._kept_norms: dict[str, Floats] = {}
        self._room: list[Floats] = []

    def _widen(self, change: ChangeSet, lengths: Floats) -> None:
        """Add to the windows' lengths what new neighbours bring."""
        self._window_lengths.extend(lengths)
        before, after = self._neighbours.extend(change.start, change.previous)
        windows, single = self._window_lengths.values, self._lengths.values
        windows[after] += _SHARE * single[before]
        windows[before] += _SHARE * single[after]
        self._window_total += float(
            lengths.sum(dtype=np.float64)
            + _SHARE * single[before].sum(dtype=np.float64)
            + _SHARE * single[after].sum(dtype=np.float64)
        )

    def _matched(self, query: Query, view: str) -> tuple[Ints, Floats]:
        """The records that hold a term, or of whose window one does, and their scores."""
        window, size = view == "window", len(self._lengths)
        makers, adders = self._planned(query)
        scores, reached = self._zeros(), []
        for ordinals, counts in makers:
            weight = self._idf(len(ordinals), size)
            places = ordinals.astype(np.intp)
            touched, held = self._spread(places, counts) if window else (places, counts)
            scores[touched] += weight * self._saturated(held, self._norms(view, touched))
            reached.append(touched)
        candidates = _touched(scores, reached)
        found = scores.take(candidates)
        self._give_back(scores, candidates)
        if adders:
            around = (self._neighbours.previous, self._neighbours.following) if window else ()
            beside = [neighbours.take(candidates) for neighbours in around]
            norms = self._norms(view, candidates)
            for ordinals, counts in adders:
                weight = self._idf(len(ordinals), size)
                held = self._held(candidates, beside, ordinals, counts)
                found += weight * self._saturated(held, norms)
        return candidates, found

    def _planned(self, query: Query) -> tuple[list[Posting], list[Posting]]:
        """The postings that make candidates, and those that only add to the scores of these.

        In a large scope the rarest terms make candidates until there are enough, which loses
        next to nothing: Moffat and Zobel 1996, section 4, the `continue` strategy.
        """
        found = [self._postings.of(term) for term in query.term_ids.tolist()]
        found = [posting for posting in found if len(posting[0])]
        if len(self._lengths) <= _SMALL:
            return found, []
        found.sort(key=lambda posting: len(posting[0]))
        reached = np.cumsum([len(ordinals) for ordinals, _ in found])
        makers = max(1, int(np.searchsorted(reached, _CANDIDATES, "right")))
        return found[:makers], found[makers:]

    def _held(
        self, candidates: Ints, beside: list[Ints], ordinals: npt.NDArray[np.int32], counts: Floats
    ) -> Floats:
        """How often each candidate holds the term of a posting, neighbours' words in part."""
        single, places = self._zeros(), ordinals.astype(np.intp)
        single[places] = counts
        held: Floats = single.take(candidates)
        for neighbours in beside:
            held += _SHARE * single.take(neighbours)
        self._give_back(single, places)
        return held

    def _spread(self, places: Ints, counts: Floats) -> tuple[Ints, Floats]:
        """The records whose windows hold the term of a posting, ascending, and how often."""
        summed, shares = self._zeros(), _SHARE * counts
        summed[places] = counts
        touched = [places]
        for neighbours in (self._neighbours.previous, self._neighbours.following):
            touched.append(neighbours.take(places))
            summed[touched[-1]] += shares
        summed[-1] = 0.0
        reached = _touched(summed, touched)
        held = summed.take(reached)
        self._give_back(summed, reached)
        return reached, held

    def _zeros(self) -> Floats:
        """A zero for each record, and a last one for the neighbours that are none, -1.

        `give_back` saves the next caller the clearing of memory.
        """
        if self._room and len(self._room[-1]) == len(self._lengths) + 1:
            return self._room.pop()
        self._room.clear()
        return np.zeros(len(self._lengths) + 1, np.float32)

    def _give_back(self, values: Floats, touched: npt.NDArray[np.integer[Any]]) -> None:
        values[touched] = 0.0
        self._room.append(values)

    def _by_session(self, query: Query, allowed: Mask | None) -> Floats:
        norms = self._norms("session")
        size = len(norms)
        scores = np.zeros(size, np.float32)
        for term in query.term_ids.tolist():
            ordinals, counts = self._postings.of(term)
            if allowed is not None:
                inside = allowed[ordinals]
                ordinals, counts = ordinals[inside], counts[inside]
            if not len(ordinals):
                continue
            sessions = self._sessions.values.take(ordinals)
            summed = np.bincount(sessions, weights=counts, minlength=size).astype(np.float32)
            weight = self._idf(int(np.count_nonzero(summed)), size)
            scores += weight * self._saturated(summed, norms)
        return scores

    def _norms(self, view: str, places: Ints | None = None) -> Floats:
        """k1 (1 - b + b length / mean) of these records or windows, or of all; float32.

        Those of all are kept until more come, but in a large scope only those of sessions.
        """
        known = self._kept_norms.get(view)
        if known is not None:
            return known if places is None else known.take(places)
        lengths, total = {
            "turn": (self._lengths.values, self._total),
            "window": (self._window_lengths.values, self._window_total),
            "session": (self._session_lengths.values, self._total),
        }[view]
        mean = total / max(len(lengths), 1)
        if places is not None and len(lengths) > _SMALL:
            return self._normed(lengths.take(places), mean)
        self._kept_norms[view] = self._normed(lengths, mean)
        return self._norms(view, places)

    def _normed(self, lengths: Floats, mean: float) -> Floats:
        norms = self._k1 * ((1.0 - self._b) + (self._b / (mean or 1.0)) * lengths)
        return norms.astype(np.float32, copy=False)

    def _saturated(self, counts: Floats, norms: Floats) -> Floats:
        saturated: Floats = counts * np.float32(self._k1 + 1.0) / (counts + norms)
        return saturated

    @staticmethod
    def _idf(holding: int, size: int) -> np.float32:
        return np.float32(np.log1p((size - holding + 0.5) / (holding + 0.5)))


def _touched(values: Floats, places: list[Ints]) -> Ints:
    """Where values are above zero, ascending: at all of these places but -1, and nowhere else."""
    if len(values) < _SMALL or not places or 8 * sum(map(len, places)) > len(values):
        return np.flatnonzero(values > 0)  # twice as fast as on floats
    found = distinct(places)
    return found[np.searchsorted(found, 0) :]
