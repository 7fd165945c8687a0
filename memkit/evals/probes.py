"""Questions about a scope, made from its own words by rule."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import groupby
from typing import Final

from memkit.evals.invented import IN_WORDS
from memkit.evals.probe_words import OTHERWISE, SELDOM, inflected
from memkit.models import Fact, Turn
from memkit.store import Scope
from memkit.text import stem, terms, without_blocks, words

_CUE: Final = 2
_RAREST: Final = 6
_LEAST: Final = 4
"""A turn with fewer telling words is not asked about."""
_SENTENCE: Final = re.compile(r"[^.!?\n\u3002]+(?:[.!?\u3002]+|\n|$)")
_ASKED: Final = (
    "What colour is the {thing}?", "When did {name} buy the {thing}?",
    "How much did the {thing} cost?", "Who gave {name} the {thing}?",
    "Where does {name} keep the {thing}?",
)  # fmt: skip

_OF_ONESELF: Final = (
    ("{who}'s", "my"), ("does {who}", "do I"), ("is {who}", "am I"), ("has {who}", "have I"),
    ("of {who}", "of mine"), ("{who}", "I"),
)  # fmt: skip
"""How one asks about oneself what is asked about another."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A question about one turn; each turn of `right` answers it."""

    turn: Turn
    question: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A question about what has changed: turns that hold the newest value, and an older one."""

    id: str
    question: str
    value: str
    new: frozenset[str]
    old: frozenset[str]


class Said:
    """What was said in one scope, and how telling each of its words is."""

    def __init__(self, scope: Scope, seed: int) -> None:
        self.scope = scope
        self.name = " ".join(f"{key}={value}" for key, value in sorted(scope.keys.items()))
        self.turns = [turn for turn in scope.turns(archived=False) if turn.origin != "echo"]
        self._seed = seed

    def order(self, id: str) -> bytes:
        """Where a record stands when some are drawn by lot: the same whatever else is there."""
        key = f"{self._seed} {self.name} {id}"
        return blake2b(key.encode(), digest_size=8).digest()

    def drawn(self, id: str) -> random.Random:
        """A lot of its own for each record."""
        return random.Random(f"{self._seed} {self.name} {id}")  # noqa: S311 - no secret

    @cached_property
    def held(self) -> dict[str, frozenset[str]]:
        """The terms of each turn, by its id."""
        return {turn.id: frozenset(terms(without_blocks(turn.text))) for turn in self.turns}

    @cached_property
    def spread(self) -> Counter[str]:
        """In how many turns each term stands."""
        return Counter(term for held in self.held.values() for term in held)

    @cached_property
    def speakers(self) -> list[str]:
        """Who speaks, those who speak most first."""
        counted = Counter(turn.speaker for turn in self.turns if turn.speaker)
        return [name for name, _ in counted.most_common()]

    def telling(self, turn: Turn) -> list[str]:
        """The words of a turn that tell it from others, the rarest first; no names of speakers."""
        spoken = {term for name in self.speakers for term in terms(name)}
        found: dict[str, str] = {}
        for word in words(without_blocks(turn.text)):
            term = stem(word)
            if term in self.held[turn.id] and term not in spoken and len(word) > 1:
                found.setdefault(term, word)
        kept = [
            word for term, word in found.items() if self.spread[term] <= len(self.turns) / 4 + 1
        ]
        return sorted(kept, key=lambda word: (self.spread[stem(word)], word))

    def holding(self, wanted: Sequence[str]) -> frozenset[str]:
        """The turns that hold all these words, in whatever form."""
        every = {stem(word) for word in wanted}
        return frozenset(id for id, held in self.held.items() if every <= held)


def sources(said: Said, turn: Turn) -> Cue | None:
    """Some of a turn's rarer words, in another order."""
    chosen = _chosen(said, turn)
    if chosen is None:
        return None
    question = f"What was said about {' and '.join(chosen)}?"
    return Cue(turn, question, said.holding(chosen))


