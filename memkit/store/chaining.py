"""Questions over several facts: "Where was the wife of my boss born?"

The name in the question leads to facts, their values to further facts. Of all such paths that one
answers whose attributes together say what the question asks: its words, as far as the words of an
attribute mean the same, weighed by how well they tell attributes apart. Linking a question to
facts, not to names alone, is HippoRAG 2's (Gutierrez et al. 2025); answering by steps over a table
ChatDB's (Hu et al. 2023). No model takes part, and where no path says enough there is no answer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from memkit.dates import moment, to_micros
from memkit.knowledge import key
from memkit.models import Fact
from memkit.storage.ledger import ScopeState
from memkit.storage.rows import Rows
from memkit.store import knowing
from memkit.store.likeness import Likeness, likeness
from memkit.store.maintaining import catch_up
from memkit.store.parts import Parts, require_count
from memkit.store.questions import Mention, Question, Word
from memkit.text import require_text, stem, terms, words
from memkit.types import Floats, Mask, When

_STEP: Final = 0.15
"""What a step costs, in words of full weight: of two paths that say the same the shorter wins."""
_IDLE: Final = 0.6
"""What a step costs besides that says nothing the steps before it have not said."""
_SAYS: Final = 0.3
_NAMED: Final = 0.5
"""Likeness from which a word of the question is a word for a step."""
_OWNED: Final = 2.0
"""How many times its weight a word counts that says whose it is, where it stays unsaid."""
_ASKED: Final = 0.5
"""What it is worth that the last step says what is asked for."""
_UNKNOWN: Final = 0.3
"""Share of its weight that a word counts with that means no attribute, where it stays unsaid."""
_ENOUGH: Final = 0.5
"""Share of what the question says that a path must say to be an answer."""
_ANSWERS: Final = 0.3
"""Share of what is asked for that the last step must say."""
_HABIT: Final = 3
"""Subjects by which it is known that an attribute is asked for across another."""
_BEAM: Final = 64


@dataclass(frozen=True, slots=True)
class _Step:
    """A fact, the words by which it was told what it is about, and its place in the order said."""

    fact: Fact
    words: tuple[str, ...]
    place: int


@dataclass(frozen=True, slots=True)
class _Path:
    """Facts one after the other, with how far each word of the question is said by them."""

    steps: tuple[_Step, ...]
    end: str
    said: Floats
    cost: float
    score: float

    def order(self) -> tuple[float, int, list[int]]:
        """The best first: by score, then the shorter one, then what was said last."""
        return -round(self.score, 6), len(self.steps), [-step.place for step in self.steps]


def chain(
    parts: Parts, keys: str, owner: Mapping[str, str], question: str, *, hops: int,
    at: When | None,
) -> list[Fact]:  # fmt: skip
    """The facts that lead from what the question names to its answer, the last one's value."""
    require_text(question, "question")
    require_count(hops, "hops")
    now = parts.now(None)
    asked = to_micros(now if at is None else moment(at, parts.zone, "at"))
    catch_up(parts, keys, now)
    with parts.storage.read() as rows:
        state = rows.scopes.find(keys)
        if state is None:
            return []
        graph = _Graph(rows, state, asked)
        found = _Search(graph, Question(question), likeness(parts.embedder)).best(owner, hops)
    return [step.fact for step in found.steps] if found is not None else []


