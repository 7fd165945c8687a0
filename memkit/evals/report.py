"""Outcomes to means: per retriever, per category, with intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from memkit.evals.measures import Interval, bootstrap, paired_bootstrap, wilson
from memkit.evals.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """The means of some outcomes, by measure."""

    name: str
    questions: int
    means: dict[str, float]


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds: median, 95th and 99th percentile."""

    p50: float
    p95: float
    p99: float


def row(name: str, outcomes: Sequence[Outcome]) -> Row:
    """The mean of every measure that the outcomes have."""
    values: dict[str, list[float]] = {}
    for outcome in outcomes:
        for measure, value in outcome.measures.items():
            values.setdefault(measure, []).append(value)
    return Row(name, len(outcomes), {each: float(np.mean(v)) for each, v in values.items()})


def by_category(outcomes: Sequence[Outcome]) -> list[Row]:
    """One row per category, in the order of their names."""
    names = sorted({outcome.category for outcome in outcomes})
    return [row(name, [each for each in outcomes if each.category == name]) for name in names]


AGES: Final = (
    ("up to a week", 7.0), ("a month", 31.0), ("three months", 92.0), ("half a year", 183.0),
    ("a year", 366.0), ("older", math.inf),
)  # fmt: skip
"""Ages of the evidence that are told apart: a name, and the days up to which it goes."""


def by_age(
    outcomes: Sequence[Outcome], ages: Mapping[tuple[str, str], float | None]
) -> dict[str, list[Outcome]]:
    """The outcomes by the age of the oldest evidence, in days by conversation and question."""
    found: dict[str, list[Outcome]] = {}
    low = -math.inf
    for name, high in AGES:
        within = [
            each for each in outcomes
            if (age := ages.get(each.key[:2])) is not None and low < age <= high
        ]  # fmt: skip
        if within:
            found[name] = within
        low = high
    return found


def interval(outcomes: Sequence[Outcome], measure: str) -> Interval:
    """The mean of a measure with 95 % confidence.

    By a bootstrap over conversations; over questions (Wilson) where there are fewer than three.
    """
    kept = [outcome for outcome in outcomes if measure in outcome.measures]
    values = [outcome.measures[measure] for outcome in kept]
    clusters = [outcome.conversation for outcome in kept]
    if len(set(clusters)) < 3:
        return wilson(sum(values), len(values))
    return bootstrap(values, clusters)


def difference(ours: Sequence[Outcome], theirs: Iterable[Outcome], measure: str) -> Interval:
    """The mean gain of `ours` over `theirs` in a measure, paired by question that has it."""
    other = {(each.conversation, each.question): each for each in theirs}
    pairs = [
        (each, other[each.conversation, each.question]) for each in ours if measure in each.measures
    ]
    return paired_bootstrap(
        [one.measures[measure] for one, _ in pairs],
        [two.measures[measure] for _, two in pairs],
        [one.conversation for one, _ in pairs],
    )


def latency(seconds: Sequence[float]) -> Latency | None:
    """Percentiles of so many seconds, in milliseconds; None of none."""
    if not seconds:
        return None
    p50, p95, p99 = np.percentile(np.asarray(seconds) * 1000.0, [50, 95, 99])
    return Latency(float(p50), float(p95), float(p99))
