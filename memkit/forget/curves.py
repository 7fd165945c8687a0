"""Published formulas of forgetting, as functions of numbers.

Times are in days unless said otherwise. None of them reads a clock.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

FSRS: Final = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""The 21 parameters of FSRS-6 as its authors fitted them (open-spaced-repetition)."""
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
_LEAST_STABILITY: Final = 0.001
_SHORTEST: Final = 1.0 / 86_400
"""One second: no use lies nearer to the moment that it is judged at."""


def retention(days: float, strength: float) -> float:
    """Ebbinghaus: R = exp(-t / S), `days` after the last use at strength S (in days)."""
    return math.exp(-max(0.0, days) / strength)


def base_level(ages: Sequence[float], count: int, life: float, decay: float = 0.5) -> float:
    """ACT-R base-level activation, ln of the sum of age^-d over all uses (Anderson 1990).

    `ages` are those of the latest uses that are known, newest first; `count` is the number of all,
    `life` the age of the first. What is not known is spread evenly between the oldest known use
    and the first (Petrov 2006, hybrid approximation).
    """
    known = [max(age, _SHORTEST) for age in ages[:count]]
    total = math.fsum(age**-decay for age in known)
    rest = count - len(known)
    if rest > 0:
        first = max(life, _SHORTEST)
        last = known[-1] if known else 0.0
        span = first - last
        if span > _SHORTEST:
            power = 1.0 - decay
            total += rest * (first**power - last**power) / (power * span)
        else:
            total += rest * first**-decay
    return math.log(total)


def recall_probability(activation: float, threshold: float, noise: float) -> float:
    """ACT-R: 1 / (1 + exp((threshold - A) / s))."""
    power = (threshold - activation) / noise
    return 1.0 / (1.0 + math.exp(power)) if power < 700 else 0.0


def retrievability(days: float, stability: float, w: Sequence[float] = FSRS) -> float:
    """FSRS-6: R(t) = (1 + F t / S)^-w20 with F = 0.9^(-1 / w20) - 1; 0.9 at t = S."""
    factor = 0.9 ** (-1.0 / w[20]) - 1.0
    return float((1.0 + factor * max(0.0, days) / stability) ** -w[20])


def interval(stability: float, target: float, w: Sequence[float] = FSRS) -> float:
    """FSRS-6: days after which retrievability has fallen to `target`."""
    factor = 0.9 ** (-1.0 / w[20]) - 1.0
    return float(stability / factor * (target ** (-1.0 / w[20]) - 1.0))


def first_review(grade: int, w: Sequence[float] = FSRS) -> tuple[float, float]:
    """FSRS-6: (stability, difficulty) after the first review with that grade (1 to 4)."""
    return max(w[grade - 1], _LEAST_STABILITY), _within(w[4] - math.exp(w[5] * (grade - 1)) + 1.0)


def next_review(
    stability: float, difficulty: float, days: float, grade: int, w: Sequence[float] = FSRS
) -> tuple[float, float]:
    """FSRS-6: (stability, difficulty) after another review, `days` after the last."""
    if days < 1.0:
        raised = math.exp(w[17] * (grade - GOOD + w[18])) * stability ** -w[19]
        new = stability * (max(raised, 1.0) if grade >= GOOD else raised)
    elif grade == AGAIN:
        new = _after_lapse(stability, difficulty, retrievability(days, stability, w), w)
    else:
        ease = {HARD: w[15], EASY: w[16]}.get(grade, 1.0)
        gap = math.exp(w[10] * (1.0 - retrievability(days, stability, w))) - 1.0
        gain = math.exp(w[8]) * (11.0 - difficulty) * stability ** -w[9] * gap * ease
        new = stability * (1.0 + gain)
    return max(new, _LEAST_STABILITY), _next_difficulty(difficulty, grade, w)


def heat(
    visits: float, interactions: float, days: float, *, weights: Sequence[float] = (1.0, 1.0, 1.0),
    tau: float = 1.0,
) -> float:  # fmt: skip
    """MemoryOS (Kang et al. 2025): a N_visit + b L_interaction + c exp(-t / tau)."""
    a, b, c = weights
    return a * visits + b * interactions + c * math.exp(-max(0.0, days) / tau)


def use_per_life(uses: float, life: float, total: float) -> float:
    """XMem (Cheng and Schwing 2022): uses over life, with a bonus for what is young.

    The bonus sqrt(ln T / life) keeps a new record from going before it could be used; `total` T
    is the age of the oldest record.
    """
    lived = max(life, 1.0)
    return uses / lived + math.sqrt(math.log(max(total, 1.0) + 1.0) / lived)


def _after_lapse(stability: float, difficulty: float, recalled: float, w: Sequence[float]) -> float:
    long = (
        w[11] * difficulty ** -w[12] * ((stability + 1.0) ** w[13] - 1.0)
        * math.exp(w[14] * (1.0 - recalled))
    )  # fmt: skip
    return float(min(long, stability / math.exp(w[17] * w[18])))


def _next_difficulty(difficulty: float, grade: int, w: Sequence[float]) -> float:
    """Linear damping, then mean reversion to the difficulty of an easy first review."""
    step = -w[6] * (grade - GOOD)
    damped = difficulty + step * (10.0 - difficulty) / 9.0
    easy = w[4] - math.exp(w[5] * (EASY - 1)) + 1.0
    return _within(w[7] * easy + (1.0 - w[7]) * damped)


def _within(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)
