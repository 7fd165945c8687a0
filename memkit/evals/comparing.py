"""Two runs side by side: how they were set up, what differs by question, and which flipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from memkit.errors import InvalidInput
from memkit.evals.measures import Interval, paired_bootstrap
from memkit.evals.runs import Asked, Found, Run

_AMOUNTS: Final = ("tokens", "words", "length", "seconds")
"""What the names of measures hold that are no shares."""
_NO_SETTING: Final = ("type", "format", "asked", "skipped")
"""Keys of a header that decide no outcome."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One of the two that are compared: a retriever of a run."""

    run: Run
    retriever: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure of both arms over the questions that have it, and what B gains on A (95 %)."""

    name: str
    measure: str
    a: float
    b: float
    gain: Interval

    @property
    def verdict(self) -> Literal["better", "worse", "more", "less", "unclear"]:
        """Whether the interval of the gain lies above zero, below, or around it.

        Of tokens and times there is more or less: whether that is good, the recall tells. Of what
        counts mistakes, fewer are better.
        """
        if self.gain.low <= 0 <= self.gain.high:
            return "unclear"
        above = self.gain.low > 0
        if any(sign in self.measure for sign in _AMOUNTS):
            return "more" if above else "less"
        return "better" if above != self.measure.endswith(".wrong") else "worse"


@dataclass(frozen=True, slots=True)
class Flip:
    """A question on which the judged measure differs."""

    conversation: str
    question: str
    category: str
    text: str
    gold: str
    a: float
    b: float

    @property
    def gain(self) -> float:
        """What B has more than A."""
        return self.b - self.a


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two arms.

    `settings` maps each key of the configuration that differs to its values in A and B. `only_a`
    and `only_b` count questions that the other arm was not asked.
    """

    a: Arm
    b: Arm
    measure: str
    settings: Mapping[str, tuple[Any, Any]]
    paired: int
    only_a: int
    only_b: int
    measures: tuple[Difference, ...]
    categories: tuple[Difference, ...]
    flips: tuple[Flip, ...]

    @property
    def judged(self) -> Difference:
        """The measure that the comparison goes by."""
        return next(each for each in self.measures if each.name == self.measure)

    @property
    def gained(self) -> list[Flip]:
        """The questions on which B is better, the most first."""
        return [flip for flip in self.flips if flip.gain > 0]

    @property
    def lost(self) -> list[Flip]:
        """The questions on which B is worse, the most first."""
        return [flip for flip in self.flips if flip.gain < 0]


def arms(runs: Sequence[Run], retrievers: Sequence[str]) -> tuple[Arm, Arm]:
    """Which two are compared: two files, or two retrievers of one.

    Of two files the first retriever that was asked for is taken, unless one is named for both or
    one for each. Raises `InvalidInput` where that does not come to two.
    """
    if len(runs) == 2 and len(retrievers) <= 2:
        named = list(retrievers) * 2 if len(retrievers) == 1 else list(retrievers)
        first, second = named or [_first(runs[0], runs[1]), _first(runs[1], runs[0])]
        return _arm(runs[0], first), _arm(runs[1], second)
    if len(runs) == 1 and len(retrievers) == 2:
        return _arm(runs[0], retrievers[0]), _arm(runs[0], retrievers[1])
    if len(runs) == 1 and not retrievers and len(runs[0].retrievers) == 2:
        return _arm(runs[0], runs[0].retrievers[0]), _arm(runs[0], runs[0].retrievers[1])
    raise InvalidInput(
        f"Two are compared, but {len(runs)} file(s) and {len(retrievers)} retriever(s) were given: "
        "name two files, or one file and two of its retrievers "
        f"({', '.join(runs[0].retrievers)})."
    )


