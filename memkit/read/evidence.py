"""Which sentence of the hits bears the answer, and how much speaks for each."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from memkit.periods import Phrase, phrases
from memkit.read.questions import Asked
from memkit.read.sentences import OPEN, Sentence
from memkit.read.verbs import root
from memkit.text import words

_SIGNALS: Final = (
    "keyword.turn", "keyword.window", "vector.turn", "vector.window", "session", "time", "answer",
    "question",
)  # fmt: skip
"""What the default retriever says of a hit, without its guess at the speaker."""
_GIVEN: Final = 0.5
"""What every text has of a question: one that says little is not held against what is found."""
_TITLED: Final = frozenset("book movi song game seri show film band artist author novel".split())
_FIRST: Final = frozenset("i my me we our i'm i've we're we've mine us".split())

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Witness:
    """A sentence with what it has of the question and what speaks for it.

    `own` holds where the person asked about said it, or where the question names none of those
    who speak. `score` says nothing of who spoke.
    """

    sentence: Sentence
    features: Features
    score: float
    own: bool


class Evidence:
    """What was found for a question: its sentences, and what each shares with it."""

    def __init__(self, asked: Asked, sentences: Sequence[Sentence], now: datetime) -> None:
        self.asked = asked
        self.sentences = sentences
        self.now = now
        self._stems = [frozenset(token.stem for token in each.tokens) for each in sentences]
        self._seen = Counter(stem for stems in self._stems for stem in stems)
        self.keys = {key: value * self._rarity(key) for key, value in asked.keys.items()}
        self._total = sum(self.keys.values()) + _GIVEN
        speakers = {each.speaker for each in sentences if each.speaker}
        self.speakers = frozenset(root(part) for name in speakers for part in words(name))
        self.asked_stems = frozenset(token.stem for token in asked.tokens if token.stem)
        self._turns: dict[int, set[str]] = defaultdict(set)
        for each, stems in zip(sentences, self._stems, strict=True):
            self._turns[each.rank] |= stems

    def _rarity(self, key: str) -> float:
        return math.log(1 + len(self.sentences) / (0.5 + self._seen[key]))

    def _share(self, stems: set[str] | frozenset[str]) -> float:
        """How much of the question some words have, 0..1."""
        held = sum(value for key, value in self.keys.items() if key in stems)
        return (held + _GIVEN) / self._total

    def witnesses(self, weights: Mapping[str, float]) -> list[Witness]:
        """Every sentence, weighed, in the order found."""
        found = []
        for each, stems in zip(self.sentences, self._stems, strict=True):
            features = self.features(each, stems)
            own = len(self.asked.people) != 1 or each.speaker == self.asked.people[0]
            found.append(Witness(each, features, dot(features, weights), own))
        return found

    def features(self, each: Sentence, stems: frozenset[str]) -> Features:
        """What speaks for a sentence, whoever said it."""
        asked, why = self.asked, each.hit.why
        features = {name: why[name] / 5 for name in _SIGNALS if name in why}
        if not features:
            features["score"] = each.hit.score
        fresh = [t for t in each.tokens if t.part in OPEN and t.stem not in self.keys]
        features |= {
            "sentence.share": self._share(stems),
            "turn.share": self._share(self._turns[each.rank]),
            "head": float(bool(asked.head & stems)),
            "asks": float(each.asks),
            "first": float(each.first),
            "shown": float(each.shown),
            "i": float(any(token.text.lower() in _FIRST for token in each.tokens)),
            "words": math.log1p(len(each.tokens)),
            "fresh": min(len(fresh), 8) / 8,
            "bare": float(len(fresh) < 2),
            "hello": float(each.tokens[0].part == "hello"),
        }
        return features | self._of_kind(each)

    def _of_kind(self, each: Sentence) -> Features:
        """Whether a sentence has what could be an answer of the kind asked for."""
        asked = self.asked
        names = any(token.proper and token.stem not in self.keys for token in each.tokens)
        features = {f"{asked.kind}.name": float(names)}
        if asked.kind in ("count", "duration"):
            features["number"] = float(any(token.part == "number" for token in each.tokens))
        if asked.kind == "reason":
            features["reason.because"] = float(any(t.part == "because" for t in each.tokens))
        if asked.kind in ("time", "duration"):
            features[f"{asked.kind}.time"] = float(bool(times(each, self.now)))
        if asked.head & _TITLED:
            quoted = any(token.part == "quote" for token in each.tokens)
            features["title"] = float(names or quoted)
        return features


@lru_cache(maxsize=1 << 10)
def _phrases(text: str, said: datetime) -> tuple[Phrase, ...]:
    return tuple(phrases(text, said))


def times(each: Sentence, now: datetime) -> tuple[Phrase, ...]:
    """The times that a sentence names."""
    return _phrases(each.text, each.said(now))


def dot(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of some features."""
    return sum(value * weights.get(name, 0.0) for name, value in found.items())
