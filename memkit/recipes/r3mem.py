"""R3Mem: compression that can be turned back: every summary opens to the exact source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from memkit.consolidate.compression import coverage
from memkit.consolidate.rollups import MonthlyConsolidator, YearlyConsolidator
from memkit.extract.entities import EntityExtractor
from memkit.extract.summaries import SummaryExtractor
from memkit.forget.combined import BudgetPolicy
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.granular import MultiGranularRetriever
from memkit.store import Scope


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """The exact text that a record stands for, and what the record itself keeps of it.

    `covered` is the share, 0..1, of the weight of the source's telling words; `lost` are numbers,
    dates and names that the record lacks. `stands`: whether it may take the source's place.
    """

    text: str
    turns: tuple[str, ...]
    covered: float
    lost: tuple[str, ...]
    stands: bool


class R3Mem(Recipe):
    """Session, month, year and entities above the turns; `reconstruct` goes back down."""

    name: ClassVar[str] = "r3mem"
    card: ClassVar[Card] = Card(
        paper="R3Mem: Bridging Memory Retention and Retrieval via Reversible Compression (2025)",
        source="arXiv 2502.15957",
        known_for="one hierarchy that compresses forwards and gives the text back backwards",
        kept="document, paragraph and entity as levels; compression beyond a budget; the way back "
        "is exact, and is checked",
        mended="the published network must be trained, and its inverse is only as good as on what "
        "it was trained: here compression quotes, and the inverse reads the source; a summary may "
        "stand for it only if no number, date or name is lost and .6 of the weight of its words "
        "is kept",
        model="is the compressor",
        without="the sentences that say most are quoted, with the characters they stand at; each "
        "`maintain` weighs every record against the budget, so it takes far longer than the "
        "default's, which forgets nothing",
    )

    def __init__(self, *, most_bytes: float = 50e6) -> None:
        """Beyond `most_bytes` of live text the weakest stretches are compressed."""
        self._most = most_bytes

    def compose(self) -> Composition:
        """Levels above the turns, and compression in the place of forgetting."""
        return Composition(
            extractors=(SummaryExtractor(), EntityExtractor()),
            consolidators=(MonthlyConsolidator(), YearlyConsolidator()),
            retriever=MultiGranularRetriever(),
            forgetting=BudgetPolicy(self._most, unit="bytes", action="compress"),
        )

    @staticmethod
    def reconstruct(scope: Scope, id: str) -> Reconstruction:
        """The exact words behind a record, in the order said; raises `NotFound`."""
        turns = scope.expand(id)
        texts = [turn.text for turn in turns]
        found = coverage(texts, scope.get(id).text)
        return Reconstruction(
            "\n".join(texts), tuple(turn.id for turn in turns), found.words, found.lost,
            found.stands,
        )  # fmt: skip
