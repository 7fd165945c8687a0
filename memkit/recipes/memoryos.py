"""MemoryOS: memory in tiers, paged like a computer's, promoted by heat."""

from __future__ import annotations

from typing import ClassVar

from memkit.consolidate.topics import TopicConsolidator
from memkit.extract.segments import SegmentExtractor
from memkit.extract.summaries import SummaryExtractor
from memkit.extract.triples import TripleExtractor
from memkit.forget.combined import BudgetPolicy
from memkit.forget.decay import HeatPolicy
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.granular import MultiGranularRetriever


class MemoryOS(Recipe):
    """Short-, mid- and long-term memory; `scope.tier(name)` shows what is in each.

    Segments are the pages of mid-term memory; `scope.profile()` is what was promoted of a person.
    """

    name: ClassVar[str] = "memoryos"
    card: ClassVar[Card] = Card(
        paper="Memory OS of AI Agent (EMNLP 2025)",
        source="arXiv 2506.06326",
        known_for="three tiers with paging: what is said often or long grows hot and is promoted, "
        "what stays cold is the first to go",
        kept="sessions are cut into segments by meaning and words; heat is visits + length + "
        "recency with weights of one; what is hotter than 5 is long-term; 2,000 pages at most, and "
        "the coldest go first; a profile out of what was confirmed",
        mended="the published code inserts a page once for each theme it has, keeps the recency of "
        "the moment it was written, and evicts a page that nobody had time to read: here tiers are "
        "views over single records, heat is worked out when it is asked for, and heat never ranks",
        model="tells continued talk from a new theme, writes summaries and the profile",
        without="segments end where vectors and words change; summaries quote; the profile is the "
        "current facts",
    )

    def __init__(self, *, pages: int = 2000, tau_days: float = 1.0) -> None:
        """At most `pages` live turns; recency fades by e in `tau_days`."""
        self._pages = pages
        self._tau = tau_days

    def compose(self) -> Composition:
        """Segments, summaries and facts over the turns, and a budget that goes by heat."""
        return Composition(
            extractors=(SegmentExtractor(), SummaryExtractor(), TripleExtractor()),
            consolidators=(TopicConsolidator(),),
            retriever=MultiGranularRetriever(),
            forgetting=BudgetPolicy(
                self._pages, unit="records", by=HeatPolicy(tau=self._tau, below=0.0)
            ),
        )
