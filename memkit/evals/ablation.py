"""What each signal of a retriever is worth: the same questions with and without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from memkit.contracts import Embedder, Retriever
from memkit.errors import InvalidInput
from memkit.evals import report, runner
from memkit.evals.data import Dataset
from memkit.evals.measures import Interval
from memkit.types import Progress

FULL = "full"


@runtime_checkable
class Variable(Protocol):
    """A retriever that can leave out its signals one at a time."""

    def variants(self) -> Mapping[str, Retriever]:
        """The name of each signal to the retriever without it."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What one signal adds to the measures, paired by question, with 95 % intervals."""

    signal: str
    without: Mapping[str, float]
    gains: Mapping[str, Interval]

    def verdict(self, measure: str) -> Literal["adds", "costs", "unclear"]:
        """Whether the interval of the gain lies above zero, below, or around it."""
        gain = self.gains[measure]
        if gain.low > 0:
            return "adds"
        return "costs" if gain.high < 0 else "unclear"


@dataclass(frozen=True, slots=True)
class Ablation:
    """The full retriever's means and the worth of each of its signals."""

    results: runner.Results
    measures: tuple[str, ...]
    full: report.Row
    signals: tuple[Worth, ...]


def ablate(
    dataset: Dataset, retriever: Retriever, *, embedder: Embedder | None,
    limit: int | None = None, out: Path | None = None, progress: Progress | None = None,
) -> Ablation:  # fmt: skip
    """Ask every question of the retriever and of each of its variants.

    Raises `InvalidInput` for a retriever without `variants()`.
    """
    if not isinstance(retriever, Variable):
        raise InvalidInput(
            f"{type(retriever).__name__} has no variants() that names its signals, so none of "
            "them can be left out."
        )
    variants = dict(retriever.variants())
    arms = {FULL: retriever, **{f"without {name}": each for name, each in variants.items()}}
    results = runner.run(
        dataset.limited(limit), retrievers=arms, embedder=embedder, out=out, progress=progress
    )
    full = results.of(FULL)
    main = dataset.main_measure
    measures = (main, f"{main.partition('.')[0]}.mrr")
    signals = []
    for name in variants:
        without = results.of(f"without {name}")
        means = report.row(name, without).means
        gains = {each: report.difference(full, without, each) for each in measures}
        signals.append(Worth(name, means, gains))
    return Ablation(results, measures, report.row(FULL, full), tuple(signals))