class _Graph:
    """The facts of a scope by subject, read as they are come upon."""

    def __init__(self, rows: Rows, state: ScopeState, at: int) -> None:
        self._rows = rows
        self._state = state
        self._at = at
        self._steps: dict[str, list[_Step]] = {}

    def read(self, names: Iterable[str]) -> None:
        """Make ready what is known of these subjects."""
        wanted = [name for name in dict.fromkeys(names) if name and name not in self._steps]
        self._steps.update((name, []) for name in wanted)
        facts = knowing.about(self._rows, self._state, wanted, self._at)
        turns = [source.turn for fact in facts for source in fact.sources[:1]]
        texts = self._rows.records.by_ids(self._state.scope, dict.fromkeys(turns))
        for place, fact in enumerate(facts):
            source = fact.sources[0] if fact.sources else None
            row = texts.get(source.turn) if source is not None else None
            told = row.text[source.start : source.end] if row is not None and source else ""
            self._steps[key(fact.subject)].append(_Step(fact, _relating(fact, told), place))

    def of(self, name: str) -> Sequence[_Step]:
        """The facts about a subject that was made ready."""
        return self._steps.get(name, ())

    def attributes(self) -> list[tuple[str, ...]]:
        """The words of every attribute of the scope."""
        return [_content(name) for name in self._rows.facts.attributes(self._state.scope)]

    def leads(self, attribute: str, onwards: str) -> bool:
        """Whether one asks for the second attribute of who has the first and means the value's.

        A player's sport is that of the position: those who have the first have not the second,
        and of several the value has. Of a wife's birthplace this is never so for long.
        """
        first, second = key(attribute), key(onwards)
        having = self._rows.facts.of(self._state.scope, [("", first)])
        beyond = {
            key(row.subject) for row in self._rows.facts.of(self._state.scope, [("", second)])
        }
        if any(key(row.subject) in beyond for row in having):
            return False
        return len({row.slot for row in having if key(row.value) in beyond}) >= _HABIT

    def called(self, owner: Mapping[str, str], name: str) -> list[str]:
        """The keys of whoever is meant by a name."""
        return knowing.names_of(self._rows, self._state, owner, name)


class _Search:
    """One question, and the paths that may answer it."""

    def __init__(self, graph: _Graph, question: Question, alike: Likeness) -> None:
        self._graph = graph
        self._question = question
        self._alike = alike
        self._attributes = graph.attributes()
        self._leads: dict[tuple[str, str], bool] = {}

    def best(self, owner: Mapping[str, str], hops: int) -> _Path | None:
        """The path that says most of the question, if any says enough."""
        found = [
            path
            for start in self._starts(owner)
            for path in [_Walk(self, start, hops).best()]
            if path is not None
        ]
        return min(found, key=_Path.order, default=None)

    def _starts(self, owner: Mapping[str, str]) -> list[Mention]:
        """Whom or what the question names, as far as anything is known of them."""
        named = list(self._question.mentions())
        named += [
            Mention(place, place + 1, one)
            for place in self._question.speaker()
            for one in self._graph.called(owner, knowing.USER)
        ]
        found = self._known(named)
        if not found:
            found = self._known(
                Mention(start, end, one)
                for start, end, text in self._question.capitalised()
                for one in self._graph.called(owner, text)
            )
        return [one for one in found if not any(_is_part(one, other) for other in found)]

    def _known(self, named: Iterable[Mention]) -> list[Mention]:
        given = list(named)
        self._graph.read(mention.key for mention in given)
        return [mention for mention in given if self._graph.of(mention.key)]

    def steps(self, names: Sequence[str]) -> None:
        """Make ready what is known of these."""
        self._graph.read(names)

    def of(self, name: str) -> Sequence[_Step]:
        """The facts about a subject."""
        return self._graph.of(name)

    def leads(self, one: Fact, onwards: Fact) -> bool:
        """Whether a fact that the question does not speak of may lead to another."""
        pair = (one.attribute, onwards.attribute)
        if pair not in self._leads:
            self._leads[pair] = self._graph.leads(*pair)
        return self._leads[pair]

    def outside(self, start: Mention) -> list[Word]:
        """The words of the question that a name does not cover."""
        return [w for w in self._question.words if not start.start <= w.token < start.end]

    def owned(self, start: Mention, asked: Sequence[Word]) -> Mask:
        """Which words make it another's that is asked for: "the wife of Ana"."""
        tokens = self._question.owned(start)
        alone = Counter(word.token for word in asked)  # of "director/producer" one may be unsaid
        return np.array(
            [word.token in tokens and not word.kind and alone[word.token] == 1 for word in asked],
            bool,
        )

    def worth(self, start: Mention) -> float:
        """How much of the question a name covers."""
        return self._question.weight(start)

    def meant(self, asked: Sequence[Word], said: Sequence[str]) -> Floats:
        """How far each word of the question is said by these words."""
        return np.array(
            [max((self._alike.of(one.text, word) for word in said), default=0.0) for one in asked],
            np.float32,
        )

    def weights(self, asked: Sequence[Word]) -> tuple[Floats, Floats]:
        """How well each word tells attributes apart, and how much it counts where it is unsaid.

        A word that many attributes answer to weighs little (as inverse document frequency does).
        A name, or a word that means some attribute of the scope, must be said.
        """
        every = np.zeros((len(self._attributes), len(asked)), np.float32)
        for place, attribute in enumerate(self._attributes):
            every[place] = self.meant(asked, attribute)
        count = max(len(every), 1)
        weights = np.log1p(count / (1.0 + every.sum(axis=0))) / math.log1p(count)
        proper = np.array([word.proper for word in asked], bool)
        known = np.maximum(every.max(axis=0, initial=0.0), _UNKNOWN)
        return weights.astype(np.float32), np.where(proper, 1.0, known).astype(np.float32)


