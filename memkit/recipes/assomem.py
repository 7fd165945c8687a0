"""AssoMem: relevance, importance and time, weighed by what feedback has shown."""

from __future__ import annotations

from typing import ClassVar

from memkit.extract.entities import EntityExtractor
from memkit.extract.facts import FactExtractor
from memkit.index.association import AssociationIndex
from memkit.index.keyword import KeywordIndex
from memkit.index.vector import VectorIndex
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.associated import AssociatedRetriever
from memkit.retrieve.fused import FusedRetriever, Weights
from memkit.retrieve.multisignal import MultiSignalRetriever
from memkit.retrieve.timed import TimeAwareRetriever


class AssoMem(Recipe):
    """Clues bind turns into a graph; three signals rank them, with learned weights."""

    name: ClassVar[str] = "assomem"
    card: ClassVar[Card] = Card(
        paper="AssoMem: Scalable Memory QA with Multi-Signal Associative Retrieval (ICLR 2026)",
        source="arXiv 2510.10397",
        known_for="telling apart what looks alike: by how important a record is in the graph, and "
        "when it was, as much as by how similar",
        kept="turns bound by shared clues; relevance, importance by personalised PageRank, and "
        "nearness in time where the question names one; each signal weighed by its mutual "
        "information with what was judged useful",
        mended="the published weights need labels of the same kind as the test: here they start "
        "from what is known of each signal and move with `feedback`, by n / (n + 50); clues are "
        "terms that few turns hold, so no call is made",
        model="names the clues of a session and the kind of a question",
        without="rare terms are clues; five grammars read the time in a question",
    )

    def __init__(self, *, damping: float = 0.15, time: float = 1.0, learning: float = 0.5) -> None:
        """`time` is what a turn in the named period gains; `learning` what feedback may move."""
        self._damping = damping
        self._time = time
        self._learning = learning

    def compose(self) -> Composition:
        """The signals, one on the other, over the association graph."""
        relevance = FusedRetriever(weights=Weights(time=0.0))
        importance = AssociatedRetriever(relevance, damping=self._damping)
        return Composition(
            indexers=(KeywordIndex, VectorIndex, AssociationIndex),
            extractors=(EntityExtractor(), FactExtractor(which="dated")),
            retriever=MultiSignalRetriever(
                TimeAwareRetriever(importance, weight=self._time), learning=self._learning
            ),
        )