def clozes(said: Said, turn: Turn) -> Cue | None:
    """A sentence of the turn without its most telling word."""
    telling = said.telling(turn)
    whole = [one.strip() for one in _SENTENCE.findall(without_blocks(turn.text))]
    for word in telling if len(telling) >= _LEAST else ():
        pattern = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
        for sentence in whole:
            rest = [one for one in telling if one != word and one in words(sentence)]
            if len(rest) > _CUE and pattern.search(sentence):
                question = pattern.sub("____", sentence)[:300]
                return Cue(turn, question, said.holding(rest) | {turn.id})
    return None


def paraphrases(said: Said, turn: Turn) -> Cue | None:
    """Some of its words in another order and other forms, one at least by another word."""
    lot = said.drawn(f"paraphrase {turn.id}")
    telling = said.telling(turn)
    swapped = [word for word in telling if stem(word) in OTHERWISE]
    others = [word for word in telling[:_RAREST] if word not in swapped[:1]]
    if not swapped or len(others) < _CUE:
        return None
    kept = [swapped[0], *lot.sample(others, _CUE)]
    changed = [OTHERWISE[stem(kept[0])], *map(inflected, kept[1:])]
    lot.shuffle(changed)
    question = f"Do you remember anything about {', '.join(changed[:-1])} or {changed[-1]}?"
    return Cue(turn, question, said.holding(kept))


def facts(said: Said) -> Iterator[Cue]:
    """What is held now, asked for by its subject and attribute."""
    live = {turn.id: turn for turn in said.turns}
    for _, several in groupby(_slots(said), key=_slot):
        now = [fact for fact in several if fact.status == "current"]
        right = frozenset(source.turn for fact in now for source in fact.sources) & set(live)
        if right:
            yield Cue(live[min(right)], _question(said, now[0], now=False), right)


def changes(said: Said) -> Iterator[Changed]:
    """Slots in which one value holds, and another did before."""
    live = {turn.id for turn in said.turns}
    for _, several in groupby(_slots(said), key=_slot):
        held = list(several)
        now = [fact for fact in held if fact.status == "current"]
        before = [fact for fact in held if fact.status == "superseded"]
        if len(now) != 1 or not before:
            continue
        new = frozenset(source.turn for source in now[0].sources) & live
        old = frozenset(source.turn for fact in before for source in fact.sources) & live - new
        if new and old:
            yield Changed(now[0].id, _question(said, now[0], now=True), now[0].value, new, old)


def unheard(said: Said, most: int) -> list[str]:
    """Questions about things that nobody in the scope has spoken of."""
    things = [thing for thing in SELDOM if not said.spread[stem(thing)]]
    lot = said.drawn("unheard")
    lot.shuffle(things)
    names = said.speakers[:3] or ["I"]
    return [
        _ASKED[place % len(_ASKED)].format(thing=thing, name=names[place % len(names)])
        for place, thing in enumerate(things[:most])
    ]


def _chosen(said: Said, turn: Turn) -> list[str] | None:
    telling = said.telling(turn)
    if len(telling) < _LEAST:
        return None
    return said.drawn(turn.id).sample(telling[:_RAREST], _CUE)


def _slots(said: Said) -> list[Fact]:
    """Every fact, those of one slot side by side."""
    return sorted(said.scope.facts(superseded=True), key=_slot)


def _slot(fact: Fact) -> tuple[str, str]:
    return fact.subject, fact.attribute


def _question(said: Said, fact: Fact, *, now: bool) -> str:
    attribute = fact.attribute.replace("_", " ")
    asked = IN_WORDS.get(attribute, f"What is {{who}}'s {attribute}")
    owners = {value.casefold() for value in said.scope.keys.values()}
    if fact.subject == "user" or fact.subject.casefold() in owners:
        for of_another, of_oneself in _OF_ONESELF:
            asked = asked.replace(of_another, of_oneself)
    return f"{asked.format(who=fact.subject)}{' now' if now else ''}?"
