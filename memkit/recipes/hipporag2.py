"""HippoRAG 2: passages and what they name in one graph, walked from what the question names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from memkit.extract.entities import EntityExtractor
from memkit.extract.triples import TripleExtractor
from memkit.models import Hit
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.facts import FactGraphRetriever
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.reordering import ModelFilter, best_first, in_order


class Recognition(ModelFilter):
    """A filter of hits; where it recognises none, they come as their vectors alone rank them."""

    name: ClassVar[str] = "recognition"

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits that were recognised, or all of them by vectors."""
        kept = super().rerank(query, hits)
        if kept or not hits:
            return kept
        dense = [
            sum(value for name, value in hit.why.items() if name.startswith("vector"))
            for hit in hits
        ]
        return in_order(hits, best_first(dense), self.name, dense)


class HippoRAG2(Recipe):
    """Personalised PageRank over turns, rare words, entities and facts, from the question's."""

    name: ClassVar[str] = "hipporag2"
    card: ClassVar[Card] = Card(
        paper="From RAG to Memory: Non-Parametric Continual Learning for LLMs (ICML 2025)",
        source="arXiv 2502.14802",
        known_for="evidence two hops away, found by a walk over a graph of entities and passages "
        "in place of asking twice",
        kept="passages, terms, entities and facts are nodes of one graph; the walk restarts at the "
        "five facts nearest the question with score / (passages that hold it), at each of its "
        "terms with 1 / passages, at each passage with .05 of its scaled score; phrases of cosine "
        ".8 and more are synonyms, joined by an edge; damping .5; a filter may strike out what is "
        "beside the point, and where it leaves nothing the ranking is that of the vectors",
        mended="names that everything mentions gather the walk: terms in many passages are no "
        "nodes; ln p is added to the plain ranking and does not replace it, since a walk alone "
        "loses simple questions",
        model="reads entities and triples, and filters the facts (worth .7 points of recall in the "
        "paper)",
        without="rules find entities and triples, rare terms stand beside them; the filter is left "
        "out",
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
            retriever=FactGraphRetriever(
                FusedRetriever(), candidates=self._candidates, damping=self._damping
            ),
            rerankers=(Recognition(self._recognise),) if self._recognise is not None else (),
        )
