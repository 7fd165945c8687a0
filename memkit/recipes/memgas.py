"""MemGAS: four granularities, an association graph, and a router that trusts the surest."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from memkit.extract.summaries import SummaryExtractor
from memkit.index.association import AssociationIndex
from memkit.index.keyword import KeywordIndex
from memkit.index.vector import VectorIndex
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.associated import AssociatedRetriever
from memkit.retrieve.granular import MultiGranularRetriever


class MemGAS(Recipe):
    """Turns, windows, sessions and summaries, weighed by certainty and smoothed by PageRank."""

    name: ClassVar[str] = "memgas"
    card: ClassVar[Card] = Card(
        paper="Towards Multi-Granularity Memory Association and Selection (ICLR 2026)",
        source="arXiv 2505.19549",
        known_for="the question chooses among granularities that are linked with each other",
        kept="session, turn, summary and key-term keys; edges where a two-component mixture of "
        "similarities says 'alike'; weights by the entropy of each list; personalised PageRank "
        "from the best 15 with damping .1",
        mended="the published code weighs by 1 - H, which is negative for long lists and so "
        "prefers the least certain one: here 1 - H / ln N, with the temperature found per query; "
        "words as well as vectors at every granularity; a session counts by its nearest turn, not "
        "by the mean of all",
        model="writes summaries and keywords; filters what was found",
        without="summaries quote the central sentences; keywords are the index's own terms",
    )

    def __init__(self, *, seeds: int = 15, damping: float = 0.1, degree: int = 16) -> None:
        """The walk starts from `seeds` turns; `degree` edges are kept per record."""
        self._seeds = seeds
        self._damping = damping
        self._degree = degree

    def compose(self) -> Composition:
        """Association beside words and vectors, and a retriever that asks them all."""
        return Composition(
            indexers=(KeywordIndex, VectorIndex, partial(AssociationIndex, degree=self._degree)),
            extractors=(SummaryExtractor(),),
            retriever=AssociatedRetriever(
                MultiGranularRetriever(), candidates=self._seeds, damping=self._damping
            ),
        )