def compare(a: Arm, b: Arm, *, measure: str | None = None) -> Comparison:
    """Pair two arms question by question.

    `measure` is what decides which questions flipped; left out, what A's data set is judged by.
    Intervals are of a bootstrap over conversations. Raises `InvalidInput` where no question, or
    no measure, is common to both.
    """
    ours = {one.key: one for one in a.run.questions if a.retriever in one.results}
    theirs = {one.key: one for one in b.run.questions if b.retriever in one.results}
    both = [key for key in ours if key in theirs]
    if not both:
        raise InvalidInput(
            f"{a.run.name} and {b.run.name} have no question in common: they are of "
            f"{a.run.config.get('dataset')!r} and {b.run.config.get('dataset')!r}."
        )
    pairs = [(ours[key], ours[key].results[a.retriever], theirs[key].results[b.retriever])
             for key in both]  # fmt: skip
    names = list(dict.fromkeys(name for _, found, _ in pairs for name in found.measures))
    shared = [made for name in names if (made := _difference(name, name, pairs)) is not None]
    judged = _judged(measure or a.run.main, [each.name for each in shared])
    categories = sorted({asked.category for asked, *_ in pairs})
    parts = [_difference(name, judged, [pair for pair in pairs if pair[0].category == name])
             for name in categories]  # fmt: skip
    return Comparison(
        a, b, judged, settings(a, b), len(both), len(ours) - len(both), len(theirs) - len(both),
        tuple(shared), tuple(each for each in parts if each is not None), _flips(judged, pairs),
    )  # fmt: skip


def settings(a: Arm, b: Arm) -> dict[str, tuple[Any, Any]]:
    """What was set otherwise, by key; the retriever is its name and its class."""
    ours, theirs = _set(a), _set(b)
    keys = dict.fromkeys([*ours, *theirs])
    return {key: (ours.get(key), theirs.get(key)) for key in keys
            if ours.get(key) != theirs.get(key)}  # fmt: skip


_Pair = tuple[Asked, Found, Found]


def _set(arm: Arm) -> dict[str, Any]:
    config = {key: value for key, value in arm.run.config.items() if key not in _NO_SETTING}
    classes = config.pop("retrievers", None) or {}
    made = classes.get(arm.retriever) if isinstance(classes, Mapping) else None
    return {"retriever": arm.retriever, "retriever class": made, **config}


def _first(run: Run, other: Run) -> str:
    """The retriever asked for first that both have; else the first."""
    return next((each for each in run.asked if each in other.retrievers), run.asked[0])


def _arm(run: Run, retriever: str) -> Arm:
    if retriever not in run.retrievers:
        raise InvalidInput(
            f"{run.name} has no results of {retriever!r}; it has {', '.join(run.retrievers)}."
        )
    return Arm(run, retriever)


def _judged(measure: str, names: Sequence[str]) -> str:
    if measure in names:
        return measure
    raise InvalidInput(f"Both have no measure {measure!r}; they have {', '.join(names)}.")


def _difference(name: str, measure: str, pairs: Sequence[_Pair]) -> Difference | None:
    """The measure over those that have it on both sides; None where no question has."""
    kept = [
        (one.measures[measure], two.measures[measure], asked.conversation)
        for asked, one, two in pairs
        if measure in one.measures and measure in two.measures
    ]
    if not kept:
        return None
    ours, theirs, clusters = zip(*kept, strict=True)
    gain = paired_bootstrap(theirs, ours, clusters)
    return Difference(name, measure, float(np.mean(ours)), float(np.mean(theirs)), gain)


def _flips(measure: str, pairs: Sequence[_Pair]) -> tuple[Flip, ...]:
    """What differs, the most first, then in the order asked."""
    found = [
        Flip(asked.conversation, asked.id, asked.category, asked.text, asked.gold,
             one.measures[measure], two.measures[measure])
        for asked, one, two in pairs
        if one.measures.get(measure, 0.0) != two.measures.get(measure, 0.0)
        and measure in one.measures and measure in two.measures
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda flip: -abs(flip.gain)))
