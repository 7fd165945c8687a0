"""The default retriever: several ways of looking, put on one scale and summed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, Scored, View
from memkit.periods import periods
from memkit.retrieve.scaling import (
    nearness,
    nothing,
    pooled,
    ranked,
    spread_over,
    z_scaled,
    z_scaled_within,
)
from memkit.text import words
from memkit.types import Floats, Ints, Terms

_LISTED = frozenset({"turn", "window"})
Listed = tuple[str, float, Scored]
"""A list of candidates with its name and weight."""

_NONE = Scored(np.zeros(0, np.int64), np.zeros(0, np.float32))
_ASSISTANTS = frozenset({"assistant", "ai", "model", "bot"})
_WEEK = 7 * 86_400_000_000
"""Microseconds: how soon nearness to a period fades."""
_LEAST_SHARE = 0.05
"""A hit this much less certain than the first leads nowhere that is worth going."""
_MOSTLY = 0.5
_TEMPERATURE = 5.0
"""A fused sum this much below the best has its score divided by e."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, in standard deviations of a candidate list.

    `before` and `after` are shares of a neighbour's own sum, `answer` of that of a question just
    before. `asked` is what a turn that ends with a question loses. `hop` is for a turn that holds
    all the rare words of a first hit; `hop_hits` of them are read, and a word is rare when at most
    `hop_share` of all turns hold it.
    """

    turn_words: float = 1.0
    window_words: float = 1.0
    turn_vector: float = 1.0
    window_vector: float = 1.0
    memory: float = 0.5
    before: float = 0.3
    after: float = 0.1
    answer: float = 0.5
    asked: float = 1.0
    session: float = 2.0
    speaker: float = 5.0
    time: float = 10.0
    user: float = 2.0
    hop: float = 100.0
    hop_hits: int = 3
    hop_share: float = 0.02


class FusedRetriever(Retriever):
    """Keyword and vector scores of turns and three-turn windows, with soft evidence around them.

    Each list is z-scaled over the pool of all lists' candidates, then summed (scaled sums lose
    less than rank fusion when one list is much weaker). To the sum come the session's own score, a
    bonus for turns of the one speaker whom the query names, and one for turns near the time it
    names. These two count as much as a turn's words do, because they are said outright; nothing
    filters, so a name or a date that leads nowhere changes no order.

    In a conversation what belongs together stands together. Where most records stand alone, as
    passages of a collection do, a second hop takes the neighbours' place: rare words that a record
    shares with the first hits.

    Among people, the turn after a question that is like the query gets a share of the question's
    sum, and a turn that asks gives way to one that tells. Where people talk to an assistant every
    turn answers, and both neighbours lend a share of their sums. There, users' and assistants'
    turns are scaled apart, because a long answer is like every question, and users' turns are
    preferred, because what a user wants remembered the user has said.
    """

    name: ClassVar[str] = "fused"

    def __init__(self, *, pool: int = 200, weights: Weights | None = None) -> None:
        """`pool` candidates are taken of each list."""
        self._pool = pool
        self._weights = weights or Weights()

    def variants(self) -> dict[str, Retriever]:
        """This retriever without each of its signals in turn, by the signal's name."""
        without: dict[str, dict[str, Any]] = {
            "turn words": {"turn_words": 0.0},
            "window words": {"window_words": 0.0},
            "turn vector": {"turn_vector": 0.0},
            "window vector": {"window_vector": 0.0},
            "neighbours": {"before": 0.0, "after": 0.0},
            "answer": {"answer": 0.0},
            "question": {"asked": 0.0},
            "session": {"session": 0.0},
            "speaker named": {"speaker": 0.0},
            "time named": {"time": 0.0},
            "user preferred": {"user": 0.0},
            "second hop": {"hop": 0.0},
        }
        return {
            name: FusedRetriever(pool=self._pool, weights=replace(self._weights, **off))
            for name, off in without.items()
        }

    def retrieve(self, query: Query, view: View) -> Ranking:
        """Rank every candidate of the pool."""
        lists = self._lists(query, view)
        if not lists:
            return nothing()
        hop = self._second_hop(query, lists, view)
        pool = pooled([*(found for _, _, found in lists), hop], view.turns.size)
        signals = self._signals(query, pool, lists, view)
        if len(hop.ordinals):
            reached = np.zeros(len(pool), np.float32)
            reached[np.searchsorted(pool, hop.ordinals)] = hop.scores
            weight = self._weights.hop * _standing_alone(view)
            signals["second hop"] = np.float32(weight) * reached
        totals = _total(signals)
        return ranked(pool, self._scores(query, totals, lists, view), signals)

    def _lists(self, query: Query, view: View) -> list[Listed]:
        weights = self._weights
        known = {
            ("keyword", "turn"): weights.turn_words,
            ("keyword", "window"): weights.window_words,
            ("vector", "turn"): weights.turn_vector,
            ("vector", "window"): weights.window_vector,
        }
        lists = [
            (f"{index}.{how}", weight, view.turns.search(index, query, self._pool, how))
            for index in view.turns.indexes()
            for how in view.turns.views(index)
            if how in _LISTED and (weight := known.get((index, how), 1.0))
        ]
        lists.append(("memory", weights.memory, self._memory_keys(query, view)))
        return [one for one in lists if len(one[2].ordinals)]

    def _memory_keys(self, query: Query, view: View) -> Scored:
        """What derived records say for the turns they rest on: the best of each turn's keys."""
        if not view.memories.size:
            return _NONE
        best = np.full(view.turns.size, -np.inf, np.float32)
        for index in view.memories.indexes():
            scored = view.memories.search(index, query, self._pool)
            for memory, score in zip(
                scored.ordinals.tolist(), z_scaled(scored.scores).tolist(), strict=True
            ):
                sources = view.sources(memory)
                best[sources] = np.maximum(best[sources], score)
        reached = np.flatnonzero((best > -np.inf) & view.turns.allowed)
        return Scored(reached, best[reached])

    def _signals(
        self, query: Query, pool: Ints, lists: list[Listed], view: View
    ) -> dict[str, Floats]:
        groups = _sides(pool, view)
        signals = self._scaled(pool, lists, groups)
        base = _total(signals)
        signals["session"] = self._sessions(query, pool, base, view)
        signals["speaker"] = self._named_speaker(query, pool, view)
        signals["time"] = self._named_time(query, pool, view)
        if groups is None:
            # Short turns: the windows hold the neighbours already, and a second share of them
            # puts turns beside the evidence before the evidence.
            signals["answer"] = self._answers(pool, base, view)
            signals["question"] = np.float32(-self._weights.asked) * view.turns.questions[pool]
        else:
            signals["neighbours"] = self._neighbours(pool, base, view)
            signals["user"] = np.where(groups == 0, np.float32(self._weights.user), 0.0)
        return signals

    def _scaled(self, pool: Ints, lists: list[Listed], groups: Ints | None) -> dict[str, Floats]:
        signals: dict[str, Floats] = {}
        for name, weight, found in lists:
            # A list of words that is not full holds every record that shares one.
            complete = name.startswith("keyword") and len(found.ordinals) < self._pool
            values = spread_over(pool, found, 0.0 if complete else None)
            scaled = z_scaled(values) if groups is None else z_scaled_within(values, groups)
            signals[name] = weight * scaled
        return signals

    def _neighbours(self, pool: Ints, base: Floats, view: View) -> Floats:
        lowest = base.min()
        total = np.zeros(len(pool), np.float32)
        for column, weight in (
            (view.turns.previous, self._weights.before),
            (view.turns.following, self._weights.after),
        ):
            beside = column[pool]
            places = np.minimum(np.searchsorted(pool, beside), len(pool) - 1)
            known = pool[places] == beside
            total += np.float32(weight) * np.where(known, base[places] - lowest, 0.0)
        return total

    def _answers(self, pool: Ints, base: Floats, view: View) -> Floats:
        """What stands next to a question that is like the query may be its answer."""
        before = view.turns.previous[pool]
        places = np.minimum(np.searchsorted(pool, before), len(pool) - 1)
        told = (pool[places] == before) & view.turns.questions[before]
        told &= ~view.turns.questions[pool]
        answers: Floats = np.where(told, np.maximum(base[places], 0.0), 0.0).astype(np.float32)
        return self._weights.answer * answers

    def _sessions(self, query: Query, pool: Ints, base: Floats, view: View) -> Floats:
        numbers, places = np.unique(view.turns.sessions[pool], return_inverse=True)
        if len(numbers) < 2 or not self._weights.session:
            return np.zeros(len(pool), np.float32)
        strongest = np.full(len(numbers), -np.inf, np.float32)
        np.maximum.at(strongest, places, base)
        score = z_scaled(strongest)
        if "keyword" in view.turns.indexes():
            held = view.turns.search("keyword", query, view.turns.size, "session")
            words_found = np.zeros(int(view.turns.sessions.max()) + 1, np.float32)
            words_found[held.ordinals] = held.scores
            score = score + z_scaled(words_found[numbers])
        return self._weights.session * z_scaled(score)[places]

    def _named_speaker(self, query: Query, pool: Ints, view: View) -> Floats:
        asked = set(words(query.text))
        named = [
            number
            for number, name in enumerate(view.speaker_names)
            if number and _first_name(name) in asked
        ]
        if len(named) != 1:
            return np.zeros(len(pool), np.float32)
        theirs: Floats = (view.turns.speakers[pool] == named[0]).astype(np.float32)
        return self._weights.speaker * theirs

    def _named_time(self, query: Query, pool: Ints, view: View) -> Floats:
        """Turns in or near the periods that the query names; told later, they count no less."""
        named = periods(query.text, query.now) if self._weights.time else []
        if not named:
            return np.zeros(len(pool), np.float32)
        return np.float32(self._weights.time) * nearness(view.turns.when[pool], named, _WEEK)

    def _second_hop(self, query: Query, lists: list[Listed], view: View) -> Scored:
        """Turns that share rare words with the first hits, words the query does not hold.

        A score is the share of a hit's rare word weight that a turn holds, so that of the first
        hit itself is at least 1.
        """
        most = int(self._weights.hop_share * view.turns.size)
        if not self._weights.hop or most < 2 or _standing_alone(view) < _MOSTLY:
            return _NONE
        pool = pooled((found for _, _, found in lists), view.turns.size)
        totals = _total(self._scaled(pool, lists, _sides(pool, view)))
        first = np.argsort(-totals, kind="stable")[: self._weights.hop_hits]
        reached = np.zeros(view.turns.size, np.float32)
        own = 0.0
        for place in first.tolist():
            share = np.float32(np.exp(totals[place] - totals[first[0]]))
            if share < _LEAST_SHARE:
                break
            found = self._sharing(int(pool[place]), query, most, view)
            own = own or float(found.scores[found.ordinals == pool[place]].sum())
            reached[found.ordinals] += share * found.scores
        ordinals = np.flatnonzero(reached)
        return Scored(ordinals, reached[ordinals] / np.float32(own or 1.0))

    def _sharing(self, ordinal: int, query: Query, most: int, view: View) -> Scored:
        """Turns that share rare words with one turn; long ones share some by chance."""
        terms = _others(view.turns.terms(ordinal), query.term_ids)
        holding = view.turns.holding(terms)
        rare = terms[(holding >= 2) & (holding <= most)]
        if not len(rare):
            return _NONE
        hop = replace(query, terms=(), term_ids=rare, vector=None)
        found = view.turns.search("keyword", hop, self._pool)
        lengths = view.turns.lengths
        long = lengths[found.ordinals] / max(float(lengths.mean()), 1.0)
        return Scored(found.ordinals, (found.scores / (0.25 + 0.75 * long)).astype(np.float32))

    def _scores(self, query: Query, totals: Floats, lists: list[Listed], view: View) -> Floats:
        """Sums to 0..1: how well the best candidate matches at all, falling with the distance."""
        level = _level(query, lists, view)
        scores: Floats = level * np.exp((totals - totals.max()) / _TEMPERATURE)
        return scores


