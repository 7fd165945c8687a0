"""Stretches of words that may answer a question, and what speaks for each.

A span's score is a sum of weights: of where it begins and ends, of the words in it, and of its
length. Nothing is known of particular words; what counts is the part they play in the sentence,
and whether the question has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from memkit.keywords import weight
from memkit.read.evidence import Evidence, Features, dot, times
from memkit.read.questions import Asked
from memkit.read.sentences import OPEN, Sentence, Token

LONGEST: Final = 14
"""Words of the longest span."""
_NO_BEGIN: Final = frozenset(("article", "and", "comma", "mark", "hello", "but"))
_NO_END: Final = frozenset(
    ("article", "and", "comma", "mark", "possessive", "to", "in", "of", "with", "for", "be",
     "modal", "subject", "because", "which", "but")
)  # fmt: skip
_WIDE: Final = ((1, "1"), (2, "2"), (3, "3"), (4, "4"), (6, "6"), (8, "8"), (11, "11"), (99, "14"))
_BECAUSE: Final = frozenset(("because", "cause", "cuz", "coz"))
_FAR: Final = 5


@dataclass(frozen=True, slots=True)
class Span:
    """The tokens [begin, end) of a sentence, and its score."""

    sentence: Sentence
    begin: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """The words as they were said."""
        return self.sentence.words(self.begin, self.end)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words and marks."""
        return self.sentence.tokens[self.begin : self.end]


class _Places:
    """What speaks for beginning at, ending with, and holding each token of a sentence."""

    def __init__(self, evidence: Evidence, each: Sentence) -> None:
        self._evidence = evidence
        self._kind = evidence.asked.kind
        self._tokens = each.tokens
        self._keyed = [token.stem in evidence.keys for token in each.tokens]
        self._headed = [token.stem in evidence.asked.head for token in each.tokens]
        phrases = times(each, evidence.now)
        self.timed = [any(p.start <= t.start < p.end for p in phrases) for t in each.tokens]
        every = range(len(each.tokens))
        self.begins = [self._begin(place) for place in every]
        self.ends = [self._end(place) for place in every]
        self.inside = [self._inside(place) for place in every]
        known = evidence.asked_stems | evidence.speakers
        self.fresh = [
            bool(t.stem) and t.part in OPEN and t.stem not in known and not timed
            for t, timed in zip(each.tokens, self.timed, strict=True)
        ]
        self.sizes = [int(bool(t.stem) and t.part != "article") for t in each.tokens]

    def _begin(self, place: int) -> Features:
        token = self._tokens[place]
        before = self._tokens[place - 1] if place else None
        found = {
            f"before.{before.part if before else 'edge'}": 1.0,
            f"begin.{token.part}": 1.0,
            f"since.{self._since(place)}": 1.0,
        }
        if before is not None:
            found["begin.after-key"] = float(self._keyed[place - 1])
            found["begin.after-head"] = float(self._headed[place - 1])
            found["begin.cuts-name"] = float(token.proper and before.proper)
        return found

    def _since(self, place: int) -> str:
        """How many tokens ago the question's last word was."""
        for back in range(1, place + 1):
            if self._keyed[place - back]:
                return str(min(back - 1, _FAR))
        return "none"

    def _end(self, place: int) -> Features:
        token = self._tokens[place]
        after = self._tokens[place + 1] if place + 1 < len(self._tokens) else None
        found = {f"after.{after.part if after else 'edge'}": 1.0, f"end.{token.part}": 1.0}
        found["end.head"] = float(self._headed[place])
        if after is not None:
            found["end.before-key"] = float(self._keyed[place + 1])
            found["end.before-head"] = float(self._headed[place + 1])
            found["end.cuts-name"] = float(token.proper and after.proper)
        return found

    def _inside(self, place: int) -> Features:
        token = self._tokens[place]
        found = {f"in.{token.part}": 1.0, "in.time": float(self.timed[place])}
        if self._keyed[place]:
            found |= {"in.key": self._evidence.keys[token.stem] / 2, "in.keys": 1.0}
        elif self._headed[place]:
            found["in.head"] = 1.0
        elif token.part in OPEN:
            found["in.weight"] = weight(token.stem)
        if token.stem in self._evidence.speakers:
            found["in.speaker"] = 1.0
        elif token.proper and not self._keyed[place]:
            found[f"{self._kind}.in.name"] = 1.0
        return found


def spans(evidence: Evidence, each: Sentence, weights: Mapping[str, float]) -> list[Span]:
    """Every span of a sentence with its score."""
    places = _Places(evidence, each)
    begun, ended, within = (
        [dot(found, weights) for found in rows]
        for rows in (places.begins, places.ends, places.inside)
    )
    return [
        Span(
            each, begin, end,
            begun[begin] + ended[end - 1] + sum(within[begin:end])
            + dot(_of_length(evidence.asked, sum(places.sizes[begin:end])), weights),
        )
        for begin, end in _limits(each, places.fresh)
    ]  # fmt: skip


def reason(each: Sentence) -> str:
    """What a sentence says behind "because"; empty if it gives no reason so."""
    for place, token in enumerate(each.tokens[:-1]):
        if token.text.lower() in _BECAUSE:
            words = [n for n, t in enumerate(each.tokens[place:], place) if t.stem][1 : LONGEST + 1]
            return each.words(words[0], words[-1] + 1) if words else ""
    return ""


def features(evidence: Evidence, each: Sentence) -> list[tuple[Span, Features]]:
    """Every span of a sentence with what its score is summed of: what weights are fitted on."""
    places = _Places(evidence, each)
    found = []
    for begin, end in _limits(each, places.fresh):
        every: Counter[str] = Counter()
        for part in (places.begins[begin], places.ends[end - 1], *places.inside[begin:end]):
            for name, value in part.items():
                every[name] += value  # type: ignore[assignment]
        length = _of_length(evidence.asked, sum(places.sizes[begin:end]))
        found.append((Span(each, begin, end, 0.0), {**every, **length}))
    return found


def _limits(each: Sentence, fresh: Sequence[bool]) -> list[tuple[int, int]]:
    """(begin, end) of the spans that could be an answer: they say what the question does not."""
    parts = [token.part for token in each.tokens]
    worded = [bool(token.stem) for token in each.tokens]
    return [
        (begin, end)
        for begin in range(len(parts))
        if parts[begin] not in _NO_BEGIN
        for end in range(begin + 1, min(len(parts), begin + LONGEST + 4) + 1)
        if parts[end - 1] not in _NO_END
        and any(fresh[begin:end])
        and sum(worded[begin:end]) <= LONGEST
    ]


def _of_length(asked: Asked, size: int) -> Features:
    """What a length, in words, says."""
    wide = next(name for most, name in _WIDE if size <= most)
    long = size / _FAR
    return {f"length.{wide}": 1.0, f"{asked.kind}.size": long, f"{asked.kind}.long": long**2}
