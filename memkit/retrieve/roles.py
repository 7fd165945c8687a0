"""Who did what to whom, by the places of words alone: frames of role (x) filler, compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Final

import numpy as np

from memkit.contracts import Layer, Query, Ranking, Retriever, View
from memkit.index.hypervectors import Cleanup, Sums, symbol
from memkit.models import Stage
from memkit.retrieve.adding import Base
from memkit.retrieve.fused import FusedRetriever
from memkit.text import term_ids, terms, words
from memkit.types import Floats, Ints, Terms

_ANYONE: Final = "who"
"""Stands for whom the question asks for, and in a turn for whom the question does not name."""
_ASKS: Final = frozenset({"who", "whom", "whose"})
_FRONTS: Final = frozenset({"did", "does", "do", "has", "have", "had", "will", "would", "can"})
"""What stands before these in a question stands last in the answer: "whom did Ana help?"."""
_MEMORIES: Final = 30
_NOTED: Final = 500
"""Words of the best turn that are read to tell who stands in it: a frame takes 8 kB for each."""


class RoleRetriever(Retriever):
    """A base ranking, with turns raised that have the question's words in the question's roles.

    A word's role is its place before or after another one; in chats the speaker's name comes first
    of all. A frame is the bundle of a (x) p(b) for each a that stands before b by at most
    `reach` words, p being a rotation (Kanerva 2009). A turn gains by the likeness of its frame to
    the question's, and loses by that to the question's frame the other way round, so shared words
    alone give nothing. "Who" is bound like a word, and is whoever the question does not name.
    Records that were derived, triples among them, lend their frames to the turns they rest on.
    """

    name: ClassVar[str] = "roles"

    def __init__(
        self, base: Retriever | None = None, *, candidates: int = 50, weight: float = 0.5,
        reach: int = 8, size: int = 2048,
    ) -> None:  # fmt: skip
        """`weight` is what a turn with every role as asked gains, in deviations of the base."""
        self._base = base or FusedRetriever()
        self._candidates = candidates
        self._weight = np.float32(weight)
        self._reach = reach
        self._size = size

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The base ranking with the likeness of frames added."""
        first = self._base.retrieve(query, view)
        asked = _Asked.of(query, view, self._size)
        if asked is None or not len(first.ordinals):
            return first
        near = first.ordinals[: self._candidates]
        base = Base.of(first)
        evidence = np.zeros(len(base.ordinals), np.float32)
        evidence[np.searchsorted(base.ordinals, near)] = self._likeness(asked, near, view)
        ranking = base.plus("roles", self._weight * evidence)
        return replace(ranking, notes=(*first.notes, self._note(asked, ranking, view)))

    def _likeness(self, asked: _Asked, near: Ints, view: View) -> Floats:
        """-1..1 for each turn: the better one of its own words' and of what was derived of it."""
        own = self._of(asked, view.turns, near)
        if "keyword" not in view.memories.indexes():
            return own
        found = view.memories.search("keyword", asked.query, _MEMORIES).ordinals
        lent = dict.fromkeys(near.tolist(), -1.0)
        for memory, value in zip(
            found.tolist(), self._of(asked, view.memories, found), strict=True
        ):
            for turn in view.sources(memory).tolist():
                if turn in lent and value:
                    lent[turn] = max(lent[turn], float(value))
        return np.maximum(own, np.array([lent[turn] for turn in near.tolist()], np.float32))

    def _of(self, asked: _Asked, layer: Layer, ordinals: Ints) -> Floats:
        found = [asked.roles_in(row, self._reach) for row in layer.terms(ordinals)]
        return np.array(found, np.float32).reshape(len(ordinals))

    def _note(self, asked: _Asked, ranking: Ranking, view: View) -> Stage:
        """Who of the speakers stands where the question asks, in the best turn."""
        count, note = len(ranking.ordinals), f"{len(asked.names)} words in their order"
        if _ANYONE in asked.names:
            known = {
                id: name for name in view.speaker_names
                for id in _hashed(name) if id not in asked.names
            }  # fmt: skip
            row = [str(id) for id in view.turns.terms(ranking.ordinals[:1])[0][:_NOTED].tolist()]
            if known.keys() & set(row):
                noisy = asked.who(ordered(row, self._reach, self._size))
                name, _ = Cleanup(sorted(known.keys() & set(row)), self._size).nearest(noisy)
                note = f"{known[name]} stands where the question asks"
        return Stage("roles", count, count, note)


