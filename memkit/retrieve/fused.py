"""The default retriever: several ways of looking, put on one scale and summed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from memkit.contracts import Edges, Query, Ranking, Retriever, Scored, View
from memkit.retrieve.linking import Links, linked
from memkit.retrieve.scaling import (
    nearness,
    nothing,
    pooled,
    ranked,
    spread_over,
    z_scaled,
    z_scaled_within,
)
from memkit.retrieve.sessions import held_together, located_share, session_scores
from memkit.retrieve.setting import among_people, conversing, sides, standing_alone, voices
from memkit.text import stem, words
from memkit.types import Floats, Ints, Mask

_LISTED = frozenset({"turn", "window"})
Listed = tuple[str, float, Scored]
"""A list of candidates with its name and weight."""

_WHAT_YOU_DID = re.compile(
    r"\b(?:did|have|had) you\b"
    r"|\byou(?:[\u2019']ve| have| had)? (?:said|told|gave|wrote|made|(?!need|feed)\w+ed)\b"
)
"""What an assistant is asked about its own turns; English only, and silent elsewhere."""
_WEEK = 7 * 86_400_000_000
"""Microseconds: how soon nearness to a period fades."""
_MOSTLY = 0.5
_IN_A_ROW = 4
"""Turns after a question that may belong to its answer."""
_GENERATIONS = 16
"""Values of one fact that take each other's place, one after the other."""
_TEMPERATURE = 5.0
"""A fused sum this much below the best has its score divided by e."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, in standard deviations of a candidate list.

    `answer` is a share of the sum of a question just before, `exchange` of that of the other half
    of an exchange with an assistant. `asked` is what a turn that ends with a question loses.
    `session` counts as far as a turn's session tells where it is, `alike` for sessions that share
    the words of the first ones. `named` and `led` are for each unit of word weight at the start of
    a record that the query names, or a first hit; `hop` is for one that holds all the rare words of
    a first hit. `newer` is how far what took a record's place stands above it at least.
    """

    turn_words: float = 1.0
    window_words: float = 1.0
    turn_vector: float = 1.0
    window_vector: float = 1.0
    memory: float = 0.75
    answer: float = 0.5
    exchange: float = 0.5
    asked: float = 1.0
    session: float = 4.0
    alike: float = 1.0
    speaker: float = 5.0
    time: float = 10.0
    user: float = 6.0
    assistant: float = 6.0
    named: float = 0.5
    led: float = 2.0
    hop: float = 10.0
    newer: float = 0.01


