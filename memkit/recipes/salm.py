"""SALM: the six operations of long-term memory as visible stages of one store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from memkit.consolidate.conflicts import ConflictConsolidator
from memkit.consolidate.duplicates import DuplicateConsolidator
from memkit.consolidate.rollups import MonthlyConsolidator
from memkit.extract.facts import FactExtractor
from memkit.extract.summaries import SummaryExtractor
from memkit.extract.triples import TripleExtractor
from memkit.forget.combined import AllPolicy, AnyPolicy, BudgetPolicy
from memkit.forget.decay import EbbinghausPolicy, ImportancePolicy
from memkit.models import Hit
from memkit.recipe import Card, Composition, Recipe
from memkit.recipes.judged import judgements
from memkit.retrieve.multisignal import MultiSignalRetriever
from memkit.store import Scope
from memkit.types import When


@dataclass(frozen=True, slots=True)
class Stage:
    """What one of the six operations did in a cycle: how many records it touched."""

    operation: str
    touched: int
    how: str


class SALM(Recipe):
    """Six operations, told one by one in `cycle`; `retrieve` adapts to feedback."""

    name: ClassVar[str] = "salm"
    card: ClassVar[Card] = Card(
        paper="Human-inspired Perspectives: A Survey on AI Long-term Memory (2024)",
        source="arXiv 2411.00489",
        known_for="an architecture of all that a long-term memory does, each adapting by itself: "
        "consolidation, updating, indexing, forgetting, retrieval, compression",
        kept="the six operations, separate and in order, each with an adapter that learns from use",
        mended="the survey draws boxes: here each is a part that runs, and says what it did",
        model="may take the place of any adapter",
        without="retrieval learns its weights from feedback; forgetting asks both importance and "
        "retention, each moved by use; updating follows claims; each `maintain` asks every record "
        "again, so it takes far longer than the default's, which forgets nothing",
    )

    def __init__(self, *, most: float = 100_000, half_kept: float = 0.5) -> None:
        """At most `most` live turns; compression begins at that share of it."""
        self._most = most
        self._share = half_kept

    def compose(self) -> Composition:
        """One part for each operation."""
        fading = AllPolicy(EbbinghausPolicy(), ImportancePolicy())
        return Composition(
            extractors=(FactExtractor(which="dated"), TripleExtractor(), SummaryExtractor()),
            consolidators=(DuplicateConsolidator(), ConflictConsolidator(), MonthlyConsolidator()),
            retriever=MultiSignalRetriever(),
            forgetting=AnyPolicy(
                fading, BudgetPolicy(self._most),
                BudgetPolicy(self._most * self._share, action="compress"),
            ),
        )  # fmt: skip

    @staticmethod
    def cycle(scope: Scope, *, now: When | None = None) -> list[Stage]:
        """One round of maintenance, told by operation: how many records each touched.

        `retrieve` counts the judgements that its weights have been learned from so far.
        `update` counts the facts that have lost their place to newer ones, now and before.
        """
        done = scope.maintain(now=now)
        moved = dict(done.consolidated)
        merged = sum(moved.pop(name, 0) for name in ("duplicates", "conflicts"))
        facts = scope.facts(superseded=True, at=now)
        updated = sum(fact.status == "superseded" for fact in facts)
        return [
            Stage("consolidate", sum(done.extracted.values()), _counted(done.extracted)),
            Stage("update", updated + merged, f"{updated} facts superseded, {merged} merged"),
            Stage("index", sum(moved.values()), _counted(moved)),
            Stage(
                "forget", done.archived + done.expired, "by retention and importance, or the budget"
            ),
            _learned(scope),
            Stage("compress", done.compressed, "stretches that a digest stands for"),
        ]

    @staticmethod
    def retrieve(scope: Scope, query: str, k: int = 10, *, now: When | None = None) -> list[Hit]:
        """The sixth operation; `feedback` on its hits moves the weights of the next one."""
        return scope.search(query, k, now=now)


def _learned(scope: Scope) -> Stage:
    said = Counter(entry.reason for entry in judgements(scope) for _ in entry.records)
    return Stage("retrieve", said.total(), f"weights learned from {_counted(said)}")


def _counted(of: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in of.items() if count) or "nothing"