def _others(terms: Terms, asked: Terms) -> Terms:
    known = set(asked.tolist())
    return np.array([t for t in dict.fromkeys(terms.tolist()) if t not in known], np.uint64)


@lru_cache(maxsize=4096)
def _first_name(name: str) -> str:
    found = words(name)
    return found[0] if found else ""


def _standing_alone(view: View) -> float:
    """The share of records without a neighbour in their session."""
    return float(((view.turns.previous < 0) & (view.turns.following < 0)).mean())


def _total(signals: dict[str, Floats]) -> Floats:
    total: Floats = np.sum(list(signals.values()), axis=0, dtype=np.float32)
    return total


def _sides(pool: Ints, view: View) -> Ints | None:
    """0 for users' turns and 1 for assistants', where both talk; else None."""
    assistants = [n for n, name in enumerate(view.role_names) if name.lower() in _ASSISTANTS]
    roles = view.turns.roles[pool]
    sides: Ints = np.isin(roles, assistants).astype(np.int64)
    return sides if sides.any() and not sides.all() else None


def _level(query: Query, lists: list[Listed], view: View) -> np.float32:
    """The best cosine, or the best share of the query's word weight, whichever is higher."""
    best = {name: float(found.scores.max()) for name, _, found in lists}
    cosine = max(best.get("vector.turn", 0.0), best.get("vector.window", 0.0), 0.0)
    holding = view.turns.holding(query.term_ids).astype(np.float64)
    size = view.turns.size
    most = float(np.log1p((size - holding + 0.5) / (holding + 0.5)).sum()) * 1.9
    found = max(best.get("keyword.turn", 0.0), best.get("keyword.window", 0.0))
    share = found / most if most else 0.0
    return np.float32(np.clip(max(cosine, share), 1e-3, 1.0))
