"""How likely it is that the hits hold the answer at all.

The commonest trap is the right event with the wrong person: so the first thing asked is how much
of what speaks for an answer was said by the one the question is about.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from memkit.read.evidence import Features, Witness, dot

_LEAST: Final = 0.02
"""What keeps the logarithm of odds finite."""


def belief(found: Sequence[Witness], weights: Mapping[str, float]) -> float:
    """The probability, 0..1, that the question can be answered from what was found."""
    return 1 / (1 + math.exp(-dot(features(found), weights))) if found else 0.0


def features(found: Sequence[Witness]) -> Features:
    """What the belief is reckoned from; `found` is not empty."""
    highest = max(each.score for each in found)
    odds = [math.exp(each.score - highest) for each in found]
    own = sum(p for p, each in zip(odds, found, strict=True) if each.own) / sum(odds)
    mine = [each for each in found if each.own] or found
    best = max(mine, key=lambda each: each.score)
    covered = max(each.features["turn.share"] for each in found)
    return {
        "constant": 1.0,
        "own": math.log((own + _LEAST) / (1 - own + _LEAST)),
        "score": best.score,
        "turn.share": best.features["turn.share"],
        "sentence.share": best.features["sentence.share"],
        "elsewhere": covered - best.features["turn.share"],
        "named": float(any(not each.own for each in found) or len({e.own for e in found}) > 1),
    }
