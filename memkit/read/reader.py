"""A short answer out of the hits of a question, by rules and a few fitted weights."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from memkit.errors import InvalidInput
from memkit.models import Hit, Reading
from memkit.read import amounts, doubt, lists, verdicts
from memkit.read.evidence import Evidence, Witness, times
from memkit.read.questions import Asked, asked
from memkit.read.sentences import sentences
from memkit.read.spans import reason, spans
from memkit.read.times import told
from memkit.read.weights import FITTED, Weights

ABSTENTION: Final = "No information available"
THRESHOLD: Final = 0.45
_UNIT: Final = re.compile(r"\b(?:what|which) (year|month|day|date)\b", re.IGNORECASE)
_OFTEN: Final = re.compile(r"\bhow often\b", re.IGNORECASE)
_TRUSTED: Final = 2.0
"""What the score of a sentence counts beside that of a span in it."""
_NEAR: Final = 1.0
"""How far a sentence that says "because" may lie behind the best."""
_LOOKED_AT: Final = 6
"""How many of the best sentences spans are taken from."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer and the sentences it rests on; no answer where nothing of its kind was said."""

    answer: str
    rests_on: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """A question with its evidence; `ranked` is the best sentence first."""

    asked: Asked
    evidence: Evidence
    ranked: Sequence[Witness]
    now: datetime
    weights: Weights

    def worth(self, each: Witness) -> float:
        """The score of a sentence, with what it counts that the right person said it."""
        return each.score + self.weights.sentence.get("own", 0.0) * each.own

    def behind(self, each: Witness) -> float:
        """How far a sentence lies behind the best."""
        return self.worth(self.ranked[0]) - self.worth(each)


class ExtractiveReader:
    """Picks and composes the answer to a question from the turns of its hits.

    It abstains below `threshold`, 0..1, of the score, which is the probability that the hits hold
    an answer. `weights` are the fitted ones unless others are given.
    """

    def __init__(self, *, threshold: float = THRESHOLD, weights: Weights = FITTED) -> None:
        if not 0 <= threshold <= 1:
            raise InvalidInput(f"threshold={threshold!r} is no probability; give 0 to 1.")
        self.threshold = threshold
        self.weights = weights

    def read(
        self, question: str, hits: Sequence[Hit], *, now: datetime, owner: str | None = None
    ) -> Reading:
        """The answer, how sure it is that there is one, and the turns it rests on.

        Times are told as of when they were said; `now` is for turns without a time, and `owner`
        names who speaks in turns that name no speaker.
        """
        said = sentences(hits, owner)
        wanted = asked(question, [each.speaker for each in said if each.speaker])
        evidence = Evidence(wanted, said, now)
        found = evidence.witnesses(self.weights.sentence)
        score = doubt.belief(found, self.weights.doubt)
        ranked = sorted(found, key=lambda each: -self._rank(each))
        if not ranked:
            return Reading(ABSTENTION, 0.0, True, (), "none")
        kind, answer = _answered(_Case(wanted, evidence, ranked, now, self.weights))
        if score < self.threshold:
            return Reading(ABSTENTION, score, True, (), "none")
        sources = dict.fromkeys(each.sentence.turn.id for each in answer.rests_on)
        return Reading(answer.answer, score, False, tuple(sources), kind)

    def _rank(self, each: Witness) -> float:
        return each.score + self.weights.sentence.get("own", 0.0) * each.own


def _answered(case: _Case) -> tuple[str, _Found]:
    kind = "list" if case.asked.several and case.asked.kind in ("span", "name") else case.asked.kind
    rule = _RULES.get(kind)
    found = rule(case) if rule is not None else None
    if found is not None and found.answer:
        return kind, found
    return kind if rule is None else "span", _span(case)


def _time(case: _Case) -> _Found:
    best = case.ranked[0]
    unit = _UNIT.search(case.asked.text)
    found = times(best.sentence, case.now)
    answer = told(found, best.sentence.said(case.now), unit=unit[1].lower() if unit else "")
    return _Found(answer, (best,))


def _first(case: _Case, say: Callable[[Witness], str]) -> _Found | None:
    """What the best sentence that says it at all says."""
    for each in case.ranked[:_LOOKED_AT]:
        if answer := say(each):
            return _Found(answer, (each,))
    return None


def _duration(case: _Case) -> _Found | None:
    return _first(case, lambda each: amounts.length(each.sentence, times(each.sentence, case.now)))


def _count(case: _Case) -> _Found | None:
    if _OFTEN.search(case.asked.text):
        return _first(case, lambda each: amounts.frequency(each.sentence))
    return _first(case, lambda each: amounts.number(each.sentence, case.asked.head))


def _reason(case: _Case) -> _Found | None:
    """What follows "because" in the best sentence or one as good."""
    near = [each for each in case.ranked[:_LOOKED_AT] if case.behind(each) <= _NEAR]
    return next((_Found(said, (e,)) for e in near if (said := reason(e.sentence))), None)


def _verdict(case: _Case) -> _Found:
    return _Found(verdicts.verdict(case.ranked[0]), (case.ranked[0],))


def _choice(case: _Case) -> _Found:
    return _Found(verdicts.choice(case.asked.text, case.ranked), (case.ranked[0],))


def _list(case: _Case) -> _Found | None:
    items = lists.items(case.evidence, case.ranked, case.weights)
    return _Found(", ".join(text for text, _ in items), tuple(each for _, each in items))


def _span(case: _Case) -> _Found:
    best = max(
        (
            (each, span)
            for each in case.ranked[:_LOOKED_AT]
            for span in spans(case.evidence, each.sentence, case.weights.span)
        ),
        key=lambda pair: _TRUSTED * case.worth(pair[0]) + pair[1].score,
        default=None,
    )
    if best is None:
        return _Found(case.ranked[0].sentence.text, (case.ranked[0],))
    return _Found(best[1].text, (best[0],))


_RULES: Final[Mapping[str, Callable[[_Case], _Found | None]]] = {
    "time": _time,
    "duration": _duration,
    "count": _count,
    "reason": _reason,
    "yes-no": _verdict,
    "choice": _choice,
    "list": _list,
}
