"""Adding evidence to another retriever's ranking.

A score is read as the exponential of a sum of evidence, so evidence is added to its logarithm, in
standard deviations of the ranking's own logarithms. That fits any base without knowing its scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from memkit.contracts import Ranking, Scored, View
from memkit.retrieve.scaling import ranked
from memkit.types import Floats, Ints

_LEAST_SCORE = 1e-37
_UNCERTAIN = 0.1
"""The score of what only the added evidence has found, where the base found nothing."""
_LEAST_DEVIATION = 0.1
"""Where all scores are alike, evidence still decides."""
_HALF_SURE = 5.0
"""The BM25 score that is as good a sign as a cosine of one half."""

NO_TURNS: Ints = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Base:
    """A ranking by ascending ordinals: the logarithms of its scores, and what they are made of."""

    ordinals: Ints
    logs: Floats
    signals: dict[str, Floats]

    @classmethod
    def of(cls, ranking: Ranking, also: Ints = NO_TURNS) -> Base:
        """The ranking, with the turns of `also` that it lacks at its lowest score."""
        order = np.argsort(ranking.ordinals)
        held = ranking.ordinals[order]
        logs = np.log(np.maximum(ranking.scores[order], _LEAST_SCORE)).astype(np.float32)
        wider = np.union1d(held, also).astype(np.int64)
        places = np.searchsorted(wider, held)
        lowest = logs.min() if len(logs) else np.float32(np.log(_UNCERTAIN))
        return cls(
            wider,
            _placed(logs, places, len(wider), lowest),
            {
                name: _placed(values[order], places, len(wider), np.float32(0.0))
                for name, values in ranking.signals.items()
            },
        )

    @property
    def deviation(self) -> np.float32:
        """What one standard deviation of evidence is worth, in logarithms of a score."""
        return np.float32(np.hypot(self.logs.std() if len(self.logs) else 0.0, _LEAST_DEVIATION))

    @property
    def strengths(self) -> Floats:
        """Each candidate's own evidence, in standard deviations from the mean."""
        scaled: Floats = (self.logs - self.logs.mean()) / self.deviation
        return scaled

    def plus(self, name: str, evidence: Floats) -> Ranking:
        """Ranked with evidence (standard deviations, by ordinal) added; the top score stays."""
        logs = self.logs + self.deviation * evidence
        top = np.exp(self.logs.max(initial=-np.inf))
        scores = (top * np.exp(logs - logs.max(initial=-np.inf))).astype(np.float32)
        return ranked(self.ordinals, np.clip(scores, 0.0, 1.0), {**self.signals, name: evidence})


def _placed(values: Floats, places: Ints, size: int, missing: np.float32) -> Floats:
    wider = np.full(size, missing, np.float32)
    wider[places] = values
    return wider


def beside(ordinals: Ints, view: View) -> Ints:
    """The allowed turns just before and after these in their sessions, ascending."""
    near = np.concatenate([view.turns.previous[ordinals], view.turns.following[ordinals]])
    near = np.unique(near[near >= 0])
    chosen: Ints = near[view.turns.allowed[near]].astype(np.int64)
    return chosen


def certainty(lists: dict[str, Scored]) -> float:
    """How well the best candidate of any list matches, 0..1, so that scopes can be compared.

    The best cosine, or BM25 as x / (x + 5), whichever is higher.
    """
    best = 1e-3
    for name, found in lists.items():
        score = float(found.scores.max(initial=0.0))
        best = max(best, score / (score + _HALF_SURE) if name.startswith("keyword") else score)
    return min(best, 1.0)
