"""What stands side by side in a report: each retriever of each run, under a short name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from memkit.evals.measures import Interval, bootstrap, wilson
from memkit.evals.runs import Asked, Found, Run


@dataclass(frozen=True, slots=True)
class Shown:
    """A retriever of a run; `chief` are those that were asked for, the others are baselines."""

    label: str
    run: Run
    retriever: str
    chief: bool

    def found(self, key: tuple[str, str]) -> Found | None:
        """What it found for a question, if it was asked."""
        asked = self.run.by_key.get(key)
        return asked.results.get(self.retriever) if asked is not None else None

    def interval(self, measure: str, wanted: Callable[[Asked], bool] | None = None) -> Interval:
        """The mean of a measure over its questions, or those wanted, with 95 %."""
        kept = [(asked, value) for asked, value in self.run.values(self.retriever, measure)
                if wanted is None or wanted(asked)]  # fmt: skip
        values = [value for _, value in kept]
        clusters = [asked.conversation for asked, _ in kept]
        if len(set(clusters)) < 3 and all(0 <= value <= 1 for value in values):
            return wilson(sum(values), len(values))
        return bootstrap(values, clusters)


def of_category(name: str, asked: Asked) -> bool:
    """Whether a question is of that category."""
    return asked.category == name


def letter(place: int) -> str:
    """`A`, `B`...: what a run is called in its report."""
    return ascii_uppercase[place] if place < len(ascii_uppercase) else f"R{place + 1}"


def shown(runs: Sequence[Run]) -> list[Shown]:
    """Every retriever of every run; of several runs the letter stands before the name."""
    return [
        Shown(
            f"{letter(place)} {name}" if len(runs) > 1 else name, run, name, name in run.asked
        )
        for place, run in enumerate(runs)
        for name in run.retrievers
    ]  # fmt: skip
