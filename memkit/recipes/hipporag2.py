"""HippoRAG 2: passages and what they name in one graph, walked from what the question names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from memkit.extract.entities import EntityExtractor
from memkit.extract.triples import TripleExtractor
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.graph import GraphRetriever
from memkit.retrieve.reordering import ModelFilter


class HippoRAG2(Recipe):
    """Personalised PageRank over turns and rare words, from the words of the question."""

    name: ClassVar[str] = "hipporag2"
    card: ClassVar[Card] = Card(
        paper="From RAG to Memory: Non-Parametric Continual Learning for LLMs (ICML 2025)",
        source="arXiv 2502.14802",
        known_for="evidence two hops away, found by a walk over a graph of entities and passages "
        "in place of asking twice",
        kept="passages and terms are nodes of one graph; each term of the question restarts the "
        "walk with 1 / (passages that hold it), each passage with .05 of its scaled score; damping "
        ".5; a filter may strike out what was recognised as beside the point; without terms the "
        "plain ranking stands",
        mended="names that everything mentions gather the walk: terms in many passages are no "
        "nodes; ln p is added to the plain ranking and does not replace it, since a walk alone "
        "loses simple questions",
        model="reads entities and triples, and filters the facts (worth .7 points of recall in the "
        "paper)",
        without="rare terms stand for entities; the filter is left out",
    )

    def __init__(
        self, *, damping: float = 0.5, candidates: int = 100,
        recognise: Callable[[str, Sequence[str]], Sequence[int]] | None = None,
    ) -> None:  # fmt: skip
        """`recognise` is given a question and texts, and returns the places of those to keep."""
        self._damping = damping
        self._candidates = candidates
        self._recognise = recognise

    def compose(self) -> Composition:
        """The graph is made for each question, out of the postings."""
        return Composition(
            extractors=(EntityExtractor(), TripleExtractor()),
            retriever=GraphRetriever(
                FusedRetriever(), candidates=self._candidates, damping=self._damping
            ),
            rerankers=(ModelFilter(self._recognise),) if self._recognise is not None else (),
        )