class FusedRetriever(Retriever):
    """Keyword and vector scores of turns and three-turn windows, with soft evidence around them.

    Each list is z-scaled over the pool of all lists' candidates, then summed (scaled sums lose
    less than rank fusion when one list is much weaker). To the sum come the session's own score, a
    bonus for turns of the one speaker whom the query names, and one for turns near the time it
    names. These two count as much as a turn's words do, because they are said outright; nothing
    filters, so a name or a date that leads nowhere changes no order.

    In a conversation what belongs together stands together. Where most records stand alone, as
    passages of a collection do, names take the neighbours' place: a record whose first words are in
    the query gains, and by a second hop one whose first words are in a first hit, as do, much less,
    those that share rare words with the hit.

    Among people, the turns after a question that is like the query get a share of the question's
    sum, and a turn that asks gives way to one that tells. Where people talk to an assistant every
    turn answers. There, users' and assistants' turns are scaled apart, because a long answer is
    like every question, and users' turns are preferred, because what a user wants remembered the
    user has said; unless the query asks what the assistant did. The two halves of an exchange lend
    each other a share of their sums, because an answer tells what its question was about, and
    sessions that share the first ones' words gain, because one matter is taken up again and again.

    What speaks for a turn whose facts no longer hold speaks for the turn that gave them another
    value, which is put above it; the older one keeps its own score, for those who ask what was.
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
            "facts": {"memory": 0.0},
            "answer": {"answer": 0.0},
            "exchange": {"exchange": 0.0},
            "question": {"asked": 0.0},
            "session": {"session": 0.0},
            "sessions alike": {"alike": 0.0},
            "speaker named": {"speaker": 0.0},
            "time named": {"time": 0.0},
            "user preferred": {"user": 0.0},
            "assistant asked": {"assistant": 0.0},
            "named": {"named": 0.0},
            "second hop": {"led": 0.0, "hop": 0.0},
            "second hop by name": {"led": 0.0},
            "second hop by rare words": {"hop": 0.0},
            "newer": {"newer": 0.0},
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
        links = self._linked(query, lists, view)
        pool = pooled([*(found for _, _, found in lists), *links.values()], view.turns.size)
        pool, newer = self._newer(pool, view)
        signals = self._signals(query, pool, lists, view)
        signals |= {name: spread_over(pool, found, 0.0) for name, found in links.items()}
        totals = _total(signals)
        if len(newer.sources):
            signals["newer"] = self._inherited(pool, totals, newer)
            totals = totals + signals["newer"]
        return ranked(pool, self._scores(query, totals, lists, view), signals)

    def _newer(self, pool: Ints, view: View) -> tuple[Ints, Edges]:
        """The pool with what took the place of its records, and what took the place of which."""
        found = view.turns.successors(pool if self._weights.newer else pool[:0])
        while len(found.sources):
            wider = np.union1d(pool, found.targets)
            if len(wider) == len(pool):
                break
            pool, found = wider, view.turns.successors(wider)
        return pool, found

    def _inherited(self, pool: Ints, totals: Floats, newer: Edges) -> Floats:
        """What lifts each record above the ones whose place it took, one after the other."""
        old, new = (np.searchsorted(pool, ends) for ends in (newer.sources, newer.targets))
        lifted = totals.copy()
        for _ in range(_GENERATIONS):
            before = lifted.copy()
            np.maximum.at(lifted, new, lifted[old] + np.float32(self._weights.newer))
            if np.array_equal(before, lifted):
                break
        gains: Floats = lifted - totals
        return gains

    def _lists(self, query: Query, view: View) -> list[Listed]:
        """The candidates of every kind whose weight is not zero.

        The window of a record that stands alone is the record itself, which would count twice.
        What one voice writes down note by note is told apart by what each note says alone; a
        vector, to which neighbours add as much as the record, then tells of the wrong notes.
        Derived records speak for turns among people, who leave out names and days; what is written
        to an assistant, or as a passage, says it all itself.
        """
        turns, weights = view.turns, self._weights
        if not turns.size:
            return []
        known = {
            ("keyword", "turn"): weights.turn_words,
            ("keyword", "window"): weights.window_words * (1.0 - turns.summary(standing_alone)),
            ("vector", "turn"): weights.turn_vector,
            ("vector", "window"): weights.window_vector * turns.summary(conversing),
        }
        lists = [
            (f"{index}.{how}", weight, turns.search(index, query, self._pool, how))
            for index in turns.indexes()
            for how in turns.views(index)
            if how in _LISTED and (weight := known.get((index, how), 1.0))
        ]
        if weight := weights.memory * among_people(view):
            lists.append(("memory", weight, self._memory_keys(query, view)))
        return [one for one in lists if len(one[2].ordinals)]

    def _memory_keys(self, query: Query, view: View) -> Scored:
        """What derived records say for the turns they rest on: the best of each turn's keys."""
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
        groups = sides(pool, view)
        signals = self._scaled(pool, lists, groups)
        base = _total(signals)
        kinds = list(signals.values())
        signals["speaker"] = self._named_speaker(query, pool, view)
        signals["time"] = self._named_time(query, pool, view)
        if groups is None:
            kinds += [signals["speaker"], signals["time"]]
        signals["session"] = self._sessions(query, pool, kinds, groups, view)
        if groups is None:
            signals["answer"] = self._answers(pool, base, view)
            signals["question"] = np.float32(-self._weights.asked) * view.turns.questions[pool]
        else:
            signals["exchange"] = self._exchanges(pool, base, groups, view)
            signals["side"] = self._preferred_side(query, groups)
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

    def _answers(self, pool: Ints, base: Floats, view: View) -> Floats:
        """What comes after a question that is like the query may be its answer.

        Both may take several turns: who answers sends one message after the other, and who asks
        may have said more before or after the question.
        """
        turns = view.turns
        asking = np.flatnonzero(turns.questions[pool] & (base > 0.0))
        at, sums, asker = pool[asking], base[asking], voices(pool[asking], turns)
        told_by = np.full(len(at), -1)
        best = np.zeros(len(pool), np.float32)
        for step in range(_IN_A_ROW):
            at = turns.following[at]
            voice = voices(at, turns)
            told_by = np.where((told_by < 0) & (voice != asker), voice, told_by)
            going = (at >= 0) & ((told_by < 0) | (told_by == voice))
            at, sums, asker, told_by = at[going], sums[going], asker[going], told_by[going]
            places, known = _places(pool, at)
            told = known & ~turns.questions[at] & ((told_by >= 0) | (step == 0))
            np.maximum.at(best, places[told], sums[told])
        return np.float32(self._weights.answer) * best

    def _exchanges(self, pool: Ints, base: Floats, groups: Ints, view: View) -> Floats:
        """What speaks for an answer speaks for its question, and the other way round."""
        turns = view.turns
        places, known = _places(
            pool, np.where(groups == 0, turns.following[pool], turns.previous[pool])
        )
        known &= groups[places] != groups
        shares: Floats = np.where(known, base[places] - base.min(), 0.0).astype(np.float32)
        return np.float32(self._weights.exchange) * shares

    def _preferred_side(self, query: Query, groups: Ints) -> Floats:
        """Users' turns, or the assistant's when the query asks what "you" said or did."""
        asked = _WHAT_YOU_DID.search(query.text.lower()) is not None
        weight = self._weights.assistant if asked else self._weights.user
        preferred: Floats = np.where(groups == int(asked), np.float32(weight), np.float32(0.0))
        return preferred

    def _sessions(
        self, query: Query, pool: Ints, scaled: Sequence[Floats], groups: Ints | None, view: View
    ) -> Floats:
        """How well the sessions match.

        Among people one turn says it all, who speaks and when included. To an assistant a question
        brings some words and the answer others, so there each list speaks for the session by its
        own best turn. Neither tells anything of the other turns where a session goes from one
        matter to the next.
        """
        if not self._weights.session:
            return np.zeros(len(pool), np.float32)
        share = view.turns.summary(held_together)
        weight = np.float32(self._weights.session * located_share(view.turns) * share)
        if groups is None:
            total: Floats = np.sum(scaled, axis=0, dtype=np.float32)
            return weight * session_scores(query, pool, [total], view, 0.0)
        return weight * session_scores(query, pool, scaled, view, self._weights.alike * share)

    def _named_speaker(self, query: Query, pool: Ints, view: View) -> Floats:
        asked = {stem(word) for word in words(query.text)}
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
        from memkit.periods import periods  # five grammars: loaded by the first question

        named = periods(query.text, query.now) if self._weights.time else []
        if not named:
            return np.zeros(len(pool), np.float32)
        return np.float32(self._weights.time) * nearness(view.turns.when[pool], named, _WEEK)

    def _linked(self, query: Query, lists: list[Listed], view: View) -> dict[str, Scored]:
        """Where most records stand alone: those named by the query or linked to the first hits."""
        weights, alone = self._weights, view.turns.summary(standing_alone)
        if alone < _MOSTLY or not (weights.named or weights.led or weights.hop):
            return {}
        pool = pooled((found for _, _, found in lists), view.turns.size)
        totals = _total(self._scaled(pool, lists, sides(pool, view)))
        links = Links(alone * weights.named, alone * weights.led, alone * weights.hop)
        return linked(query, pool, totals, links, view)

    def _scores(self, query: Query, totals: Floats, lists: list[Listed], view: View) -> Floats:
        """Sums to 0..1: how well the best candidate matches at all, falling with the distance."""
        level = _level(query, lists, view)
        scores: Floats = level * np.exp((totals - totals.max()) / _TEMPERATURE)
        return scores


@lru_cache(maxsize=4096)
def _first_name(name: str) -> str:
    found = words(name)
    return stem(found[0]) if found else ""


def _total(signals: dict[str, Floats]) -> Floats:
    total: Floats = np.sum(list(signals.values()), axis=0, dtype=np.float32)
    return total


def _places(pool: Ints, wanted: Ints) -> tuple[Ints, Mask]:
    """Where in the pool (ascending) each wanted record stands, and whether it does."""
    places = np.minimum(np.searchsorted(pool, wanted), len(pool) - 1)
    return places, pool[places] == wanted


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
