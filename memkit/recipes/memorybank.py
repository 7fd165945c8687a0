"""MemoryBank: a diary, a portrait, and retention that grows by being recalled."""

from __future__ import annotations

from typing import ClassVar

from memkit.consolidate.rollups import DailyConsolidator, MonthlyConsolidator, YearlyConsolidator
from memkit.extract.summaries import SummaryExtractor
from memkit.extract.triples import TripleExtractor
from memkit.forget.decay import EbbinghausPolicy
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.granular import MultiGranularRetriever


class MemoryBank(Recipe):
    """Summaries of days and of the whole, a profile, and forgetting after Ebbinghaus.

    `scope.profile()` is the portrait; the diary is the records of kind `summary` and level `day`.
    """

    name: ClassVar[str] = "memorybank"
    card: ClassVar[Card] = Card(
        paper="MemoryBank: Enhancing Large Language Models with Long-Term Memory (AAAI 2024)",
        source="arXiv 2305.10250",
        known_for="a companion that recalls days past, has a picture of its user, and forgets",
        kept="turns and daily summaries are keys beside each other; summaries of days are folded "
        "into longer ones; retention exp(-t / S), where each recall makes S longer",
        mended="the published code computes exp(-t S / 5), so that what is recalled often fades "
        "faster; it deletes by dice at every start, so that retention depends on how often one "
        "starts: here what falls below the bound is archived once, found by a rescue search, and "
        "comes back when used. S is 30 days, not one, since at one day everything not recalled is "
        "gone after three",
        model="writes the summaries of days and the portrait",
        without="summaries quote the sentences that say most; the portrait is the current facts; "
        "each `maintain` judges every record and folds summaries anew, so it takes far longer than "
        "the default's, which forgets nothing",
    )

    def __init__(self, *, days: float = 30.0, below: float = 0.05) -> None:
        """S is `days` and as many more for each recall; archived is what retains `below`."""
        self._days = days
        self._below = below

    def compose(self) -> Composition:
        """The diary's extractors and roll-ups, and the forgetting curve."""
        return Composition(
            extractors=(SummaryExtractor(), TripleExtractor()),
            consolidators=(DailyConsolidator(), MonthlyConsolidator(), YearlyConsolidator()),
            retriever=MultiGranularRetriever(),
            forgetting=EbbinghausPolicy(
                days=self._days, growth=self._days, below=self._below, action="archive"
            ),
        )