class _Walk:
    """Paths from one name in the question."""

    def __init__(self, search: _Search, start: Mention, hops: int) -> None:
        self._search = search
        self._start = start
        self._hops = hops
        self._asked = search.outside(start)
        self._weights, self._unsaid = search.weights(self._asked)
        self._owned = search.owned(start, self._asked)
        self._head = np.array([word.head and not word.kind for word in self._asked], bool)
        self._meanings: dict[tuple[str, ...], Floats] = {}

    def best(self) -> _Path | None:
        """The best path that answers."""
        none = np.zeros(len(self._asked), np.float32)
        paths = [_Path((), self._start.key, none, 0.0, 0.0)]
        found: list[_Path] = []
        for _ in range(self._hops):
            self._search.steps([path.end for path in paths])
            longer = [one for path in paths for one in self._onwards(path)]
            paths = sorted(longer, key=_Path.order)[:_BEAM]
            found += paths
        ranked = sorted(found, key=_Path.order)
        return next((one for one in ranked if self._answers(one) and self._is_usual(one)), None)

    def _onwards(self, path: _Path) -> Iterator[_Path]:
        last = path.steps[-1] if path.steps else None
        for step in self._search.of(path.end):
            if any(step.fact.id == before.fact.id for before in path.steps):
                continue
            if last is not None and self._is_silent(last) and self._is_silent(step):
                continue
            meaning = self._meaning(step)
            said = np.maximum(path.said, meaning)
            gain = float(self._weights @ (said - path.said))
            cost = path.cost + _STEP + (_IDLE if gain < _SAYS else 0.0)
            score = self._search.worth(self._start) + float(self._weights @ said) - cost
            score += _ASKED * self._asked_for(meaning)
            yield _Path((*path.steps, step), key(step.fact.value), said, cost, score)

    def _is_usual(self, path: _Path) -> bool:
        """Whether what the question does not speak of is passed through by habit only."""
        return all(
            self._search.leads(step.fact, onwards.fact)
            for step, onwards in pairwise(path.steps)
            if self._is_silent(step)
        )

    def _is_silent(self, step: _Step) -> bool:
        """Whether the question has no word for it: "the sport of" a player, by the position."""
        return float(self._meaning(step).max(initial=0.0)) < _NAMED

    def _meaning(self, step: _Step) -> Floats:
        if step.words not in self._meanings:
            self._meanings[step.words] = self._search.meant(self._asked, step.words)
        return self._meanings[step.words]

    def _share(self, said: Floats, which: Floats) -> float:
        """How much of some words is said; 1 of none."""
        weights = self._weights * which
        unsaid = np.where(self._owned & (said < _NAMED), np.float32(_OWNED), self._unsaid)
        whole = float(weights @ np.maximum(said, unsaid))
        return float(weights @ said) / whole if whole else 1.0

    def _asked_for(self, meaning: Floats) -> float:
        """How much of what is asked for is said."""
        return self._share(meaning, self._head.astype(np.float32))

    def _answers(self, path: _Path) -> bool:
        """Whether it says enough of the question, and its last step what is asked for."""
        if self._is_silent(path.steps[-1]):
            return False
        every = np.ones(len(self._asked), np.float32)
        last = self._meaning(path.steps[-1])
        return self._share(path.said, every) >= _ENOUGH and self._asked_for(last) >= _ANSWERS


def _is_part(one: Mention, other: Mention) -> bool:
    """Whether a name is only a part of a longer one in the question."""
    inside = other.start <= one.start and one.end <= other.end
    return inside and other.end - other.start > one.end - one.start


def _relating(fact: Fact, told: str) -> tuple[str, ...]:
    """The words that a fact was told in, beside its subject and its value, and its attribute's."""
    for part in (fact.subject, fact.value):
        told = told.replace(part, " ", 1)
    return _content(f"{fact.attribute} {told}")


def _content(text: str) -> tuple[str, ...]:
    kept = set(terms(text))
    return tuple(dict.fromkeys(word for word in words(text) if stem(word) in kept))