def ordered(names: Sequence[str], reach: int, size: int) -> Sums:
    """The frame of a sequence: the sum of a (x) p(b), a before b by at most `reach`."""
    bundle = np.zeros(size, np.int32)
    rows = np.stack([symbol(name, size) for name in names]).astype(np.int32)
    for place in range(len(rows) - 1):
        after = rows[place + 1 : place + 1 + reach].sum(axis=0)
        bundle += rows[place] * np.roll(after, 1)
    return bundle


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question's words in the order in which an answer would have them."""

    query: Query
    names: tuple[str, ...]
    people: frozenset[str]
    worth: Mapping[str, Mapping[str, float]]
    """Of each word before each other one: what that pair has of the question's frame, as asked less
    the other way round. Likeness is linear: a frame's is the sum of its pairs'."""

    @classmethod
    def of(cls, query: Query, view: View, size: int) -> _Asked | None:
        """None for a question of which the order tells nothing."""
        names = _sequence(query.text)
        people = frozenset(term for name in view.speaker_names for term in _hashed(name))
        tells = _ANYONE in names or people.intersection(names) or _is_yes_or_no(query.text)
        if len(names) < 2 or not tells:
            return None
        there, back = (ordered(each, len(names), size) for each in (names, names[::-1]))
        rows = np.stack([symbol(name, size) for name in names]).astype(np.float32)
        likeness = (rows * (there - back)) @ np.roll(rows, 1, axis=1).T / size
        worth = {
            one: dict(zip(names, row, strict=True))
            for one, row in zip(names, likeness.tolist(), strict=True)
        }
        return cls(query, names, people, worth)

    def roles_in(self, row: Terms, reach: int) -> float:
        """How much of the order is as asked, less what is the other way round; -1..1."""
        own = [str(id) for id in row.tolist()]
        others = self.people.difference(self.names)
        unnamed = others if others.intersection(own) else frozenset(own).difference(self.names)
        kept = [_ANYONE if name in unnamed else name for name in own]
        places = [place for place, name in enumerate(kept) if name in self.worth]
        total = 0.0
        for nth, place in enumerate(places):
            worth = self.worth[kept[place]]
            for other in places[nth + 1 :]:
                if other - place > reach:
                    break
                total += worth[kept[other]]
        pairs = len(self.names) * (len(self.names) - 1) / 2
        return min(max(total / pairs, -1.0), 1.0)

    def who(self, held: Sums) -> Sums:
        """What a frame has in the asked one's place, with noise: every other word unbound."""
        size, place = len(held), self.names.index(_ANYONE)
        noisy = np.zeros(size, np.int32)
        for other in self.names[place + 1 :]:
            noisy += held * np.roll(symbol(other, size), 1)
        for other in self.names[:place]:
            noisy += np.roll(held * symbol(other, size), -1)
        return noisy


@lru_cache(maxsize=1 << 12)
def _hashed(text: str) -> tuple[str, ...]:
    """The index terms of a text as symbols are named by them."""
    return tuple(map(str, term_ids(terms(text)).tolist()))


def _is_yes_or_no(text: str) -> bool:
    return words(text)[:1] != [] and words(text)[0] in _FRONTS


def _sequence(text: str) -> tuple[str, ...]:
    """Hashed terms of a question, each once, "who" among them, as an answer would have them."""
    said = words(text)
    front = next((place for place, word in enumerate(said) if word in _FRONTS), None)
    turned = [*said[front + 1 :], *said[:front]] if front is not None else said
    found: list[str] = []
    for word in turned:
        if word in _ASKS:
            found.append(_ANYONE)
        else:
            found += _hashed(f"x {word}")[1:]  # alone, a common word would be a term
    return tuple(dict.fromkeys(found))
